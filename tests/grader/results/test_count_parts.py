"""Parts of which only some count: the best or the first that were answered."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from answers.verdict import Verdict
from examgen.folder.key import Choose
from grader.results.count_parts import with_counted
from grader.scoring.marked import MarkedAnswer, MarkedPaper

if TYPE_CHECKING:
    from examgen.folder.key import Counted

# Marks of 4 in the parts a, b and c (?: waits, -: blank), how many count, and which do not.
TABLE: list[tuple[str, int, Counted, str]] = [
    ("4 2 3", 2, "best", "b"),
    ("4 2 3", 1, "best", "bc"),
    ("2 2 2", 2, "best", "c"),
    ("4 ? 3", 2, "best", "c"),  # what waits may yet be all
    ("- 0 1", 2, "best", "b"),
    ("- 0 1", 2, "first", "a"),
    ("4 2 3", 2, "first", "c"),
    ("- - 3", 2, "first", "b"),
    ("- - -", 2, "first", "c"),
    ("-1 2 0", 2, "best", "a"),
]


def _answer(part: str, marks: str) -> MarkedAnswer:
    verdict = {"-": Verdict.BLANK, "?": Verdict.UNDECIDED}.get(marks, Verdict.WRONG)
    own = None if marks == "?" else Fraction(0 if marks == "-" else int(marks))
    text = "" if marks == "-" else "x"
    return MarkedAnswer(f"1{part}.x", "", "integer", verdict, Fraction(4), own, text)


@pytest.mark.parametrize(("marks", "count", "counted", "left_out"), TABLE)
def test_only_so_many_parts_count(marks: str, count: int, counted: Counted, left_out: str) -> None:
    answers = tuple(_answer(part, own) for part, own in zip("abc", marks.split(), strict=True))
    paper = MarkedPaper("001", "s", "", answers, handed_in=True)
    found = with_counted(paper, [Choose(("1a", "1b", "1c"), count, counted)])
    out = "".join(one.id[1] for one in found.answers if one.left_out == "not counted")
    assert (out, found.out_of) == (left_out, Fraction(4 * count))
    uncounted = [one for one in found.answers if not one.out_of]
    assert all(one.marks == 0 and one.cell == "not counted" for one in uncounted)
    assert with_counted(paper, []) is paper
