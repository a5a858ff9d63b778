"""Marking on the booklets themselves: a table with a row for each paper, in the order of the stack.

`grid` says what is asked, `write` gives it out as CSV, XLSX and a page, `take` reads it back.
"""
