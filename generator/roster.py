"""The roster: who gets a paper. CSV as Moodle, Canvas or a person writes it."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from answers.counting import counted
from generator.paper import Student
from solvers.errors import Fault, InputError, unread

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MAX_BYTES = 16 * 1024 * 1024
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}")
_NAMES = {
    "id": ("id", "student id", "id number", "idnumber", "sis user id", "username", "student"),
    "name": ("name", "full name", "student name", "fullname", "student"),
    "first": ("first name", "firstname", "given name"),
    "last": ("surname", "last name", "lastname"),
    "email": ("email", "email address", "e-mail", "e-mail address", "mail"),
    "username": ("username", "sis login id", "login id", "login"),
    "section": ("section", "sections", "group", "groups"),
    "seat": ("seat", "place", "desk"),
    "extra_time": ("extra time", "extra_time", "time extension"),
    "large_print": ("large print", "large_print"),
}
_PRINTED = ("name", "section", "seat", "extra_time")
LONGEST = 200
_JOINERS = "\u200c\u200d"
_DIRECTIONS = dict.fromkeys(
    [0xFEFF, 0xAD, *range(0x200E, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_LARGE = {"": False, "no": False, "n": False, "0": False, "false": False}
_LARGE |= {"yes": True, "y": True, "1": True, "true": True, "x": True}
_SEAT = re.compile(r"([A-Z])[-. ]?(\d{1,4})|(\d{1,4})[-./ ](\d{1,4})")


def read_roster(path: Path) -> tuple[Student, ...]:
    """Reads a roster.

    Raises:
        InputError: with every fault: a missing column, an id twice or unfit as a file name.
    """
    file = str(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError([Fault(file, 1, unread(error), "name a CSV file")]) from error
    if len(raw) > MAX_BYTES:
        raise InputError([Fault(file, 1, "the file is too large", "split the class")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        fix = "save it as UTF-8 (in Excel: CSV UTF-8)"
        raise InputError([Fault(file, line, "the file is not in UTF-8", fix)]) from error
    return _students(text, file)


def _students(text: str, file: str) -> tuple[Student, ...]:
    header, _, _ = text.partition("\n")
    if not header.strip():
        raise InputError([Fault(file, 1, "the file is empty", "write a header and a row each")])
    mark = max(",;\t", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    faults: list[Fault] = []
    students: dict[str, tuple[int, Student]] = {}
    try:
        columns = next(reader)
        places = _places(columns, file)
        for row in reader:
            if not any(cell.strip() for cell in row) or _is_canvas_note(row):
                continue
            here = Fault(file, reader.line_num, "", "")
            if any(cell.strip() for cell in row[len(columns) :]):
                what = f"the row has {counted(len(row), 'cell')}, and the header {len(columns)}"
                faults.append(Fault(file, here.line, what, f"put a cell with {mark!r} in quotes"))
            else:
                _add(students, faults, here, {word: _cell(row, at) for word, at in places.items()})
    except csv.Error as error:
        fix = "close the quotes"
        raise InputError([Fault(file, reader.line_num, str(error), fix)]) from error
    if not students and not faults:
        faults.append(Fault(file, 1, "there is no student", "write one row for each student"))
    if faults:
        raise InputError(faults)
    return tuple(student for _, student in students.values())


def _add(
    students: dict[str, tuple[int, Student]],
    faults: list[Fault],
    here: Fault,
    found: dict[str, str],
) -> None:
    def fault(what: str, fix: str) -> None:
        faults.append(Fault(here.file, here.line, what, fix))

    name = found.pop("id")
    first, last = found.pop("first"), found.pop("last")
    found["name"] = found["name"] or f"{first} {last}".strip()
    large = found.pop("large_print")
    hidden = [word for word in _PRINTED if _has_invisible(found[word])]
    long = [word for word, text in found.items() if len(text) > LONGEST]
    if not _ID.fullmatch(name):
        fault(f"the id {name!r} is not usable", "use letters, digits, and . _ @ + - (64 at most)")
    elif name in students:
        fault(f"the id {name!r} stands already in line {students[name][0]}", "keep one row")
    elif long:
        fault(f"the {long[0]} of {name} has {len(found[long[0]])} characters", f"{LONGEST} at most")
    elif hidden:
        fault(f"the {hidden[0]} of {name} has invisible characters", "type it again")
    elif large.casefold() not in _LARGE:
        fault(f"large print of {name} is {large!r}", "write yes or no")
    else:
        students[name] = (
            here.line,
            Student(
                name,
                found["name"],
                found["email"],
                found["username"],
                found["section"],
                found["seat"],
                found["extra_time"],
                _LARGE[large.casefold()],
            ),
        )


def _has_invisible(text: str) -> bool:
    """Whether a text has what cannot be seen; some scripts need a sign that (un)joins letters."""
    hidden = (c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Co", "Cs"})
    return any(c not in _JOINERS for c in hidden)


def _is_canvas_note(row: list[str]) -> bool:
    """The rows below the header of a Canvas gradebook that are no students."""
    return row[0].strip() == "Points Possible" or "Manual Posting" in row


def _places(header: list[str], file: str) -> dict[str, int | None]:
    """In which column each thing stands."""
    names = [cell.strip().casefold() for cell in header]
    known = {alias for aliases in _NAMES.values() for alias in aliases}
    twice = [name for name in names if name in known and names.count(name) > 1]
    if twice:
        raise InputError([Fault(file, 1, f"the column {twice[0]!r} stands twice", "keep one")])
    places = {
        word: next((names.index(name) for name in aliases if name in names), None)
        for word, aliases in _NAMES.items()
    }
    if places["id"] is None:
        what = f"no column for the id among: {', '.join(header)}"
        raise InputError([Fault(file, 1, what, "name the column id")])
    if places["name"] == places["id"]:  # of Canvas' columns, Student is the name
        places["name"] = None
    return places


def _cell(row: list[str], place: int | None) -> str:
    """A cell as one line of composed characters, without marks for the direction of writing."""
    text = row[place].translate(_DIRECTIONS) if place is not None and place < len(row) else ""
    return " ".join(unicodedata.normalize("NFC", text).split())


def with_versions(students: Sequence[Student], count: int) -> tuple[Student, ...]:
    """Students who share a few versions of the exam, such that neighbours have different ones.

    Who has a seat gets a version by its row and column: from four versions on no two neighbours
    share one, not even across a corner. Without seats, versions follow the order of the roster.

    >>> [s.version for s in with_versions([Student("a", seat="B1"), Student("b", seat="B2")], 2)]
    ['A', 'B']
    """
    return tuple(
        replace(student, version=LETTERS[_place(student, order, count) % count])
        for order, student in enumerate(students)
    )


def _place(student: Student, order: int, count: int) -> int:
    seat = _SEAT.fullmatch(student.seat.strip().upper())
    if seat is None:
        return order
    row = LETTERS.index(seat[1]) if seat[1] else int(seat[3])
    return row * (2 if count > 3 else 1) + int(seat[2] or seat[4])
