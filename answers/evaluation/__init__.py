"""Numeric values of expressions: at which points, at what cost, to how many digits."""
