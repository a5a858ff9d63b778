"""Marks on their way to a learning platform: one file for each system, one registry.

book.py       what goes back: each student's state and grade
sheet.py      the platform's own file, read and written again
matching.py   whose row is whose
filling.py    the checks of cells, and the column that is filled
export.py     the registry, and the one function that a command calls
"""
