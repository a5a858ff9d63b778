"""The grading worksheet of a Moodle assignment, filled in place.

Moodle reads Identifier, Grade and Last modified (grade) again; all cells but the grade and an empty
feedback comment go back as they came.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.gradebooks.filling import Target, fill, number
from grader.gradebooks.matching import Users
from grader.gradebooks.sheet import require
from solvers.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.tables.rows import Row
    from grader.gradebooks.book import Book, Made
    from grader.gradebooks.sheet import Sheet
    from solvers.errors import Fault

KEYS = (("ID number",), ("Username",), ("Email address", "Email", "E-mail address"))
_PARTICIPANT = re.compile(r"\D*(\d{1,18})")
_LOCKED = frozenset({"no", "0", "false"})


def is_worksheet(sheet: Sheet) -> bool:
    """Whether a file is a grading worksheet, and not an export of grades."""
    return sheet.column("Identifier") is not None


def filled(book: Book, sheet: Sheet) -> Made:
    """The worksheet with the grades in it."""
    grade = require(sheet, "the grade", "Grade")
    require(sheet, "when a grade was changed", "Last modified (grade)")
    most = sheet.column("Maximum grade")
    locked = sheet.column("Grade can be changed")

    def reason(row: Row) -> str:
        is_locked = locked is not None and row.cells[locked].strip().casefold() in _LOCKED
        return "Grade can be changed says no" if is_locked else ""

    return fill(
        book,
        sheet,
        Target(
            users(sheet),
            grade,
            sheet.column("Feedback comments"),
            maximum=lambda row: None if most is None else number(row.cells[most]),
            locked=reason,
        ),
    )


def users(sheet: Sheet) -> Users:
    """The participants of a worksheet.

    Raises:
        InputError: nobody can be told apart (an anonymous worksheet), or one stands there twice.
    """
    faults = list(_identifier_faults(sheet))
    keys, names = sheet.present(*KEYS), sheet.present(("Full name",))
    if not keys and not names:
        what = "the worksheet says only Identifier, not whose it is"
        fix = "reveal the students' identities in Moodle, and download it again"
        faults.append(sheet.fault(1, what, fix))
    if faults:
        raise InputError(faults)
    return Users(sheet.rows, keys, names)


def participant(sheet: Sheet, row: Row) -> str:
    """The number in `Participant 123`, whatever the language; empty where there is none."""
    at = require(sheet, "the participant", "Identifier")
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
            what = f"participant {number_} stands in line {seen[number_]} already"
            yield sheet.fault(row.line, what, "keep one of the rows")
        seen.setdefault(number_, row.line)
