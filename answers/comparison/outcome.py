"""The outcome of a comparison of two expressions."""

from __future__ import annotations

from enum import Enum

from examgen.ground.record import record


class Found(Enum):
    """The outcome of a comparison."""

    SAME = "same"
    DIFFERENT = "different"
    UNDECIDED = "undecided"


@record
class Comparison:
    """The outcome of a comparison: the point and both values as text.

    Attributes:
        point: a counter-example; empty where there is none, or where there are no variables.
        is_met: there are points at which both sides have a value.
    """

    found: Found
    point: str = ""
    left: str = ""
    right: str = ""
    is_met: bool = True


SAME = Comparison(Found.SAME)
UNPROVED = Comparison(Found.UNDECIDED)
UNMET = Comparison(Found.UNDECIDED, is_met=False)
