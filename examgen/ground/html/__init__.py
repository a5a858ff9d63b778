"""Pages: formulas as MathML, LaTeX text as HTML, templates and how they are filled safely."""
