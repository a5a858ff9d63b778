"""The grading worksheet of a Moodle assignment, filled in place.

Moodle reads Identifier, Grade and Last modified (grade) again; all cells but the grade and an empty
feedback comment go back as they came.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from examgen.ground.errors import InputError
from examgen.ground.tables.headers import Field, field_of
from examgen.ground.tables.names import fold_letters
from grader.export.filling import Target, fill, number
from grader.export.matching import Users
from grader.export.sheet import require
from grader.records.submissions import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from examgen.ground.errors import Fault
    from examgen.ground.tables.rows import Row
    from grader.export.book import Book, Made
    from grader.export.sheet import Sheet

KEYS = (Field.ID, Field.USERNAME, Field.EMAIL)
_PARTICIPANT = re.compile(r"\D*(\d{1,18})")
_IN_WORDS = re.compile(r"[^\W\d]\D*\d{1,18}")
_IN_BRACKETS = re.compile(r".+\((.+)\)")
_LOCKED = frozenset(map(fold_letters, "no nein hayır non não nee 0 false".split()))
_OPEN = frozenset(map(fold_letters, "yes ja evet sí oui si sim 1 true".split()))


def is_worksheet(sheet: Sheet) -> bool:
    """Return whether a file is a grading worksheet, and not an export of grades."""
    return _participants(sheet) is not None


def _participants(sheet: Sheet) -> int | None:
    """Return the column of `Participant 123`: by name, or the first with such cells only."""
    named = sheet.column(Field.PARTICIPANT)
    if named is not None:
        return named
    cells = [row.cells[0].strip() for row in sheet.rows]
    return 0 if cells and all(map(_IN_WORDS.fullmatch, cells)) else None


def _check_changed(sheet: Sheet) -> None:
    """Raise where nothing says when a grade was changed: `Last modified (grade)`."""
    brackets = filter(None, map(_IN_BRACKETS.fullmatch, sheet.header))
    if not any(field_of(found[1]) is Field.GRADE for found in brackets):
        require(sheet, Field.CHANGED)


def _is_open(sheet: Sheet) -> int | None:
    """Return the column that says whether a grade can be changed: its cells are yes or no."""
    named = sheet.column(Field.IS_OPEN)
    if named is not None or not sheet.rows:
        return named
    columns = zip(*(row.cells for row in sheet.rows), strict=True)
    words = ({fold_letters(cell) for cell in cells} for cells in columns)
    return next((at for at, found in enumerate(words) if found <= _LOCKED | _OPEN), None)


def fill_worksheet(book: Book, sheet: Sheet) -> Made:
    """Return the worksheet with the grades in it."""
    grade = require(sheet, Field.GRADE)
    _check_changed(sheet)
    most, may_change = sheet.column(Field.MAXIMUM), _is_open(sheet)

    def reason(row: Row) -> str:
        if may_change is None or fold_letters(row.cells[may_change]) not in _LOCKED:
            return ""
        return f"{sheet.header[may_change]} says {excerpt(row.cells[may_change]).lower()}"

    return fill(
        book,
        sheet,
        Target(
            users(sheet),
            grade,
            sheet.column(Field.FEEDBACK),
            maximum=lambda row: None if most is None else number(row.cells[most]),
            locked=reason,
        ),
    )


def users(sheet: Sheet) -> Users:
    """Return the participants of a worksheet.

    Raises:
        InputError: nobody can be told apart (an anonymous worksheet), or one is there twice.
    """
    faults = list(_identifier_faults(sheet))
    keys, names = sheet.columns(*KEYS), sheet.columns(Field.NAME)
    if not keys and not names:
        what = "the worksheet says only Identifier, not whose it is"
        fix = "reveal the students' identities in Moodle, and download it again"
        faults.append(sheet.fault(1, what, fix))
    if faults:
        raise InputError(faults)
    return Users(sheet.rows, keys, names)


def participant(sheet: Sheet, row: Row) -> str:
    """Return the number in `Participant 123`, whatever the language; empty where there is none."""
    at = _participants(sheet)
    if at is None:
        at = require(sheet, Field.PARTICIPANT)
    found = _PARTICIPANT.fullmatch(row.cells[at].strip())
    return found[1] if found else ""


def _identifier_faults(sheet: Sheet) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for row in sheet.rows:
        number_ = participant(sheet, row)
        if not number_:
            fix = "download the worksheet again"
            yield sheet.fault(row.line, "the Identifier has no participant number", fix)
        elif number_ in seen:
            what = f"participant {number_} is in line {seen[number_]} already"
            yield sheet.fault(row.line, what, "keep one of the rows")
        seen.setdefault(number_, row.line)
