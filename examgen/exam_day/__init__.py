"""The day of an exam: who sits where, and the lists for those who are in charge of the rooms."""
