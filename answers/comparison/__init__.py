"""The comparison of two expressions as functions, by points where they could differ."""
