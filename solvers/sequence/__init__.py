"""Sequences: alignment of frames and labels, state-space models."""
