"""Marks on their way to a learning platform: one file of `systems/` for each.

book.py       what goes back: each student's state and grade
sheet.py      the platform's own file, read and written again
matching.py   whose row is whose
filling.py    the checks of cells, and the column that is filled
systems/      what grades are exported to: platforms, and tables of our own
export.py     the one function that a command calls
"""
