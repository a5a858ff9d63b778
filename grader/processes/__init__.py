"""Marking in processes of its own, so that no answer stops or slows the others."""
