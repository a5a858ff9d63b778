"""The figures of a class: arithmetic on arrays, without files and pages.

What is not defined (a correlation with a constant, the skewness of two numbers) is None, never a
number that looks like one.
"""
