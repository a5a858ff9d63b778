"""Formulas that an author writes as text, and what they do with lists."""
