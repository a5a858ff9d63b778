"""Ground truth: derivations as graphs of named quantities.

Pure arithmetic: no files, no randomness, no documents.
"""
