r"""Figures of questions, made from their values: plots, tables of data, graphs, trees, listings.

`syntax` reads `\plot{kind=scatter, x=X, y=Y}` before values are put in; `figure` has a row for each
kind of figure; the other files draw one kind each. Texts of questions come in by `figure.drawn`.
"""
