"""The second engine: it checks stored verdicts again, and shares no code with the judge.

reading     an answer's text as a tree, in plain notation alone; what it does not know, it refuses
numbers     the value of a tree: exact, in intervals that surely hold it, and for SymPy
values      whether two values or expressions are the same
words, quantities, conditions   the same of texts and options, of units, of sets of points
comparison  whether two answers are the same, by their kind
following   what follows from a student's own earlier values
bounded     a process in which all this is done, with limits
folder      every verdict of an exam folder, and what became of it
"""
