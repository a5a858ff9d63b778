"""Marks of people by criteria that were edited since: taken over where that is certain."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.folder.edited_rubric import changes, pairs_of, taken_over
from examgen.folder.key import PaperKey, RubricKey
from examgen.folder.key_file import KEY
from examgen.folder.rubric import rubric_digest, sum_criteria
from examgen.ground.errors import Fault
from examgen.ground.wording import first_of, format_count
from grader.store.marks import add_marks, marks_of, rubrics
from grader.store.store import BATCH, batches

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from examgen.folder.key import Criterion
    from examgen.folder.key_file import KeyFile
    from examgen.folder.people_rules import MarkingRule
    from grader.scoring.marked import MarkedPaper
    from grader.store.marks import Opinion, PersonMark
    from grader.store.store import Run, Store


@dataclass
class _Edit:
    """An answer whose criteria were edited: what became of the marks by the old ones."""

    old: tuple[Criterion, ...]
    new: tuple[Criterion, ...]
    taken: int = 0
    again: dict[str, list[str]] = field(default_factory=dict)


def carry_marks(store: Store, run: Run, keys: KeyFile) -> tuple[Fault, ...]:
    """Take marks over to the criteria of a run; return what changed, and what is left to people.

    An answer whose mark cannot be taken over has none in this run: it waits.
    """
    before = rubrics(store)
    edits: dict[str, _Edit] = {}
    both = zip(store.papers(run), keys.lines(), strict=True)
    for some in batches(both, BATCH) if before else ():
        marks = marks_of(store, [paper.paper for paper, _ in some])
        carried = [
            mark
            for paper, line in some
            for lapsed, now in _lapsed(paper, line, marks)
            for mark in _carried_together(lapsed, before, now, edits, store.rule)
        ]
        add_marks(store, carried, [edit.new for edit in edits.values()], "took over")
    return tuple(notice for answer, edit in edits.items() for notice in _said(answer, edit))


def _lapsed(
    paper: MarkedPaper, line: bytes, marks: Mapping[tuple[str, str], Sequence[PersonMark]]
) -> Iterator[tuple[Sequence[PersonMark], RubricKey]]:
    """Yield the newest marks of each answer, for what was written, that are by other criteria."""
    found: dict[str, list[PersonMark]] = {}
    for answer in paper.answers if paper.handed_in else ():
        of_text = [m for m in marks.get((paper.paper, answer.id), ()) if m.holds(answer.text, "")]
        for opinion in ("first", "second", "settled", "appeal"):
            own = [mark for mark in of_text if mark.opinion == opinion]
            if own and not any(mark.holds(answer.text, answer.rubric) for mark in own):
                found.setdefault(answer.id, []).append(own[-1])
    asked = {key.id: key for key in PaperKey.from_json(line).answers} if found else {}
    for answer_id, lapsed in found.items():
        key = asked.get(answer_id)
        if isinstance(key, RubricKey):
            yield lapsed, key


def _carried_together(
    lapsed: Sequence[PersonMark],
    before: Mapping[str, tuple[Criterion, ...]],
    key: RubricKey,
    edits: dict[str, _Edit],
    rule: MarkingRule | None,
) -> Sequence[PersonMark]:
    """Return the marks of an answer by today's criteria.

    None where one that decides cannot be taken over: what it overruled must not count in its place.
    """
    opinions = {mark.opinion for mark in lapsed}
    both: set[Opinion] = {"first", "second"} if rule else {"first"}
    decides = opinions & {"appeal"} or both
    carried = {mark.opinion: _carried(mark, before[mark.rubric], key, edits) for mark in lapsed}
    if any(carried[opinion] is None for opinion in opinions & decides):
        return ()
    edits[key.id].taken += carried.get("first") is not None
    return [mark for mark in carried.values() if mark is not None]


def _carried(
    mark: PersonMark, old: tuple[Criterion, ...], key: RubricKey, edits: dict[str, _Edit]
) -> PersonMark | None:
    """Return a mark by today's criteria; None where a person has to look again."""
    edit = edits.setdefault(key.id, _Edit(old, key.criteria))
    try:
        given = taken_over(old, key.criteria, list(map(Fraction, mark.criteria)))
        marks = sum_criteria(key.criteria, given, key.marks)
    except ValueError as error:
        edit.again.setdefault(str(error), []).append(mark.paper)
        return None
    said = dict(enumerate(mark.comments))
    comments = tuple(
        "" if at is None else said.get(at, "") for _, at in pairs_of(old, key.criteria)
    )
    return replace(
        mark,
        marks=marks,
        criteria=tuple(map(str, given)),
        rubric=rubric_digest(key.criteria),
        comments=comments if any(comments) else (),
    )


def _said(answer: str, edit: _Edit) -> Iterator[Fault]:
    """Yield what changed, and then for each reason who must be looked at again."""
    changed = ", ".join(changes(edit.old, edit.new)) or "their order changed"
    taken = format_count(edit.taken, "mark was", "marks were")
    what = f"the criteria of {answer} were edited: {changed}; {taken} taken over"
    yield Fault(KEY, 1, what, "what must be looked at again is named below, if anything")
    for why, papers in edit.again.items():
        once = list(dict.fromkeys(papers))
        waits = format_count(len(once), "paper waits", "papers wait")
        what = f"{answer}: {why}; {waits} again: {first_of(once)}"
        yield Fault(KEY, 1, what, "mark them with examgen mark")
