"""Decide which parts count, and towards what: the best or first of several; a bonus."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from grader.scoring.marked import EMPTY, NOT_COUNTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from examgen.folder.key import Choose, PaperKey
    from grader.scoring.marked import MarkedAnswer, MarkedPaper

_RULES = {"best": "the best {} do.", "first": "the first {} that were answered do."}


def counting(papers: Iterable[MarkedPaper], keys: Iterable[PaperKey]) -> Iterator[MarkedPaper]:
    """Yield papers on which the parts that do not count have no marks, and a bonus is known.

    Args:
        papers: as they were marked, with what people decided.
        keys: of the exam.
    """
    own = {key.paper: key for key in keys if key.choose or key.bonus}
    for paper in papers:
        key = own.get(paper.paper)
        yield with_bonus(with_counted(paper, key.choose), key) if key else paper


def with_bonus(paper: MarkedPaper, key: PaperKey) -> MarkedPaper:
    """Return a paper whose answers say which of them are a bonus."""
    answers = (
        replace(answer, bonus=key.bonus_cap) if _part_of(answer) in key.bonus else answer
        for answer in paper.answers
    )
    return replace(paper, answers=tuple(answers)) if key.bonus else paper


def with_counted(paper: MarkedPaper, choose: Sequence[Choose]) -> MarkedPaper:
    """Return a paper on which the parts that do not count have no marks.

    While answers of a part wait for a person, it counts with all that it may yet earn.
    """
    left_out = {part: one for one in choose for part in not_counted(paper.answers, one)}
    if not left_out:
        return paper
    return replace(paper, answers=tuple(_without(answer, left_out) for answer in paper.answers))


def not_counted(answers: Sequence[MarkedAnswer], choose: Choose) -> Iterator[str]:
    """Yield the parts that do not count."""
    by_part = {
        part: [answer for answer in answers if _part_of(answer) == part] for part in choose.parts
    }
    if choose.counted == "first":
        ranked = sorted(choose.parts, key=lambda part: not _is_answered(by_part[part]))
    else:
        ranked = sorted(choose.parts, key=lambda part: -_most(by_part[part]))
    yield from ranked[choose.count :]


def _part_of(answer: MarkedAnswer) -> str:
    return answer.id.partition(".")[0]


def _is_answered(answers: Sequence[MarkedAnswer]) -> bool:
    return any(answer.verdict not in EMPTY and (answer.text or "").strip() for answer in answers)


def _most(answers: Sequence[MarkedAnswer]) -> Fraction:
    """Return the marks of a part, with all that waits."""
    own = (answer.out_of if answer.marks is None else answer.marks for answer in answers)
    return sum(own, Fraction(0))


def _without(answer: MarkedAnswer, left_out: dict[str, Choose]) -> MarkedAnswer:
    choose = left_out.get(_part_of(answer))
    if choose is None:
        return answer
    note = NOT_COUNTED + _RULES[choose.counted].format(choose.count)
    return replace(answer, marks=Fraction(0), out_of=Fraction(0), note=note)
