"""A student's own pages with the marks on them: scans, or the printed paper with what was typed.

`annotate` holds it together: `scanned` and `on_screen` give the pages, `stamps` what is said of
each answer, `space` where nothing is written, and `pen` draws. A file has the pages of one paper.
"""
