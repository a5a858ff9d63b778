"""Prove an exam as a whole: fair pools, what earlier papers give away, its table."""
