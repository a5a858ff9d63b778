"""The functions of students' notation: one row each in `table`, read by the whole judge."""
