"""The reader of student text: from characters to a value or a located error, never half a value.

text.py      characters: what is refused, what is only another spelling
tokens.py    words: numbers, names, signs, LaTeX commands
tree.py      what a reading is made of
names.py     functions, constants, letters: what a run of letters means
grammar.py   sentences: the one grammar for plain text, Unicode and LaTeX
printing.py  a reading as text, to show the student how an answer was read
"""
