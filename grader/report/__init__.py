"""The report on a class: its figures gathered from a graded folder, as a page and as JSON."""
