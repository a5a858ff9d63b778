"""Numbers as people write them: significant figures, tolerances, units."""
