"""Working as an answer: its lines are read, matched to the steps of the solution, and judged.

`mark` is the door; `walk` goes through the lines of a calculation and `letters` through those of a
formula; `lines`, `values` and `steps` say what is written and what is expected.
"""
