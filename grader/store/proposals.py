"""Proposals of persons or programs outside about answers, in the store; none is a mark."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from sqlalchemy import select

from examgen.ground.wording import format_count
from grader.store.marks import response_digest
from grader.store.store import BATCH, add_rows, batches
from grader.store.tables import PROPOSAL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.store.store import Store
    from grader.store.tables import Json

HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Proposal:
    """A claim about a criterion of an answer.

    Attributes:
        response: the answer's text at that time, by its digest.
        rubric: what names the criteria at that time.
        criterion: its number, from 1.
        evidence: what is quoted from the answer; may be empty.
        confidence: from 0 to 1, that the criterion is met.
        proposer: who says so.
    """

    paper: str
    answer: str
    response: str
    rubric: str
    criterion: int
    evidence: str
    confidence: Fraction
    proposer: str

    @property
    def is_met(self) -> bool:
        """Return whether it says that the criterion is rather met than not."""
        return self.confidence >= HALF

    def holds(self, text: str | None, rubric: str) -> bool:
        """Return whether it is about this text and these criteria."""
        return (self.response, self.rubric) == (response_digest(text), rubric)


def add_proposals(store: Store, proposals: Sequence[Proposal]) -> None:
    """Add proposals; of one proposer the newest about a criterion holds."""
    rows: list[dict[str, Json]] = [
        {
            "paper": one.paper,
            "answer": one.answer,
            "response": one.response,
            "rubric": one.rubric,
            "criterion": one.criterion,
            "evidence": one.evidence,
            "confidence": str(one.confidence),
            "proposer": one.proposer,
        }
        for one in proposals
    ]
    about = format_count(len(rows), "criterion", "criteria")
    proposer = proposals[0].proposer if proposals else ""
    add_rows(store, PROPOSAL, rows, f"proposed about {about}", proposer)


def proposals_of(
    store: Store, papers: Sequence[str]
) -> Mapping[tuple[str, str], Sequence[Proposal]]:
    """Return the newest proposals of each proposer, by paper and answer."""
    newest: dict[tuple[str, str, int, str], Proposal] = {}
    for some in batches(papers, BATCH):
        query = select(PROPOSAL).where(PROPOSAL.c.paper.in_(some)).order_by(PROPOSAL.c.id)
        with store.database.connection("read") as connection:
            for row in connection.execute(query):
                newest[row.paper, row.answer, row.criterion, row.proposer] = Proposal(
                    *(row.paper, row.answer, row.response, row.rubric, row.criterion),
                    *(row.evidence, Fraction(row.confidence), row.proposer),
                )
    found: defaultdict[tuple[str, str], list[Proposal]] = defaultdict(list)
    for one in newest.values():
        found[one.paper, one.answer].append(one)
    return found
