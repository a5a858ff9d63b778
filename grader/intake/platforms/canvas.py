"""Canvas: the Student Analysis of a quiz."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from grader.intake.platforms.base import Platform

if TYPE_CHECKING:
    from collections.abc import Sequence

_QUESTION = re.compile(r"(\d+): ?(.*)", re.DOTALL)
_POINTS = re.compile(r"\d+(?:[.,]\d+)?")
_WORD = re.compile(r"[\w.]*\w")
_COMMA = re.compile(r"(?<!\\),")


def _places(cells: Sequence[str]) -> tuple[int, ...]:
    """Return where questions stand: `<id>: <text>`, each before the column of its points."""
    return tuple(
        at
        for at, (cell, after) in enumerate(pairwise(cells))
        if _QUESTION.fullmatch(cell) and _POINTS.fullmatch(after.strip())
    )


def _points(cells: Sequence[str]) -> tuple[int, ...]:
    return tuple(at + 1 for at in _places(cells))


def _question(name: str) -> tuple[tuple[str, ...], str]:
    question = _QUESTION.fullmatch(name)
    if question is None:
        return (), ""
    word = _WORD.match(question[2].lstrip("([ "))
    return (question[1],), word[0] if word else question[1]


def _was_asked(cells: Sequence[str], at: int) -> bool:
    return bool(cells[at] or cells[at + 1].strip())


def _split(text: str) -> tuple[str, ...]:
    r"""Return the answers of a cell, in which commas of their own have a backslash.

    >>> _split(r"3\,5,2")
    ('3,5', '2')
    """
    return tuple(piece.replace("\\,", ",") for piece in _COMMA.split(text))


PLATFORM = Platform(
    "Canvas student analysis",
    rank=10,
    questions=lambda cells: len(_places(cells)),
    question=_question,
    beside=_points,
    was_asked=_was_asked,
    holds_html=True,
    split=_split,
)
