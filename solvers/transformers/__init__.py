"""Transformers: attention, parameters, operations, memory and what makes them cheaper."""
