"""Readings as quotients in which what is equal by the rules here is the same.

One family of rules is one file with `RULES`, which gives, for a function, its quotient in a space
from those of its arguments. Only `build` knows readings; nothing here knows points or policy.
"""
