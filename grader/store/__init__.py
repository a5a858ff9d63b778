"""The grading store: everything that was handed in and decided, kept for good.

`steps` holds the tables' history, `tables` the tables as they are now, `database` opens them, and
`store` is what the rest of the grader uses.
"""
