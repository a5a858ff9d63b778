"""From LaTeX to PDF: TeX in a sandbox, many papers in a run, one file for each."""
