"""Wrong answers cost no more than what is earned beside them, over the unit that the exam says."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from grader.scoring.floor import apply_floor

if TYPE_CHECKING:
    from examgen.folder.key import Floor

IDS = ("1a.x", "1a.y", "1b.x", "2a.x", "10a.x")
# Marks as they are earned, the unit, and what is kept.
TABLE: list[tuple[str, Floor, str]] = [
    ("1 -2 3 -1 0", "paper", "1 -2 3 -1 0"),
    ("1 -2 0 -1 0", "paper", "1 -1 0 0 0"),  # the last ones are lifted first
    ("1 -2 3 -1 0", "question", "1 -2 3 0 0"),
    ("1 -2 3 -1 5", "question", "1 -2 3 0 5"),  # question 10 is not question 1
    ("1 -2 3 -1 0", "part", "1 -1 3 0 0"),
    ("1 -2 3 -1 0", "answer", "1 0 3 0 0"),
    ("1 -2 ? -1 0", "paper", "1 -1 ? 0 0"),  # what waits has no marks yet
    ("-1 -2 -3 -1 -1/3", "paper", "0 0 0 0 0"),
    ("1/3 -1/2 0 0 0", "part", "1/3 -1/3 0 0 0"),
]


def _marks(text: str) -> list[tuple[str, Fraction | None]]:
    own = (None if item == "?" else Fraction(item) for item in text.split())
    return list(zip(IDS, own, strict=True))


@pytest.mark.parametrize(("marks", "floor", "kept"), TABLE)
def test_no_sum_is_below_nothing(marks: str, floor: Floor, kept: str) -> None:
    assert apply_floor(_marks(marks), floor) == _marks(kept)
