"""Grading every stored answer again: under today's key and rules, with what people ruled since.

The verdicts of earlier runs stay. A new run is added, and its results take their place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from examgen.folder.key_file import KEY
from examgen.ground.errors import Fault, InputError
from examgen.ground.privacy import keeps_private
from examgen.ground.wording import first_of, marks_text
from grader.grade import graded_run, mark_run, open_store
from grader.records.register import nearest
from grader.results.carried_criteria import carry_marks
from grader.results.count_parts import counting
from grader.results.effective_marks import ALL_GET_FULL, KEPT, effective_results, targets
from grader.results.made import exam_key, note_changed_key
from grader.results.write import write_results
from grader.scoring.rules import rules_version
from grader.store.people import Ruling, What, add_rulings
from grader.store.store import batches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from fractions import Fraction
    from pathlib import Path

    from examgen.folder.key_file import KeyFile
    from grader.grade import Progress
    from grader.results.write import Results
    from grader.scoring.marked import MarkedAnswer, MarkedPaper
    from grader.store.store import Run, Store
    from grader.store.tables import Json

AT_ONCE = 500
_GONE, _NEW = "was handed in and is not in the key", "is in the key and was not asked"
_RENAMED = (
    "give answers the names that they had and write the key again (--drop takes one out of the"
    " totals); or grade again from the files that were handed in"
)


@dataclass(frozen=True)
class Change:
    """An answer whose marks changed; marks are None while a person has to decide.

    Attributes:
        most: what could be earned before, and can be now; nothing where it is dropped.
    """

    answer: str
    before: Fraction | None
    after: Fraction | None
    most: tuple[Fraction, Fraction]
    why: str


@dataclass(frozen=True)
class Move:
    """A paper on which marks changed, with its totals.

    Attributes:
        most: what the paper could earn before, and can now.
    """

    paper: str
    student: str
    name: str
    before: Fraction
    after: Fraction
    most: tuple[Fraction, Fraction]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class RegradeReport:
    """The result of grading again.

    Attributes:
        results: as they stand now.
        moves: who moves, in the order of the key.
        notices: what a person should look at.
    """

    results: Results
    moves: tuple[Move, ...]
    notices: tuple[Fault, ...]


@keeps_private
def regrade(
    folder: Path,
    *,
    never_lower: bool | None = None,
    drop: Sequence[str] = (),
    full_marks: Sequence[str] = (),
    restore: Sequence[str] = (),
    out: Path | None = None,
    progress: Progress | None = None,
    jobs: int = 1,
    database: str | None = None,
    scheduler: str | None = None,
) -> RegradeReport:
    """Grade all answers that count again, from the texts as they were handed in.

    Args:
        folder: the exam folder.
        never_lower: marks that an answer has now are kept where they would fall, now and in what
            follows; False: none that were kept before are kept any more; None: those are.
        drop: answers, parts or questions that do not count any more: `1a.size`, `1a`, `1`.
        full_marks: answers, parts or questions for which everybody who handed in gets full marks.
        restore: those that count again as they were marked.
        out: where the results go; `grades` in the exam folder if None.
        progress: as for `grade`.
        jobs: as for `grade`.
        database: as for `grade`.
        scheduler: as for `grade`.

    Raises:
        InputError: the key is damaged, or what is ruled about is not in it.
        ExamgenError: nothing was graded yet, or the store cannot be used.
    """
    keys = exam_key(folder)
    said = {What.DROP: drop, What.FULL: full_marks, What.COUNT: restore}
    rulings = [Ruling(what, target) for what, those in said.items() for target in those]
    _check(rulings, keys)
    if never_lower is False:
        rulings.append(Ruling(What.LOWER, ""))
    with open_store(folder, database) as store:
        _check_answers(store.papers(graded_run(store, folder)), keys)
        options = {what.value: list(those) for what, those in said.items()}
        before, run = _runs(store, folder, keys, {**options, "never_lower": never_lower})
        mark_run(store, run, keys, progress, jobs, scheduler)
        edits = carry_marks(store, run, keys)
        add_rulings(store, run, rulings)
        if never_lower:
            _keep_what_would_fall(store, before, run)
        moves = tuple(_moves(store, before, run, keys))
        notices = tuple(_to_look_at(store, before, run))
        results = write_results(store, run, keys, folder, out)
        store.finish(run)
    return RegradeReport(
        results, moves, (*note_changed_key(folder, keys), *results.faults, *notices, *edits)
    )


def _runs(store: Store, folder: Path, keys: KeyFile, options: Json) -> tuple[Run, Run]:
    """Return the run whose results counted, and the one that takes its place.

    The same command again is the same run, whether it was cut off or not.
    """
    current = graded_run(store, folder)
    wanted = (current.intake, keys.version, rules_version())
    made = (current.kind, current.intake, current.key, current.rules, current.options)
    if made == ("regrade", *wanted, options):
        return store.run(current.after), current
    return current, store.begin("regrade", *wanted, options, current.number)


def _check(rulings: Sequence[Ruling], keys: KeyFile) -> None:
    known = dict.fromkeys(name for answer in keys.answers for name in targets(answer))
    faults = []
    for target in (ruling.target for ruling in rulings):
        if target not in known:
            near = nearest(target, known)
            fix = f"did you mean {near[0]}?" if near else "name an answer, a part or a question"
            faults.append(Fault(KEY, 1, f"nothing is called {target!r}", fix))
    if len({ruling.target for ruling in rulings}) < len(rulings):
        faults.append(Fault(KEY, 1, "two things are ruled about the same target", "choose one"))
    if faults:
        raise InputError(faults)


def _check_answers(graded: Iterable[MarkedPaper], keys: KeyFile) -> None:
    """Refuse a key with other answers than those that were handed in: marks would be lost."""
    asked = {key.paper: {answer.id for answer in key.answers} for key in keys.roll}
    found: dict[tuple[str, str], list[str]] = {}
    for paper in graded:
        had = {answer.id for answer in paper.answers}
        now = asked.get(paper.paper, had) if paper.handed_in else had
        for said, names in ((_GONE, had - now), (_NEW, now - had)):
            for name in names:
                found.setdefault((said, name), []).append(paper.paper)
    faults = [
        Fault(KEY, 1, f"{name} {said}, on {first_of(papers)}", _RENAMED)
        for (said, name), papers in sorted(found.items())
    ]
    if faults:
        raise InputError(faults)


def pairs(
    before: Iterable[MarkedPaper], after: Iterable[MarkedPaper]
) -> Iterator[tuple[MarkedPaper, MarkedPaper]]:
    """Yield the same papers of two runs.

    Of runs in the same order, one pair at a time is in memory.
    """
    rest = iter(before)
    held: dict[str, MarkedPaper] = {}
    for new in after:
        while new.paper not in held and (old := next(rest, None)):
            held[old.paper] = old
        if new.paper in held:
            yield held.pop(new.paper), new


def _keep_what_would_fall(store: Store, before: Run, run: Run) -> None:
    both = pairs(effective_results(store, before), effective_results(store, run))
    fallen = (
        Ruling(What.AT_LEAST, old.id, paper.paper, old.marks)
        for was, paper in both
        for old, new in _answers(was, paper)
        if old.marks is not None and new.marks is not None and new.marks < old.marks
        if new.out_of
    )
    for some in batches(fallen, AT_ONCE):
        add_rulings(store, run, some)


def _moves(store: Store, before: Run, run: Run, keys: KeyFile) -> Iterator[Move]:
    both = (counting(effective_results(store, one), keys.roll) for one in (before, run))
    for old, new in pairs(*both):
        changes = tuple(
            Change(now.id, was.marks, now.marks, (was.out_of, now.out_of), _why(was, now))
            for was, now in _answers(old, new)
            if (was.marks, was.out_of) != (now.marks, now.out_of)
        )
        if changes and new.handed_in:
            most = (old.out_of, new.out_of)
            yield Move(new.paper, new.student, new.name, old.total, new.total, most, changes)


def _to_look_at(store: Store, before: Run, run: Run) -> Iterator[Fault]:
    """Yield answers that a person marked under another key, or with other marks to give."""
    found: dict[str, list[str]] = {}
    for old, new in pairs(effective_results(store, before), effective_results(store, run)):
        for was, now in _answers(old, new):
            rescaled = now.out_of != was.out_of and now.out_of and was.out_of
            is_carried = was.rubric and was.rubric != now.rubric
            if now.by_hand and not is_carried and (was.expected != now.expected or rescaled):
                found.setdefault(now.id, []).append(new.paper)
    for answer, papers in found.items():
        what = f"{answer} was marked by a person under another key: {first_of(papers)}"
        yield Fault(KEY, 1, what, "look at it again; the person's marks were kept")


def _answers(old: MarkedPaper, new: MarkedPaper) -> Iterator[tuple[MarkedAnswer, MarkedAnswer]]:
    before = {answer.id: answer for answer in old.answers}
    return ((before[answer.id], answer) for answer in new.answers if answer.id in before)


def _why(was: MarkedAnswer, now: MarkedAnswer) -> str:
    """Return why the marks of an answer changed, in a few words."""
    reasons = []
    if now.note and now.note != was.note:
        reasons.append(now.note.rstrip("."))
    if now.expected != was.expected:
        reasons.append(f"the right answer is {now.expected}, not {was.expected}")
    if not was.out_of:
        reasons.append("it counts again")
    elif was.note in {ALL_GET_FULL, KEPT} and not now.note:
        reasons.append("it counts as it was marked")
    elif now.out_of != was.out_of and now.out_of:
        reasons.append(f"out of {marks_text(now.out_of)}, not {marks_text(was.out_of)}")
    if now.verdict is not was.verdict:
        reasons.append(f"{was.verdict.value} became {now.verdict.value}")
    return "; ".join(reasons) or now.why
