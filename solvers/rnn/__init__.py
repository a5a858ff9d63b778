"""Recurrent networks: parameters, steps of cells, and gradients through time."""
