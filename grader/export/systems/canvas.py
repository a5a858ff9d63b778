"""Canvas: its own exported gradebook (CSV), filled in place.

A student's grade goes into the column `Title (id)` of the assignment. Without its id Canvas would
make a new assignment, so such a column is never written. The rows above the students (Manual
Posting, Points Possible) and all other columns go back as they came.

| state | cell |
|---|---|
| graded, also with zero | the number |
| blank | 0; Canvas has no comment here, the export lists who it is |
| absent, pending | as it was |
| exempt | EX; an EX that is there stays |
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from examgen.ground.errors import InputError
from examgen.ground.tables.headers import Field
from grader.export.book import Made
from grader.export.filling import (
    Column,
    Target,
    cell_faults,
    choose_column,
    fill,
    has_thousands,
    number,
)
from grader.export.matching import Users
from grader.export.sheet import require
from grader.export.systems.base import System, Way
from grader.records.submissions import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from examgen.ground.errors import Fault
    from examgen.ground.tables.rows import Row
    from grader.export.book import Book
    from grader.export.sheet import Sheet

_ASSIGNMENT = re.compile(r"(?P<title>.*\S)\s+\((?P<id>\d+)\)")
_KEYS = (Field.SIS_ID, Field.SIS_LOGIN, Field.INTEGRATION_ID, Field.ANY_ID)
_READ_ONLY = "(read only)"
_TEST_STUDENT = frozenset({"student, test", "test student"})


def fill_gradebook(book: Book, sheet: Sheet) -> Made:
    """Return Canvas's gradebook with the grades of one assignment."""
    names = _names(sheet)
    own_id = require(sheet, Field.ANY_ID)
    above = list(takewhile(lambda row: not row.cells[own_id].strip(), sheet.rows))
    if not above:
        fix = "export the gradebook from Canvas again"
        raise InputError([sheet.fault(2, "the row Points Possible is missing", fix)])
    points = above[-1]  # its label is translated, its place is not
    students = tuple(row for row in sheet.rows[len(above) :] if not _is_test(row, names))
    column = choose_column(book, sheet, list(_assignments(sheet)))
    most = number(points.cells[column.at])
    target = Target(
        Users(students, sheet.columns(*_KEYS), names),
        column.at,
        maximum=lambda _: most,
        exempt="EX",
        takes_more=True,
    )
    made = fill(book, sheet, target)
    faults = (*_other_faults(sheet, points, column, students), *made.faults)
    return Made(b"" if faults else made.content, ".csv", faults, made.notices, made.left_out)


def _names(sheet: Sheet) -> tuple[int, ...]:
    """Return the column Student, or LastName and FirstName where the course has those."""
    student = sheet.columns(Field.STUDENT, Field.NAME)
    if student:
        return student[:1]
    return require(sheet, Field.LAST), require(sheet, Field.FIRST)


def _is_test(row: Row, names: tuple[int, ...]) -> bool:
    """Return whether this is the student that Canvas invents for a teacher's own view."""
    return ", ".join(row.cells[at].strip() for at in names).casefold() in _TEST_STUDENT


def _assignments(sheet: Sheet) -> Iterator[Column]:
    for at, name in enumerate(sheet.header):
        if found := _ASSIGNMENT.fullmatch(name):
            yield Column(at, found["title"], found["id"])


def _other_faults(
    sheet: Sheet, points: Row, column: Column, students: Sequence[Row]
) -> Iterator[Fault]:
    """Yield faults of the whole column, and numbers elsewhere that Canvas would misread."""
    most = points.cells[column.at].strip()
    if most.casefold() == _READ_ONLY:
        fix = "choose an assignment that can be graded"
        yield sheet.fault(points.line, f"{excerpt(column.title)} is read only", fix)
    elif number(most) is None:
        fix = "give the assignment its points in Canvas, and export again"
        what = f"the points possible of {excerpt(column.title)} are {excerpt(most) or 'empty'}"
        yield sheet.fault(points.line, what, fix)
    others = [other.at for other in _assignments(sheet) if other.at != column.at]
    for row in students:
        for at in others:
            if has_thousands(row.cells[at]):
                yield from cell_faults(sheet, row, at)


SYSTEM = System(
    "canvas",
    (
        Way(
            "the gradebook, filled in place",
            into="the gradebook exported from Canvas (Grades > Export)",
        ),
    ),
    rank=20,
    fill=fill_gradebook,
    refuses={"--answers": "Canvas would make a new assignment for each of them"},
)
