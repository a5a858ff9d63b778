"""Decisions of people in the store: rulings about questions, and marks for answers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, insert, or_, select

from examgen.ground.wording import format_count
from grader.store.rows import digest
from grader.store.store import BATCH, add_new, batches, log
from grader.store.tables import MARK, RESULT, RULING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import Connection

    from grader.store.store import Run, Store
    from grader.store.tables import Json


class What(StrEnum):
    """The effect of a ruling."""

    DROP = "drop"
    FULL = "full"
    COUNT = "count"
    AT_LEAST = "at_least"
    LOWER = "lower"


@dataclass(frozen=True)
class Ruling:
    """A decision about an answer or a question; the newest about a target holds.

    `drop`: it does not count; `full`: who handed in gets full marks; `count`: it counts as marked;
    `at_least`: the marks of one paper are not lowered; `lower`: no `at_least` of before holds.

    Attributes:
        target: the id of an answer (`1a.size`), a part (`1a`) or a question (`1`); empty for all.
        paper: the one paper that it is about; empty for all.
        marks: for `at_least`, the marks that are not lowered.
    """

    what: What
    target: str
    paper: str = ""
    marks: Fraction | None = None


@dataclass(frozen=True)
class PersonMark:
    """The marks that a person gave for an answer.

    Attributes:
        response: the answer's text at that time, by its digest; for another text it says nothing.
        criteria: the marks for each criterion, where there are criteria.
        remark: for the student.
        second: whether it is a second opinion, which counts only for the agreement.
    """

    paper: str
    answer: str
    response: str
    marks: Fraction
    marker: str
    criteria: tuple[str, ...] = ()
    remark: str = ""
    second: bool = False


def response_digest(text: str | None) -> str:
    """Return what names the text of an answer in a mark."""
    return digest(text or "")


def add_rulings(store: Store, run: Run, rulings: Sequence[Ruling]) -> None:
    """Add rulings; they hold from when the run gives the results."""
    rows: list[dict[str, Json]] = [
        {
            "run": run.number,
            "target": item.target,
            "paper": item.paper,
            "what": item.what.value,
            "marks": None if item.marks is None else str(item.marks),
        }
        for item in rulings
    ]
    with store.database.connection("write") as connection:
        new = add_new(connection, RULING, rows)
        if new:
            about = sorted({f"{item.what} {item.target}".rstrip() for item in rulings})
            rows_added = format_count(new, "row")
            log(connection, f"ruled in run {run.number}: {', '.join(about)} ({rows_added})")


def rulings_for_all(store: Store, run: Run) -> Mapping[str, What]:
    """Return what holds for each target, in the results of a run."""
    query = select(RULING).where(RULING.c.paper == "", _holds(run)).order_by(RULING.c.run)
    with store.database.connection("read") as connection:
        return {row.target: What(row.what) for row in connection.execute(query)}


def floors(store: Store, papers: Sequence[str], run: Run) -> Mapping[tuple[str, str], Fraction]:
    """Mark that are not lowered, by paper and answer."""
    lowered = select(func.max(RULING.c.run)).where(RULING.c.what == What.LOWER.value, _holds(run))
    since = RULING.c.run > func.coalesce(lowered.scalar_subquery(), 0)
    own = RULING.c.paper.in_(papers)
    query = select(RULING).where(own, since, _holds(run)).order_by(RULING.c.run)
    with store.database.connection("read") as connection:
        rows = connection.execute(query)
        return {(row.paper, row.target): Fraction(row.marks) for row in rows}


def _holds(run: Run) -> Any:  # noqa: ANN401 - SQLAlchemy's own type of a condition
    return or_(RULING.c.run == run.number, RULING.c.run.in_(select(RESULT.c.run)))


@dataclass(frozen=True)
class Added:
    """The result of adding marks.

    Attributes:
        new: how many of them were not known.
        replaced: those of another person in whose place other marks stand now, and those.
    """

    new: int
    replaced: tuple[tuple[PersonMark, PersonMark], ...] = ()


def add_marks(store: Store, marks: Sequence[PersonMark]) -> Added:
    """Add marks that a person gave, all or none."""
    papers = sorted({mark.paper for mark in marks})
    with store.database.connection("write") as connection:
        newest = {
            place: found[-1]
            for some in batches(papers, BATCH)
            for place, found in _marks(connection, MARK.c.paper.in_(some)).items()
        }
        new = [m for m in marks if newest.get((m.paper, m.answer, m.second)) != m]
        if new:
            connection.execute(insert(MARK), list(map(_mark_row, new)))
            log(connection, f"gave marks for {format_count(len(new), 'answer')}", new[0].marker)
    pairs = ((newest.get((m.paper, m.answer, m.second)), m) for m in new)
    return Added(len(new), tuple((old, m) for old, m in pairs if old and _is_others(old, m)))


def _is_others(old: PersonMark, new: PersonMark) -> bool:
    """Return whether a mark for the same text came from another person, and was another one."""
    is_same_text = old.response == new.response
    return is_same_text and old.marker != new.marker and old.marks != new.marks


def marks_of(store: Store, papers: Sequence[str]) -> Mapping[tuple[str, str], PersonMark]:
    """Return the newest mark that counts of each answer that a person marked."""
    with store.database.connection("read") as connection:
        found = _marks(connection, MARK.c.paper.in_(papers), MARK.c.second == False)  # noqa: E712 - SQL
    return {(paper, answer): marks[-1] for (paper, answer, _), marks in found.items()}


def double_marked(store: Store) -> Iterator[tuple[PersonMark, PersonMark]]:
    """Yield first and second opinions about the same text; answers with the same text come once."""
    with store.database.connection("read") as connection:
        twice = select(MARK.c.paper).where(MARK.c.second == True)  # noqa: E712 - SQL
        found = _marks(connection, MARK.c.paper.in_(twice))
    seen = set()
    for (paper, answer, is_second), marks in found.items():
        other = found.get((paper, answer, False))
        if not is_second or other is None or other[-1].response != marks[-1].response:
            continue
        if (answer, marks[-1].response) not in seen:
            seen.add((answer, marks[-1].response))
            yield other[-1], marks[-1]


def _marks(
    connection: Connection,
    *where: Any,  # noqa: ANN401 - SQLAlchemy's own type of a condition
) -> defaultdict[tuple[str, str, bool], list[PersonMark]]:
    found: defaultdict[tuple[str, str, bool], list[PersonMark]] = defaultdict(list)
    query = select(MARK).where(*where).order_by(MARK.c.id)
    for row in connection.execute(query):
        found[row.paper, row.answer, row.second].append(
            PersonMark(
                *(row.paper, row.answer, row.response, Fraction(row.marks), row.marker),
                *(tuple(row.criteria), row.remark, row.second),
            )
        )
    return found


def _mark_row(mark: PersonMark) -> dict[str, Json]:
    return {
        "paper": mark.paper,
        "answer": mark.answer,
        "response": mark.response,
        "marks": str(mark.marks),
        "criteria": mark.criteria,
        "remark": mark.remark,
        "marker": mark.marker,
        "second": mark.second,
    }
