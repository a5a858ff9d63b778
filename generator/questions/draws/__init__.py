"""Draws besides listed values: samples, permutations, graphs, matrices.

Every number comes from a SHA-256 stream of its own, by exact arithmetic: no library's generator
and no machine's floating point can change it. Questions, and the code beside them, may enter.
"""
