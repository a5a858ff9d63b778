"""What a comparison gives."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

Values: TypeAlias = Fraction | tuple[Fraction, ...] | None


class Verdict(StrEnum):
    """What can be said of an answer."""

    CORRECT = "correct"
    WRONG = "wrong"
    UNREADABLE = "unreadable"
    BLANK = "blank"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Judgement:
    """A verdict with its ground.

    Attributes:
        score: 1 for a correct answer, else 0; between them where a part is right.
        read_as: how the answer was read; empty where it was not.
        why: the ground: what it agrees with, a counter-example, or where reading failed.
        value: the exact number or numbers that the answer states, in the expected unit; None
            where it states none.
    """

    verdict: Verdict
    score: float = 0.0
    read_as: str = ""
    why: str = ""
    value: Values = None


def correct(read_as: str, why: str, value: Values = None) -> Judgement:
    """An answer that is right."""
    return Judgement(Verdict.CORRECT, 1.0, read_as, why, value)


def wrong(read_as: str, why: str, value: Values = None) -> Judgement:
    """An answer that is not."""
    return Judgement(Verdict.WRONG, 0.0, read_as, why, value)


def undecided(read_as: str, why: str) -> Judgement:
    """An answer that a person has to look at."""
    return Judgement(Verdict.UNDECIDED, 0.0, read_as, why)
