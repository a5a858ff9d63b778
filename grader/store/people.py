"""Decisions of people about questions, in the store: rulings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select

from examgen.ground.wording import format_count
from grader.store.store import add_new, log
from grader.store.tables import RESULT, RULING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
