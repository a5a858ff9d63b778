"""Terms and numbers for people: as text, as LaTeX and for terminals."""
