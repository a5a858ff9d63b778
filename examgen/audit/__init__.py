"""The second engine: it checks stored verdicts again, and shares no code with the judge.

reading     an answer's text as a tree, in plain notation alone; what it does not know, it refuses
numbers     the value of a tree: exact, in intervals that surely hold it, and for SymPy
comparison  whether two answers are the same, kind by kind
following   what follows from a student's own earlier values
bounded     a process in which all this is done, with limits
folder      every verdict of an exam folder, and what became of it
"""
