"""Convolutional networks: sizes, parameters, operations and memory of their layers."""
