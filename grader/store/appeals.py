"""Appeals of students about their marks, in the store, and what became of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from examgen.ground.wording import format_count
from grader.store.store import BATCH, add_rows, batches
from grader.store.tables import APPEAL, DECISION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.store.store import Store
    from grader.store.tables import Json

ASKED = "You asked about these marks"
UPHELD, REJECTED = "upheld", "not upheld"


@dataclass(frozen=True)
class Appeal:
    """The appeal of a student about an answer.

    Attributes:
        response: the answer's text at that time, by its digest.
        reason: in the student's words.
        received: the day.
        marks: that the answer had then.
        refused: why it is not taken; empty where it is.
        number: in the store; 0 before it is there.
        outcome: upheld, or not; empty while it is open.
        answered: the reason of who decided.
    """

    paper: str
    answer: str
    response: str
    reason: str
    received: str
    marks: Fraction
    refused: str = ""
    number: int = 0
    outcome: str = ""
    answered: str = ""

    @property
    def is_open(self) -> bool:
        """Return whether somebody has to decide about it."""
        return not (self.refused or self.outcome)

    @property
    def note(self) -> str:
        """Return what the student reads of it."""
        if self.refused:
            return f"{ASKED}; that was not taken: {self.refused}."
        if self.outcome:
            return f"{ASKED}; that was {self.outcome}: {self.answered}"
        return f"{ASKED}; another person looks at the answer."


def add_appeals(store: Store, appeals: Sequence[Appeal]) -> None:
    """Add what students ask."""
    rows: list[dict[str, Json]] = [
        {
            "paper": one.paper,
            "answer": one.answer,
            "response": one.response,
            "reason": one.reason,
            "received": one.received,
            "marks": str(one.marks),
            "refused": one.refused,
        }
        for one in appeals
    ]
    add_rows(store, APPEAL, rows, f"received {format_count(len(rows), 'appeal')}")


def add_decisions(store: Store, decided: Sequence[Appeal], by: str) -> None:
    """Add what became of appeals, each with its outcome."""
    rows: list[dict[str, Json]] = [
        {
            "appeal": one.number,
            "paper": one.paper,
            "outcome": one.outcome,
            "reason": one.answered,
            "decider": by,
        }
        for one in decided
    ]
    add_rows(store, DECISION, rows, f"decided {format_count(len(rows), 'appeal')}", by)


def all_appeals(store: Store) -> Sequence[Appeal]:
    """Return everything that students asked, in the order in which it came."""
    return _read(store)


def appeals_of(store: Store, papers: Sequence[str]) -> Mapping[tuple[str, str], Sequence[Appeal]]:
    """Return what was asked about some papers, by paper and answer."""
    found: defaultdict[tuple[str, str], list[Appeal]] = defaultdict(list)
    for some in batches(papers, BATCH):
        for one in _read(store, APPEAL.c.paper.in_(some)):
            found[one.paper, one.answer].append(one)
    return found


def _read(
    store: Store,
    *where: Any,  # noqa: ANN401 - SQLAlchemy's own type of a condition
) -> list[Appeal]:
    decided = DECISION.c.appeal == APPEAL.c.id
    query = select(APPEAL, DECISION.c.outcome, DECISION.c.reason.label("answered"))
    query = query.outerjoin(DECISION, decided).where(*where).order_by(APPEAL.c.id)
    with store.database.connection("read") as connection:
        return [
            replace(
                Appeal(
                    *(row.paper, row.answer, row.response, row.reason, row.received),
                    *(Fraction(row.marks), row.refused, row.id),
                ),
                outcome=row.outcome or "",
                answered=row.answered or "",
            )
            for row in connection.execute(query)
        ]
