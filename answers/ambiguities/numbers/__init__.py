"""Numbers and their signs: commas, exponents, signs for times, ranges."""
