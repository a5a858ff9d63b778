"""People who mark the same answers: how far they agree, and how each changes on the way."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.ground.errors import Fault, InputError
from examgen.ground.tables.names import fold_letters
from examgen.ground.wording import format_count
from grader.by_hand.agreement import agreement
from grader.by_hand.proposals import proposal_agreement
from grader.results.marker_file import Drifted, MarkedTwice, MarkerFile
from grader.statistics.drift import Drift, marker_drift
from grader.store.marks import all_marks, double_marked, marks_of, rubrics
from grader.store.store import BATCH, batches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from examgen.folder.key import Criterion
    from examgen.folder.people_rules import MarkingRule
    from grader.by_hand.agreement import Agreement, Pair
    from grader.store.marks import PersonMark
    from grader.store.store import Store

ALL = "all"


@dataclass(frozen=True)
class Markers:
    """The facts known about those who mark.

    Attributes:
        agreement: of first and second opinions by answer (`2b.why`), by criterion (`2b.why 1`), and
            of `all` in shares of the marks.
        says: what each criterion says.
        drift: of each person, where there are answers enough.
        proposals: how far proposals from outside agree with each of the two, by criterion.
    """

    agreement: Mapping[str, Agreement]
    says: Mapping[str, str]
    drift: Mapping[str, Drift]
    proposals: Mapping[str, Agreement]


def markers_of(store: Store, out_of: Mapping[str, Fraction]) -> Markers:
    """Return how far people agree; answers with the same text count once."""
    marks = all_marks(store)
    pairs = list(double_marked(marks))
    known = rubrics(store)
    return Markers(
        agreement_of(pairs, out_of),
        _criteria(pairs, known),
        _drift(marks, out_of),
        proposal_agreement(store, pairs, known),
    )


def agreement_of(
    pairs: Sequence[tuple[PersonMark, PersonMark]], out_of: Mapping[str, Fraction]
) -> Mapping[str, Agreement]:
    """Return the agreement of pairs of marks, by answer and criterion, and of all."""
    found: defaultdict[str, list[Pair]] = defaultdict(list)
    for first, second in sorted(pairs, key=lambda pair: pair[0].answer):
        found[first.answer].append((first.marks, second.marks))
        if len(first.criteria) == len(second.criteria):
            both = zip(first.criteria, second.criteria, strict=True)
            for number, (a, b) in enumerate(both, start=1):
                found[f"{first.answer} {number}"].append((Fraction(a), Fraction(b)))
    shares = [
        (first.marks / most, second.marks / most)
        for first, second in pairs
        if (most := out_of.get(first.answer))
    ]
    named = {name: agreement(own) for name, own in sorted(found.items())}
    return {**named, ALL: agreement(shares)} if shares else named


def _criteria(
    pairs: Iterable[tuple[PersonMark, PersonMark]], known: Mapping[str, Sequence[Criterion]]
) -> Mapping[str, str]:
    return {
        f"{mark.answer} {number}": item.says
        for mark, _ in pairs
        for number, item in enumerate(known.get(mark.rubric, ()), start=1)
    }


def _drift(marks: Iterable[PersonMark], out_of: Mapping[str, Fraction]) -> Mapping[str, Drift]:
    given: dict[tuple[str, str, str], PersonMark] = {}
    for mark in marks:
        if mark.opinion in {"first", "second"}:
            given.setdefault((mark.marker, mark.answer, mark.response), mark)
    by_marker: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    for mark in given.values():
        if most := out_of.get(mark.answer):
            by_marker[mark.marker].append((mark.answer, float(mark.marks / most)))
    found = ((marker, marker_drift(own)) for marker, own in sorted(by_marker.items()))
    return {marker: drift for marker, drift in found if drift is not None}


def marker_file(found: Markers) -> MarkerFile:
    """Return what is known of those who mark as the results keep it, for the report."""
    return MarkerFile(
        tuple(
            _row(name, found.says.get(name, ""), one)
            for name, one in {**found.agreement, **found.proposals}.items()
        ),
        tuple(
            Drifted(marker, one.count, one.change, one.interval, one.is_certain)
            for marker, one in found.drift.items()
        ),
    )


def _row(name: str, says: str, one: Agreement) -> MarkedTwice:
    kappa, weighted = (None if k is None else float(k) for k in (one.kappa, one.weighted))
    values = (one.count, float(one.same), float(one.shift), one.is_low, kappa, weighted)
    return MarkedTwice(name, says, *values, one.interval, one.weighted_interval)


def check_markers(
    store: Store, marks: Sequence[PersonMark], rule: MarkingRule | None, file: str
) -> None:
    """Refuse marks of somebody who has no say: both opinions must be of two people.

    Raises:
        InputError: whose marks of which answers.
    """
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for some in batches(marks, BATCH):
        known = marks_of(store, [mark.paper for mark in some])
        for mark in some:
            others = [m for m in known[mark.paper, mark.answer] if m.response == mark.response]
            for what in _wrong(mark, others, rule):
                found[mark.answer, what].append(mark.paper)
    faults = [
        Fault(
            file, 1, f"{answer}, {format_count(len(papers), 'paper')}: {what}", "let another mark"
        )
        for (answer, what), papers in found.items()
    ]
    if faults:
        raise InputError(faults)


def _wrong(
    mark: PersonMark, others: Sequence[PersonMark], rule: MarkingRule | None
) -> Iterator[str]:
    """Yield why somebody cannot give a mark, beside all that was given for the same text."""
    own = fold_letters(mark.marker)
    newest: dict[str, str] = {other.opinion: fold_letters(other.marker) for other in others}
    other = {"first": "second", "second": "first"}.get(mark.opinion)
    if other and newest.get(other) == own:
        yield f"{mark.marker} gave the {other} mark, and cannot give the {mark.opinion} one"
    both = {newest.get("first"), newest.get("second")} if mark.opinion == "settled" else set()
    if own in both and rule is not None and rule.beyond == "third":
        yield f"{mark.marker} gave one of the two marks, and a third person settles them"
    if None in both:
        yield "there are no two marks to settle"
    earlier = {fold_letters(other.marker) for other in others if other.opinion != "appeal"}
    if mark.opinion == "appeal" and own in earlier:
        yield f"{mark.marker} marked this before, and an appeal goes to another person"
