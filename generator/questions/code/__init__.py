"""Python beside a question, `name.py` beside `name.tex`: how it is checked, run and believed.

`source` reads it without running it, `worker` runs it in a process of its own with limits, `draw`
is all the chance it gets, `beside` is what questions see of it. Only authors' files come in here.
"""
