"""The result of a comparison."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from html import escape
from typing import TypeAlias

from examgen.ground.record import record

Values: TypeAlias = Fraction | tuple[Fraction, ...] | None


class Verdict(StrEnum):
    """The verdict on an answer; only marking gives those that need the whole paper."""

    CORRECT = "correct"
    WRONG = "wrong"
    UNREADABLE = "unreadable"
    BLANK = "blank"
    UNDECIDED = "undecided"
    MISTAKE = "mistake"
    FOLLOW_THROUGH = "follow_through"
    ABSENT = "absent"
    FOR_HUMAN = "for_human"


class Ground(StrEnum):
    """The reason for a verdict, in one word."""

    NONE = ""
    IDENTICAL = "identical"
    PROVED = "proved"
    WITHIN = "within"
    DIFFERS = "differs"
    FORM = "form"
    UNIT = "unit"
    AMBIGUOUS = "ambiguous"
    UNPROVED = "unproved"
    UNKNOWN_NAME = "unknown_name"
    LIMIT = "limit"


@record
class Judgement:
    """A verdict with its ground.

    Attributes:
        score: 1 for a correct answer, else 0; between them where a part is right.
        read_as: how the answer was read; empty where it was not.
        why: the ground in words: what it agrees with, a counter-example, where reading failed.
        value: the exact number or numbers that the answer states, in the expected unit; None
            where it states none.
        ground: the kind of ground; empty for a blank and an unreadable answer.
    """

    verdict: Verdict
    score: float = 0.0
    read_as: str = ""
    why: str = ""
    value: Values = None
    ground: Ground = Ground.NONE

    def _repr_html_(self) -> str:
        """Return the verdict with its ground, for a notebook."""
        said = ((self.verdict.value, "b"), (self.read_as, "code"), (self.why, "span"))
        return " ".join(f"<{tag}>{escape(text)}</{tag}>" for text, tag in said if text)


def correct(
    read_as: str, why: str, value: Values = None, ground: Ground = Ground.PROVED
) -> Judgement:
    """Return the judgement of an answer that is right."""
    return Judgement(Verdict.CORRECT, 1.0, read_as, why, value, ground)


def wrong(
    read_as: str, why: str, value: Values = None, ground: Ground = Ground.DIFFERS
) -> Judgement:
    """Return the judgement of an answer that is not."""
    return Judgement(Verdict.WRONG, 0.0, read_as, why, value, ground)


def undecided(read_as: str, why: str, ground: Ground = Ground.UNPROVED) -> Judgement:
    """Return the judgement of an answer that a person has to look at."""
    return Judgement(Verdict.UNDECIDED, 0.0, read_as, why, None, ground)
