"""Findings about the lines of a working."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.scoring.working.lines import Working
    from grader.scoring.working.steps import Leaf


class Line(StrEnum):
    """The verdict on a line."""

    RIGHT = "right"
    FOLLOWS = "follows"
    """Right as a consequence of an earlier line, or an earlier answer, that is not."""
    SLIP = "slip"
    """The right calculation with another value."""
    WRONG = "wrong"
    FORMULA = "formula"
    """The right formula, without its value."""
    PART = "part"
    """A part of a step, which is right."""
    NOTE = "note"
    """Words, or what the paper gives."""
    STRUCK = "struck"
    UNCLEAR = "unclear"
    """It cannot be read, or belongs to no step that is known."""


WRONG = frozenset({Line.WRONG, Line.SLIP})
METHOD = Fraction(1, 2)
"""The share of a step for its right calculation, whatever the value."""
_WORST = (Line.WRONG, Line.SLIP, Line.UNCLEAR, Line.FOLLOWS, Line.RIGHT, Line.FORMULA, Line.PART)


@record
class Found:
    """The findings about a statement.

    Attributes:
        line: the place of its line.
        verdict: on the statement.
        leaf: what it states; None where that is not known.
        says: the mistake in it, or what was expected, as a sentence.
        mistake: the name of a mistake.
    """

    line: int
    verdict: Line
    leaf: Leaf | None = None
    says: str = ""
    mistake: str = ""


@record
class MarkedLine:
    """A line of a working with its verdict, and a sentence on it that may be empty."""

    text: str
    verdict: str
    says: str = ""


@record
class WorkingMarks:
    """The worth of a working.

    Attributes:
        share: of the marks, by its steps.
        result: the text that states the result; empty where none does.
        lines: each with its verdict.
        may_be_more: whether a line that was not understood may be worth a part of what is missing.
        mistake: the name of the first mistake that was recognized, with its sentence.
        first_wrong: the number of the first wrong line, from 1; 0 where there is none.
        bare: the number of a right result alone; empty where there is none.
        is_another: the last line states another step, and none states the result.
        is_contested: another number follows the result, and which is meant is not said.
        is_alone: nothing but one number is written, so that no step was shown.
    """

    share: Fraction
    result: str
    lines: tuple[MarkedLine, ...]
    may_be_more: bool = False
    mistake: str = ""
    says: str = ""
    first_wrong: int = 0
    bare: str = ""
    is_another: bool = False
    is_contested: bool = False
    is_alone: bool = False


def marked_lines(working: Working, found: Sequence[Found]) -> tuple[MarkedLine, ...]:
    """Return each line with the verdict on what it states: the worst of several."""
    return tuple(_line(working, found, at) for at in range(len(working.lines)))


def _line(working: Working, found: Sequence[Found], at: int) -> MarkedLine:
    if at in working.struck:
        return MarkedLine(working.lines[at], Line.STRUCK)
    own = [one for one in found if one.line == at]
    for verdict in _WORST:
        says = [one.says for one in own if one.verdict is verdict]
        if says:
            return MarkedLine(working.lines[at], verdict, next(filter(None, says), ""))
    return MarkedLine(working.lines[at], Line.NOTE)


def worth(
    working: Working,
    found: Sequence[Found],
    share: Fraction,
    result: str,
    may_be_more: bool,  # noqa: FBT001 - a fact
) -> WorkingMarks:
    """Return the marks with the first mistake and the first wrong line."""
    wrong = [one for one in found if one.verdict in WRONG]
    named = next((one for one in wrong if one.mistake), None)
    return WorkingMarks(
        share,
        result,
        marked_lines(working, found),
        may_be_more,
        named.mistake if named else "",
        named.says if named else "",
        wrong[0].line + 1 if wrong else 0,
    )
