"""The graph of named quantities: terms, derivations, and the ways a quantity is read.

term.py        the arithmetic a quantity is written in: a tree that remembers how it was written
number.py      exact values: reading them from text, computing with them, printing them
derivation.py  inputs, quantities, conditions, mistakes, oracle
worked.py      general formula, substitution and worked steps as LaTeX
symbolic.py    a quantity as one expression in chosen letters
formulas.py    quantities written as text by the author of a question
"""
