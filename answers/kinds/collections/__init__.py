"""Kinds of several elements: lists, sets, intervals, matrices, and options that are ticked."""
