"""Ambiguities: the other texts that a person could mean by what was written, one file each, in rooms.

A file here has one constant, `AMBIGUITY`, which is found by itself; no other file names it. All are
pure functions from a text to texts, outside the grammar. Only the judge enters, and only where the
plain reading is not right.
"""
