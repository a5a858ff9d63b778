"""The functions of formulas: how each is computed and printed."""
