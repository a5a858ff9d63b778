"""The second look at an answer that is not right as the grammar reads it."""
