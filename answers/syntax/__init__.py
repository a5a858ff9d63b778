"""The reader of student text: from characters to a value or a located error, never half a value.

normalize.py       characters: what is refused, what is only another spelling
tokenizer.py       tokens: numbers, names, signs, LaTeX commands
nodes.py           the expression tree
vocabulary.py      functions, constants, variables: what a run of letters means
cursor.py          the tokens of a text, and the place up to which they are read
lookahead.py       what comes next, where one token does not tell
parser.py          the one grammar for plain text, Unicode and LaTeX: conditions, sets, brackets
arithmetic.py      the grammar of sums and what they are made of; all rules: docs/grammar.md
numerals.py        the grammar of numbers
names.py           the grammar of names
printer.py         an expression as text, to show the student how an answer was read
latex_printer.py   an expression as LaTeX
"""
