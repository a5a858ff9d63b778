"""Tables that people and spreadsheets wrote, read as they are; it knows no exams.

encoding.py    the text of a file
rows.py        its rows, and where its header stands
workbooks.py   sheets of XLSX and ODS as such rows
headers.py     the one vocabulary of headers, for intake, rosters and exports
labels.py      ids as spreadsheets leave them
names.py       people's names, and those of columns, compared
"""
