"""Ambiguities: the other texts that a person could mean by what was written.

Each is one file in one of the rooms, with one constant, `AMBIGUITY`, which is found by itself. All
are pure functions from a text to texts, outside the grammar. Only the judge enters, and only where
the plain reading is not right.
"""
