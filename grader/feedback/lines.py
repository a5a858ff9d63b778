"""A student's own working with a verdict on each line, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examgen.ground.translator import ENGLISH, Translator
from grader.scoring.working.found import Line

if TYPE_CHECKING:
    from grader.scoring.marked import MarkedAnswer

WORDS = {
    Line.RIGHT: "right",
    Line.FOLLOWS: "right, as it follows from your own value",
    Line.SLIP: "the calculation is right, its value is not",
    Line.WRONG: "not right",
    Line.FORMULA: "the formula is right",
    Line.PART: "right, a part of a step",
    Line.NOTE: "",
    Line.STRUCK: "crossed out",
    Line.UNCLEAR: "not understood",
}


def lines_of(answer: MarkedAnswer, say: Translator = ENGLISH) -> list[tuple[str, str, str]]:
    """Return each line of a working with its verdict as a name and in words; none without one."""
    return [(text, verdict, _words(verdict, says, say)) for text, verdict, says in answer.lines]


def _words(verdict: str, says: str, say: Translator) -> str:
    said = say(WORDS.get(Line(verdict), "")) if verdict in set(Line) else ""
    return f"{said}: {say.translate(says)}" if said and says else said
