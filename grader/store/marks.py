"""The marks that people gave for answers, in the store."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from sqlalchemy import insert, select

from examgen.folder.rubric import criteria_from, criteria_json, rubric_digest
from examgen.ground.tables.names import fold_letters
from examgen.ground.wording import format_count
from grader.store.rows import digest
from grader.store.store import BATCH, add_new, batches, log
from grader.store.tables import MARK, RUBRIC

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import Connection

    from examgen.folder.key import Criterion
    from grader.store.store import Store
    from grader.store.tables import Json


Opinion: TypeAlias = Literal["first", "second", "settled", "appeal", "calibration"]
"""Whose opinion a mark is; what is for calibration is never kept."""


@dataclass(frozen=True)
class PersonMark:
    """The marks that a person gave for an answer.

    Attributes:
        response: the answer's text at that time, by its digest; for another text it says nothing.
        criteria: the marks for each criterion, where there are criteria.
        remark: for the student.
        opinion: of the first or second person, or what settles a difference between both.
        rubric: what names the criteria at that time; empty where there are none, and in marks of
            earlier versions.
        comments: what was said of each criterion, for the student; empty where nothing was.
    """

    paper: str
    answer: str
    response: str
    marks: Fraction
    marker: str
    criteria: tuple[str, ...] = ()
    remark: str = ""
    opinion: Opinion = "first"
    rubric: str = ""
    comments: tuple[str, ...] = ()

    def holds(self, text: str | None, rubric: str) -> bool:
        """Return whether it is about this text, by these criteria."""
        is_same_rubric = not (self.rubric and rubric) or self.rubric == rubric
        return is_same_rubric and self.response == response_digest(text)


def response_digest(text: str | None) -> str:
    """Return what names the text of an answer in a mark."""
    return digest(text or "")


@dataclass(frozen=True)
class Added:
    """The result of adding marks.

    Attributes:
        new: how many of them were not known.
        replaced: those of another person in whose place other marks stand now, and those.
    """

    new: int
    replaced: tuple[tuple[PersonMark, PersonMark], ...] = ()


def add_marks(
    store: Store,
    marks: Sequence[PersonMark],
    rubrics: Iterable[Sequence[Criterion]] = (),
    verb: str = "gave",
) -> Added:
    """Add marks that a person gave, all or none, with the criteria by which they were given."""
    papers = sorted({mark.paper for mark in marks})
    with store.database.connection("write") as connection:
        newest = {
            (mark.paper, mark.answer, mark.opinion): mark
            for some in batches(papers, BATCH)
            for mark in _marks(connection, MARK.c.paper.in_(some))
        }
        new = [m for m in marks if newest.get((m.paper, m.answer, m.opinion)) != m]
        if new:
            rows: list[dict[str, Json]] = [
                {"id": rubric_digest(criteria), "criteria": criteria_json(criteria).decode()}
                for criteria in filter(None, rubrics)
            ]
            add_new(connection, RUBRIC, rows)
            connection.execute(insert(MARK), list(map(_mark_row, new)))
            log(connection, f"{verb} marks for {format_count(len(new), 'answer')}", new[0].marker)
    pairs = ((newest.get((m.paper, m.answer, m.opinion)), m) for m in new)
    return Added(len(new), tuple((old, m) for old, m in pairs if old and _is_others(old, m)))


def _is_others(old: PersonMark, new: PersonMark) -> bool:
    """Return whether a mark for the same text came from another person, and was another one."""
    is_same_text = old.response == new.response and old.rubric == new.rubric
    is_other = fold_letters(old.marker) != fold_letters(new.marker)
    return is_same_text and is_other and old.marks != new.marks


def marks_of(store: Store, papers: Sequence[str]) -> Mapping[tuple[str, str], Sequence[PersonMark]]:
    """Return the marks that people gave each answer of some papers, the newest at the end."""
    found: defaultdict[tuple[str, str], list[PersonMark]] = defaultdict(list)
    for mark in _read(store, MARK.c.paper.in_(papers)):
        found[mark.paper, mark.answer].append(mark)
    return found


def all_marks(store: Store) -> Sequence[PersonMark]:
    """Return every mark that people gave, in the order in which they came."""
    return _read(store)


def double_marked(marks: Iterable[PersonMark]) -> Iterator[tuple[PersonMark, PersonMark]]:
    """Yield first and second opinions about the same text; answers with the same text come once."""
    newest: dict[tuple[str, str, str], PersonMark] = {}
    for mark in marks:
        newest[mark.paper, mark.answer, mark.opinion] = mark
    seen = set()
    for (paper, answer, opinion), second in newest.items():
        first = newest.get((paper, answer, "first"))
        if opinion != "second" or first is None or not _is_alike(first, second):
            continue
        if (answer, second.response) not in seen:
            seen.add((answer, second.response))
            yield first, second


def _is_alike(first: PersonMark, second: PersonMark) -> bool:
    return (first.response, first.rubric) == (second.response, second.rubric)


def rubrics(store: Store) -> Mapping[str, tuple[Criterion, ...]]:
    """Return the criteria by which marks were given, by their names."""
    with store.database.connection("read") as connection:
        return {row.id: criteria_from(row.criteria) for row in connection.execute(select(RUBRIC))}


def comments_used(store: Store) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield answer, rubric and comments of each mark that has comments, the newest first."""
    query = select(MARK.c.answer, MARK.c.rubric, MARK.c.comments).where(
        MARK.c.comments.is_not(None)
    )
    with store.database.connection("read") as connection:
        for row in connection.execute(query.order_by(MARK.c.id.desc())):
            yield row.answer, row.rubric, tuple(row.comments)


def _opinion(row: Any) -> Opinion:  # noqa: ANN401 - a row of the table
    """Return whose opinion a mark is; earlier versions knew two."""
    known: Opinion = row.opinion or ("second" if row.second else "first")
    return known


def _read(
    store: Store,
    *where: Any,  # noqa: ANN401 - SQLAlchemy's own type of a condition
) -> list[PersonMark]:
    with store.database.connection("read") as connection:
        return _marks(connection, *where)


def _marks(
    connection: Connection,
    *where: Any,  # noqa: ANN401 - SQLAlchemy's own type of a condition
) -> list[PersonMark]:
    query = select(MARK).where(*where).order_by(MARK.c.id)
    return [
        PersonMark(
            *(row.paper, row.answer, row.response, Fraction(row.marks), row.marker),
            *(tuple(row.criteria), row.remark, _opinion(row)),
            *(row.rubric or "", tuple(row.comments or ())),
        )
        for row in connection.execute(query)
    ]


def _mark_row(mark: PersonMark) -> dict[str, Json]:
    return {
        "paper": mark.paper,
        "answer": mark.answer,
        "response": mark.response,
        "marks": str(mark.marks),
        "criteria": mark.criteria,
        "remark": mark.remark,
        "marker": mark.marker,
        "second": mark.opinion == "second",
        "opinion": mark.opinion,
        "rubric": mark.rubric,
        "comments": mark.comments or None,
    }
