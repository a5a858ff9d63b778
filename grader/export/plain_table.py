"""A plain table, whatever it is written as: one row for each student, whatever became of it.

The column `state` says graded, blank, absent, pending or exempt; only graded and blank have a
grade. With the answers, a cell is the marks or one of blank, absent, pending, dropped.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from grader.export.book import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.export.book import Book, Entry

Cell: TypeAlias = "str | Fraction | None"
NO_COLUMN = {"--column": "a table has the column grade"}
_FIELDS = ("email", "username", "section")
_COLUMNS = ("paper", "state", "marks", "out of", "pending", "grade")


def rows(book: Book) -> Iterator[Sequence[Cell]]:
    """Yield the header, and a row for each student."""
    fields = [name for name in _FIELDS if any(e.person.get(name) for e in book.entries)]
    ids = list(dict.fromkeys(answer.id for e in book.entries for answer in e.answers))
    yield ("id", "name", *fields, *_COLUMNS, *ids)
    for entry in book.entries:
        yield tuple(chain(_person(entry, fields), _marks(entry), _answers(entry, ids)))


def _person(entry: Entry, fields: Sequence[str]) -> Iterator[Cell]:
    yield from (entry.person.get(name) for name in ("id", "name", *fields))


def _marks(entry: Entry) -> Iterator[Cell]:
    has_marks = entry.state not in {State.ABSENT, State.EXEMPT}
    yield from (entry.paper, entry.state.value, entry.marks if has_marks else None, entry.out_of)
    yield from (entry.pending if has_marks else None, entry.grade)


def _answers(entry: Entry, ids: Sequence[str]) -> Iterator[Cell]:
    cells = {answer.id: answer.cell for answer in entry.answers}
    for name in ids:
        cell = cells.get(name, "")
        yield Fraction(cell) if cell[:1].isdigit() else cell
