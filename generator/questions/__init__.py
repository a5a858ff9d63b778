"""A question file: front matter, answers and text, checked as they are read."""
