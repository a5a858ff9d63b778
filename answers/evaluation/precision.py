"""The precisions in which expressions are evaluated, and that they may have no value."""

from __future__ import annotations

BITS = (64, 256, 1024, 4096)
"""The precisions that are tried one after the other, in bits."""


class Undefined(Exception):
    """An expression has no value at a point, or none that has bounds with this precision."""
