"""What others may know of evaluation before FLINT is imported, which most answers do without."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from answers.syntax.nodes import Node

BITS = (64, 256, 1024, 4096)
"""The precisions that are tried one after the other, in bits."""


class Undefined(Exception):
    """An expression has no value at a point, or none that has bounds with this precision."""


def real_value(node: Node) -> Fraction | None:
    """Return a real number to many figures, to be shown; None where it is not surely real."""
    from answers.evaluation.evaluate import real_value_of  # noqa: PLC0415 - imports FLINT

    return real_value_of(node)
