"""Exam file + question files + seed -> papers, keys, forms and the manifest."""
