"""Marks from before their criteria were edited, for those who look again."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.ground.wording import marks_text
from grader.store.marks import marks_of, rubrics
from grader.store.store import BATCH, batches

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from examgen.folder.key import Criterion
    from grader.scoring.marked import MarkedAnswer
    from grader.store.marks import PersonMark
    from grader.store.store import Store


def marked_before(
    store: Store, waiting: Sequence[tuple[str, MarkedAnswer]]
) -> Mapping[tuple[str, str], str]:
    """Return in words how people marked some answers by other criteria, by paper and answer."""
    known = rubrics(store)
    found = {}
    for some in batches(waiting, BATCH) if known else ():
        marks = marks_of(store, [paper for paper, _ in some])
        for paper, answer in some:
            of_text = [m for m in marks.get((paper, answer.id), ()) if m.holds(answer.text, "")]
            if of_text:
                found[paper, answer.id] = _words(of_text[-1], known.get(of_text[-1].rubric, ()))
    return found


def _words(mark: PersonMark, criteria: Sequence[Criterion]) -> str:
    given = "; ".join(
        f"{item.says}: {marks_text(Fraction(got))}"
        for item, got in zip(criteria, mark.criteria, strict=False)
    )
    by = f"{marks_text(mark.marks)} by {mark.marker}"
    return "".join([by, f" ({given})" if given else "", f": {mark.remark}" if mark.remark else ""])
