"""The reader of student text: from characters to a value or a located error, never half a value.

normalize.py       characters: what is refused, what is only another spelling
tokenizer.py       tokens: numbers, names, signs, LaTeX commands
nodes.py           the expression tree
vocabulary.py      functions, constants, variables: what a run of letters means
parser.py          sentences: the one grammar for plain text, Unicode and LaTeX
printer.py         an expression as text, to show the student how an answer was read
latex_printer.py   an expression as LaTeX
"""
