"""The rows of one student in the store: read, and for once deleted.

Rows of the store are never changed, and triggers see to that. A person's right to be forgotten is
the one exception: the guards are lifted and set again within the transaction that deletes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, and_, delete, or_, select, type_coerce

from grader.store.steps import lift_guards, set_guards
from grader.store.store import log
from grader.store.tables import (
    APPEAL,
    DECISION,
    INTAKE_SUBMISSION,
    LOG,
    MARK,
    PAPER,
    PROPOSAL,
    RESPONSE,
    RULING,
    SUBMISSION,
    VERDICT,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.store.database import Database

_GIVEN = {
    "submissions": SUBMISSION,
    "answers": RESPONSE,
    "papers": PAPER,
    "verdicts": VERDICT,
    "marks": MARK,
    "rulings": RULING,
    "proposals": PROPOSAL,
    "appeals": APPEAL,
    "decisions": DECISION,
}


def papers_of(database: Database, student: str) -> tuple[str, ...]:
    """Return the papers on which a student handed something in."""
    query = select(SUBMISSION.c.paper).where(SUBMISSION.c.student == student).distinct()
    with database.connection("read") as connection:
        return tuple(sorted(connection.execute(query).scalars()))


def rows_of(
    database: Database, student: str, papers: Sequence[str]
) -> dict[str, list[dict[str, Any]]]:
    """Return every row that is about a student, by what it is."""
    found = _about(student, papers)
    with database.connection("read") as connection:
        return {
            name: [
                dict(row)
                for row in connection.execute(table.select().where(found[table.name])).mappings()
            ]
            for name, table in _GIVEN.items()
        }


def delete_rows(database: Database, student: str, papers: Sequence[str]) -> int:
    """Delete every row that is about a student; return how many there were."""
    found = _about(student, papers)
    order = (
        VERDICT,
        PAPER,
        INTAKE_SUBMISSION,
        RESPONSE,
        SUBMISSION,
        MARK,
        RULING,
        PROPOSAL,
        DECISION,
        APPEAL,
        LOG,
    )
    with database.connection("write") as connection:
        for statement in lift_guards(connection.dialect.name):
            connection.exec_driver_sql(statement)
        count = sum(
            connection.execute(delete(table).where(found[table.name])).rowcount for table in order
        )
        for statement in set_guards(connection.dialect.name):
            connection.exec_driver_sql(statement)
        log(connection, "deleted what is about one person, as they asked")
    database.compact()
    return count


def _about(student: str, papers: Sequence[str]) -> dict[str, Any]:
    """Return the condition of each table's rows that are about a student."""
    own = or_(SUBMISSION.c.student == student, SUBMISSION.c.paper.in_(papers))
    submissions = select(SUBMISSION.c.id).where(own)
    marked = or_(PAPER.c.student == student, PAPER.c.paper.in_(papers))
    verdicts = (
        select(PAPER.c.place)
        .where(and_(PAPER.c.run == VERDICT.c.run, PAPER.c.place == VERDICT.c.paper_place, marked))
        .exists()
    )
    return {
        "submission": own,
        "response": RESPONSE.c.submission.in_(submissions),
        "intake_submission": INTAKE_SUBMISSION.c.submission.in_(submissions),
        "paper": marked,
        "verdict": verdicts,
        "mark": MARK.c.paper.in_(papers),
        "ruling": RULING.c.paper.in_(papers),
        "proposal": PROPOSAL.c.paper.in_(papers),
        "appeal": APPEAL.c.paper.in_(papers),
        "decision": DECISION.c.paper.in_(papers),
        "log": type_coerce(LOG.c.what, Text).contains(student, autoescape=True),
    }
