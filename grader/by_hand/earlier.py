"""Marks from before their criteria were edited, for those who look again."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.ground.translator import ENGLISH, Translator
from grader.store.marks import marks_of, rubrics
from grader.store.rows import digest
from grader.store.store import BATCH, batches

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from examgen.folder.key import Criterion
    from grader.scoring.marked import MarkedAnswer
    from grader.store.marks import PersonMark
    from grader.store.store import Store


_EDITED = "Marked before the criteria were edited"


@dataclass(frozen=True)
class Before:
    """The marks that others gave for an answer.

    Attributes:
        says: in words, where its criteria were edited since.
        opinions: the first and the second mark, where they wait to be settled.
    """

    says: str = ""
    opinions: tuple[PersonMark, ...] = ()


def marked_before(
    store: Store, waiting: Sequence[tuple[str, MarkedAnswer]], say: Translator = ENGLISH
) -> Mapping[tuple[str, str], Before]:
    """Return how people marked answers that wait again, by paper and answer."""
    known = rubrics(store)
    found = {}
    for some in batches(waiting, BATCH):
        marks = marks_of(store, [paper for paper, _ in some])
        for paper, answer in some:
            of_text = [m for m in marks.get((paper, answer.id), ()) if m.holds(answer.text, "")]
            if answer.differs:
                found[paper, answer.id] = Before("", both_opinions(of_text))
            elif of_text:
                last = of_text[-1]
                found[paper, answer.id] = Before(
                    f"{say(_EDITED)}: {mark_in_words(last, known.get(last.rubric, ()), say)}"
                )
    return found


def both_opinions(marks: Sequence[PersonMark]) -> tuple[PersonMark, ...]:
    """Return the newest first and the newest second mark of an answer; none without both."""
    newest = {mark.opinion: mark for mark in marks}
    return (newest["first"], newest["second"]) if {"first", "second"} <= newest.keys() else ()


def opinions_digest(store: Store, paper: str, answer: str, text: str | None) -> str:
    """Return what names the two marks that are to be settled: it changes when one of them does."""
    marks = marks_of(store, [paper]).get((paper, answer), ())
    both = both_opinions([mark for mark in marks if mark.holds(text, "")])
    return digest("/".join(f"{mark.marks} {mark.criteria}" for mark in both))


def mark_in_words(
    mark: PersonMark, criteria: Sequence[Criterion], say: Translator = ENGLISH
) -> str:
    """Return a mark with its criteria, who gave it, and the remark."""
    given = "; ".join(
        f"{item.says}: {say.marks(Fraction(got))}"
        for item, got in zip(criteria, mark.criteria, strict=False)
    )
    by = say("{0} by {1}", say.marks(mark.marks), mark.marker)
    return "".join([by, f" ({given})" if given else "", f": {mark.remark}" if mark.remark else ""])
