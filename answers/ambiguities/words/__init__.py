"""Words beside a value, or instead of one: nouns, hedges, labels, numerals, options."""
