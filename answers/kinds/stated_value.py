"""The exact value that a text states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answers.algebra.rational_value import exact_value
from answers.syntax.errors import TooLarge, Unreadable
from answers.syntax.parser import read

if TYPE_CHECKING:
    from fractions import Fraction


def value_of(text: str) -> Fraction | None:
    """Return the exact value that a text states; None where it states none."""
    try:
        return exact_value(read(text))
    except (Unreadable, TooLarge, ZeroDivisionError):
        return None
