"""Marks to grades: the scale, resits, what would change, and what was attained."""
