"""Fewer bits and fewer operations."""
