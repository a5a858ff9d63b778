"""The value of a number without variables; FLINT is imported by the first that is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

    from answers.syntax.nodes import Node


def real_value(node: Node) -> Fraction | None:
    """Return a real number to many figures, to be shown; None where it is not surely real."""
    from answers.evaluation.evaluate import real_value_of  # noqa: PLC0415 - imports FLINT

    return real_value_of(node)
