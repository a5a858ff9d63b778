"""Marking by people: what waits goes out as files without names, and comes back as marks."""
