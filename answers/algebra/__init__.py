"""Exact arithmetic: rational values, polynomials and tests of identity."""
