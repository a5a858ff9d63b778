"""The base of all pages that people work in: a server on this machine for those who have a link.

`Site` says what a room's pages are, `serve` runs them, `read_message` reads what a page sends, and
`Leases` keeps two people from working on the same thing. It knows no exams.
"""
