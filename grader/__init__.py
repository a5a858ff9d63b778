"""Submissions + key -> marks, feedback and the gradebook."""
