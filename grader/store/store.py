"""The store: all that was handed in, every run of the grader, and its verdicts.

Everything is named by its content or by what it was made from, and only ever added. So a command
that was cut off can be given again: it finds what is done and does the rest.
"""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar

from sqlalchemy import and_, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from examgen.ground.errors import ExamgenError
from examgen.ground.wording import format_count
from grader.store.database import GRADEBOOK, Database
from grader.store.rows import digest, paper_from, submission_from, submission_rows, verdict_row
from grader.store.tables import (
    EXAM,
    INTAKE,
    INTAKE_SUBMISSION,
    LOG,
    PAPER,
    RESPONSE,
    RESULT,
    RUN,
    SUBMISSION,
    VERDICT,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sqlalchemy import Connection, Table
    from sqlalchemy.engine import URL

    from examgen.folder.people_rules import MarkingRule
    from grader.records.submissions import Submission
    from grader.scoring.marked import MarkedPaper
    from grader.store.tables import Json

    Kind = Literal["grade", "regrade"]
T = TypeVar("T")
BATCH = 200


@dataclass(frozen=True)
class Run:
    """One run of the grader, named by what determines its verdicts.

    Attributes:
        intake: what was handed in.
        key: the version of the key file.
        rules: the version of everything that reads, compares and marks.
        options: what else was asked for.
        after: the number of the run whose results it is to replace; 0 for a first run.
    """

    number: int
    kind: str
    intake: str
    key: str
    rules: str
    options: Json
    after: int


@dataclass(frozen=True)
class Done:
    """A marked paper with its place in the key, the key's version, and what was handed in."""

    place: int
    key: str
    submission: str | None
    paper: MarkedPaper


class Store:
    """The grading store of one exam.

    Attributes:
        rule: how the marks of two people become one; None: those of the first count.
    """

    rule: MarkingRule | None = None

    def __init__(self, url: str | URL, shown: str, exam: str = "") -> None:
        """Open a store.

        Args:
            url: of the database.
            shown: how messages call it.
            exam: what tells this exam from others; a store belongs to one exam.

        Raises:
            ExamgenError: the database cannot be used, or belongs to another exam.
        """
        self.database = Database(url, shown)
        if exam:
            self._belongs(exam)

    @classmethod
    def of_folder(cls, folder: Path, url: str | None = None, exam: str = "") -> Self:
        """Return the store in an exam folder, or in the database that is named by its URL."""
        from sqlalchemy.engine import URL  # noqa: PLC0415 - here it is a value, above a type

        path = folder / GRADEBOOK
        if url is None:
            return cls(URL.create("sqlite", database=str(path)), str(path), exam)
        return cls(url, "the database", exam)

    def close(self) -> None:
        """Close the store."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # What was handed in

    def keep(self, submissions: Sequence[Submission]) -> str:
        """Keep submissions verbatim; gives the name of this intake."""
        ids: list[str] = []
        for some in batches(submissions, BATCH):
            rows = list(map(submission_rows, some))
            ids.extend(str(row["id"]) for row, _ in rows)
            with self.database.connection("write") as connection:
                add_new(connection, SUBMISSION, [row for row, _ in rows])
                add_new(connection, RESPONSE, [item for _, items in rows for item in items])
        name = digest(sorted(ids))
        members = [{"intake": name, "submission": own} for own in ids]
        with self.database.connection("write") as connection:
            if not connection.execute(select(INTAKE).where(INTAKE.c.id == name)).first():
                add_new(connection, INTAKE_SUBMISSION, members)
                connection.execute(insert(INTAKE).values(id=name, submissions=len(ids)))
                log(connection, f"took in {format_count(len(ids), 'submission')} as {name}")
        return name

    def submission_ids(self, intake: str) -> dict[str, str]:
        """Return the submission of each paper that was handed in."""
        query = (
            select(SUBMISSION.c.paper, SUBMISSION.c.id)
            .join(INTAKE_SUBMISSION, INTAKE_SUBMISSION.c.submission == SUBMISSION.c.id)
            .where(INTAKE_SUBMISSION.c.intake == intake)
        )
        with self.database.connection("read") as connection:
            return {row.paper: row.id for row in connection.execute(query)}

    def submissions(self, ids: Iterable[str]) -> Iterator[tuple[str, Submission]]:
        """Yield submissions as they were handed in, by their names and in that order."""
        for some in batches(ids, BATCH):
            query = select(SUBMISSION).where(SUBMISSION.c.id.in_(some))
            given = select(RESPONSE).where(RESPONSE.c.submission.in_(some))
            with self.database.connection("read") as connection:
                rows = {row.id: row for row in connection.execute(query)}
                found = connection.execute(given.order_by(RESPONSE.c.submission)).all()
                responses = {
                    own: list(group)
                    for own, group in groupby(found, key=lambda row: row.submission)
                }
                those = [submission_from(rows[own], responses.get(own, ())) for own in some]
            yield from zip(some, those, strict=True)

    # Runs

    def begin(
        self, kind: Kind, intake: str, key: str, rules: str, options: Json = "", after: int = 0
    ) -> Run:
        """Return the run with these arguments: the one that was begun before, or a new one."""
        values: dict[str, Json] = {"kind": kind, "intake": intake, "key": key, "rules": rules}
        values |= {"options": options, "after": after}
        query = select(RUN).where(*(RUN.c[name] == value for name, value in values.items()))
        with self.database.connection("write") as connection:
            if not connection.execute(query).first():
                connection.execute(insert(RUN).values(values))
                log(connection, f"began to {kind} {intake}, key {key}, rules {rules}")
            return _run(connection.execute(query).one())

    def run(self, number: int) -> Run:
        """Return a run by its number."""
        with self.database.connection("read") as connection:
            return _run(connection.execute(select(RUN).where(RUN.c.id == number)).one())

    def marked_papers(self, run: Run) -> set[int]:
        """Return the places in the key of the papers that a run has marked."""
        query = select(PAPER.c.place).where(PAPER.c.run == run.number)
        with self.database.connection("read") as connection:
            return set(connection.execute(query).scalars())

    def add(self, run: Run, results: Sequence[Done]) -> None:
        """Add marked papers to a run; those it has already are left as they are."""
        papers: list[dict[str, Json]] = []
        verdicts: list[dict[str, Json]] = []
        for item in results:
            paper = item.paper
            row: dict[str, Json] = {"run": run.number, "place": item.place, "key": item.key}
            row |= {"paper": paper.paper, "student": paper.student, "name": paper.name}
            papers.append({**row, "submission": item.submission})
            for place, answer in enumerate(paper.answers):
                verdicts.append(verdict_row(run.number, item.place, place, answer))
        with self.database.connection("write") as connection:
            add_new(connection, PAPER, papers)
            add_new(connection, VERDICT, verdicts)

    def finish(self, run: Run) -> None:
        """Make a run's results the current ones."""
        with self.database.connection("write") as connection:
            if _current(connection) != run.number:
                connection.execute(insert(RESULT).values(run=run.number))
                log(connection, f"run {run.number} gives the results")

    def current(self) -> Run | None:
        """Return the run whose results count; None before the first."""
        with self.database.connection("read") as connection:
            number = _current(connection)
        return None if number is None else self.run(number)

    def salt(self) -> str:
        """Return what makes the codes of this exam's papers.

        It never changes once there is a run.
        """
        first = select(RUN.c.key).order_by(RUN.c.id).limit(1)
        with self.database.connection("read") as connection:
            return str(connection.execute(first).scalar_one())

    def papers(self, run: Run) -> Iterator[MarkedPaper]:
        """Yield the papers as a run marked them, in the order of the key.

        One at a time in memory.
        """
        query = (
            select(
                *(PAPER.c[name] for name in ("place", "paper", "student", "name", "submission")),
                SUBMISSION.c.sources,
                *(VERDICT.c[n] for n in ("answer", "verdict", "mistake", "marks", "out_of")),
                VERDICT.c.detail,
                RESPONSE.c.given,
            )
            .select_from(PAPER)
            .join(VERDICT, _same_paper())
            .outerjoin(SUBMISSION, SUBMISSION.c.id == PAPER.c.submission)
            .outerjoin(
                RESPONSE,
                and_(
                    RESPONSE.c.submission == PAPER.c.submission,
                    RESPONSE.c.answer == VERDICT.c.answer,
                ),
            )
            .where(PAPER.c.run == run.number)
            .order_by(VERDICT.c.paper_place, VERDICT.c.place)  # as their index has them
        )
        with self.database.connection("read") as connection:
            rows = connection.execution_options(yield_per=1_000).execute(query)
            for _, group in groupby(rows, key=lambda row: row.place):
                yield paper_from(list(group))

    def students(self, run: Run) -> Iterator[tuple[str, str]]:
        """Yield the ids of student and paper, of all papers of a run."""
        query = select(PAPER.c.paper, PAPER.c.student).where(PAPER.c.run == run.number)
        with self.database.connection("read") as connection:
            for row in connection.execute(query.order_by(PAPER.c.place)):
                yield row.student, row.paper

    def _belongs(self, exam: str) -> None:
        with self.database.connection("write") as connection:
            add_new(connection, EXAM, [{"id": exam}])
            if connection.execute(select(func.count()).select_from(EXAM)).scalar_one() > 1:
                why = "belongs to another exam; give each exam a database of its own"
                raise ExamgenError(f"{self.database.shown} {why}")


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield items in lists of a size; the last may be shorter."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def log(connection: Connection, what: str, who: str = "") -> None:
    """Note that something was done, by whom and when, in the transaction that does it."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    connection.execute(insert(LOG).values(at=at, who=who or _user(), what=what))


def add_rows(
    store: Store, table: Table, rows: Sequence[Mapping[str, Json]], what: str, who: str = ""
) -> None:
    """Add rows, all or none, and note what was done by whom; without rows nothing is done."""
    if rows:
        with store.database.connection("write") as connection:
            connection.execute(insert(table), rows)
            log(connection, what, who)


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without users
        return "unknown"


def add_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, Json]]) -> int:
    """Add the rows that are not there yet; gives how many those are."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    if not rows:
        return 0
    return connection.execute(dialect.insert(table).on_conflict_do_nothing(), rows).rowcount


def _same_paper() -> Any:  # noqa: ANN401 - SQLAlchemy's own type of a condition
    return and_(VERDICT.c.run == PAPER.c.run, VERDICT.c.paper_place == PAPER.c.place)


def _current(connection: Connection) -> int | None:
    newest = select(RESULT.c.run).order_by(RESULT.c.id.desc()).limit(1)
    return connection.execute(newest).scalar()


def _run(row: Any) -> Run:  # noqa: ANN401 - a row of the table
    return Run(row.id, row.kind, row.intake, row.key, row.rules, row.options, row.after)
