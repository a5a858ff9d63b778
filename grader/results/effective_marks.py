"""Effective results: the verdicts of a run, and over them what people decided."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from answers.verdict import Verdict
from examgen.ground.wording import marks_text
from grader.results.two_marks import Difference, counting_mark
from grader.scoring.marked import BY_HAND, TWO_DIFFER
from grader.store.appeals import appeals_of
from grader.store.marks import marks_of, response_digest
from grader.store.people import What, floors, rulings_for_all
from grader.store.store import BATCH, batches

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from fractions import Fraction

    from examgen.folder.people_rules import MarkingRule
    from grader.scoring.marked import MarkedAnswer, MarkedPaper
    from grader.store.appeals import Appeal
    from grader.store.marks import PersonMark
    from grader.store.store import Run, Store

DROPPED = "This was dropped: it does not count."
ALL_GET_FULL = "Everybody gets full marks for this."
KEPT = "Marks that were given before are kept."
_QUESTION = re.compile(r"\d+")


def effective_results(store: Store, run: Run) -> Iterator[MarkedPaper]:
    """Yield the papers of a run as they stand, in the order of the key.

    What holds are the rulings of all runs that gave results, and the run's own. Of a paper that
    was not handed in, only what is dropped counts: marks for what lay there before do not.
    """
    rulings = rulings_for_all(store, run)
    for papers in batches(store.papers(run), BATCH):
        names = [paper.paper for paper in papers if paper.handed_in]
        marks, least = marks_of(store, names), floors(store, names, run)
        appeals = appeals_of(store, names)
        for paper in papers:
            answers = tuple(
                _stands(
                    answer,
                    _ruling(answer, paper, rulings),
                    marks.get((paper.paper, answer.id), ()),
                    least.get((paper.paper, answer.id)),
                    store.rule,
                    appeals.get((paper.paper, answer.id), ()),
                )
                for answer in paper.answers
            )
            yield replace(paper, answers=answers)


def targets(answer: str) -> tuple[str, ...]:
    """Return what a ruling about an answer may name: the answer, its part, its question.

    >>> targets("1a.size")
    ('1a.size', '1a', '1')
    """
    part = answer.partition(".")[0]
    question = _QUESTION.match(part)
    return tuple(dict.fromkeys((answer, part, *((question[0],) if question else ()))))


def ruling_about(answer: str, rulings: Mapping[str, What]) -> What | None:
    """Return what holds for an answer: said of it, else of its part, else of its question."""
    return next((rulings[name] for name in targets(answer) if name in rulings), None)


def _ruling(answer: MarkedAnswer, paper: MarkedPaper, rulings: Mapping[str, What]) -> What | None:
    """Return what holds for an answer; full marks are for those who handed in."""
    found = ruling_about(answer.id, rulings)
    return None if found is What.FULL and not paper.handed_in else found


def _stands(
    answer: MarkedAnswer,
    ruling: What | None,
    marks: Sequence[PersonMark],
    least: Fraction | None,
    rule: MarkingRule | None,
    appeals: Sequence[Appeal],
) -> MarkedAnswer:
    answer = _appealed(_by_hand(answer, marks, rule), appeals)
    if ruling is What.DROP:
        none = answer.out_of * 0
        return replace(answer, marks=none, out_of=none, note=DROPPED)
    if ruling is What.FULL:
        return replace(answer, marks=answer.out_of, note=ALL_GET_FULL)
    if least is not None and answer.marks is not None and answer.marks < least:
        kept = min(least, answer.out_of)
        return replace(answer, marks=kept, note=KEPT)
    return answer


def _by_hand(
    answer: MarkedAnswer, marks: Sequence[PersonMark], rule: MarkingRule | None
) -> MarkedAnswer:
    """Return an answer with the mark of people for what was written."""
    held = [mark for mark in marks if mark.holds(answer.text, answer.rubric)]
    found = counting_mark(held, answer.out_of, rule)
    if found is None:
        return answer
    if isinstance(found, Difference):
        both = " and ".join(
            f"{marks_text(m.marks)} by {m.marker}" for m in (found.first, found.second)
        )
        why = f"{TWO_DIFFER}: {both}"
        return replace(answer, verdict=Verdict.FOR_HUMAN, marks=None, why=why)
    if _is_less_on_appeal(found, answer):
        return answer
    return replace(
        answer,
        verdict=Verdict.FOR_HUMAN,
        marks=min(found.marks, answer.out_of),
        why=f"{BY_HAND}: {found.marker}",
        note=found.remark,
        criteria=found.criteria,
        comments=found.comments,
    )


def _is_less_on_appeal(mark: PersonMark, answer: MarkedAnswer) -> bool:
    """Return whether a verdict gives more than was decided on appeal, as under a mended key."""
    return mark.opinion == "appeal" and answer.marks is not None and answer.marks > mark.marks


def _appealed(answer: MarkedAnswer, appeals: Sequence[Appeal]) -> MarkedAnswer:
    """Return an answer with what the student asked about it, and what became of that."""
    own = [one for one in appeals if one.response == response_digest(answer.text)]
    if not own:
        return answer
    last = own[-1]
    note = "" if last.outcome and answer.note == last.answered else answer.note
    return replace(answer, note="\n".join(filter(None, (note, last.note))))
