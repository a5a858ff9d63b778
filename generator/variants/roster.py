"""The roster: who gets a paper. CSV as Moodle, Canvas or a person writes it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from examgen.folder.students import Student
from examgen.ground.errors import Fault, InputError, unread
from examgen.ground.tables.encoding import decode
from examgen.ground.tables.headers import Field, field_of, fields_of
from examgen.ground.tables.labels import damage, is_file_name, plain_label
from examgen.ground.tables.names import words_of
from examgen.ground.tables.rows import CsvText, find_header, rows_below
from examgen.ground.tables.workbooks import BadWorkbook, Office, office, sheets_of
from examgen.ground.wording import format_count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from examgen.ground.tables.rows import Grid, Row

MAX_BYTES = 16 * 1024 * 1024
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}")
_FIELDS = {
    "name": (Field.NAME, Field.STUDENT),
    "first": (Field.FIRST,),
    "last": (Field.LAST,),
    "email": (Field.EMAIL,),
    "username": (Field.USERNAME, Field.SIS_LOGIN),
    "section": (Field.SECTION,),
    "seat": (Field.SEAT,),
    "extra_time": (Field.EXTRA_TIME,),
    "large_print": (Field.LARGE_PRINT,),
}
_CANVAS_IDS = (Field.SIS_ID, Field.SIS_LOGIN)  # no student knows Canvas's own ID beside them
_IDS = (*_CANVAS_IDS, Field.ANY_ID, Field.ID, Field.USERNAME, Field.STUDENT)
_KNOWN = {*_IDS, *(field for fields in _FIELDS.values() for field in fields)}
_TEST_STUDENT = {("student", "test")}  # whom Canvas invents for a teacher's own view
_PRINTED = ("name", "section", "seat", "extra_time")
LONGEST = 200
_JOINERS = "\u200c\u200d"
_DIRECTIONS = dict.fromkeys(
    [0xFEFF, 0xAD, *range(0x200E, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_LARGE = {"": False, "no": False, "n": False, "0": False, "false": False}
_LARGE |= {"yes": True, "y": True, "1": True, "true": True, "x": True}
_SEAT = re.compile(r"([A-Z])[-. ]?(\d{1,4})|(\d{1,4})[-./ ](\d{1,4})")


def read_roster(path: Path, say: Callable[[Fault], None] = lambda _: None) -> tuple[Student, ...]:
    """Read a roster: a CSV file in whatever encoding, or a workbook.

    Args:
        path: the file.
        say: called with what a person should know, though the roster is read.

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
    grids = _grids(raw, file, say)
    heads = [(grid, *find_header(grid, _known)) for grid in grids]
    found = [(grid, head, mark) for grid, head, mark in heads if head is not None]
    if not found:
        raise InputError([Fault(file, 1, "the file is empty", "write a header and a row each")])
    grid, header, mark = max(found, key=lambda item: _known(item[1]))
    return _students(header, list(rows_below(grid, header, mark)), file, mark)


def _grids(raw: bytes, file: str, say: Callable[[Fault], None]) -> Sequence[Grid]:
    if office(raw) is Office.WORKBOOK:
        try:
            return sheets_of(raw)
        except BadWorkbook as error:
            raise InputError([Fault(file, 1, str(error), "save it as CSV")]) from error
    text = decode(raw)
    if text.guess:
        fix = "look at the names on the papers, or save the roster as CSV UTF-8"
        say(Fault(file, text.line, text.guess, fix))
    return (CsvText(text.text),)


def _known(row: Row) -> int:
    return sum(field_of(cell) in _KNOWN for cell in row.cells)


def _students(header: Row, rows: Sequence[Row], file: str, mark: str) -> tuple[Student, ...]:
    places = _places(header, rows, file)
    faults: list[Fault] = []
    students: dict[str, tuple[int, Student]] = {}
    for row in rows:
        here, width = Fault(file, row.line, "", ""), len(header.cells)
        if row.broken:
            faults.append(Fault(file, row.line, row.broken, "close the quotes"))
        elif any(cell.strip() for cell in row.cells[width:]):
            what = f"the row has {format_count(len(row.cells), 'cell')}, and the header {width}"
            faults.append(Fault(file, row.line, what, f"put a cell with {mark!r} in quotes"))
        elif not _is_canvas_note(row, header):
            _add(students, faults, here, {word: _cell(row, at) for word, at in places.items()})
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

    name = found.pop("id").removeprefix("'")
    like = plain_label(name) or name
    first, last = found.pop("first"), found.pop("last")
    found["name"] = found["name"] or f"{first} {last}".strip()
    large = found.pop("large_print")
    hidden = [word for word in _PRINTED if _has_invisible(found[word])]
    long = [word for word, text in found.items() if len(text) > LONGEST]
    if not _ID.fullmatch(name):
        fix = "begin with a letter or digit, and use those and . _ @ + - (64 at most)"
        fault(f"the id {name!r} is not usable", fix)
    elif why := damage(name):
        fault(f"the id {name!r} has {why}", "export the roster again, with ids as text")
    elif not is_file_name(name):
        fault(f"the id {name!r} cannot be the name of a file everywhere", "write it otherwise")
    elif like in students and students[like][1].id == name:
        fault(f"the id {name!r} stands already in line {students[like][0]}", "keep one row")
    elif like in students:
        other = f"{students[like][1].id!r} in line {students[like][0]}"
        what = f"the id {name!r} differs from {other} only in case or in zeros before it"
        fault(what, "a spreadsheet or a disk takes them for one; correct one of them")
    elif long:
        fault(f"the {long[0]} of {name} has {len(found[long[0]])} characters", f"{LONGEST} at most")
    elif hidden:
        fault(f"the {hidden[0]} of {name} has invisible characters", "type it again")
    elif large.casefold() not in _LARGE:
        fault(f"large print of {name} is {large!r}", "write yes or no")
    else:
        students[like] = (
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
    """Return whether a text has what cannot be seen.

    Some scripts need a sign that (un)joins letters.
    """
    hidden = (c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Co", "Cs"})
    return any(c not in _JOINERS for c in hidden)


def _is_canvas_note(row: Row, header: Row) -> bool:
    """Return the rows below a Canvas gradebook's header that are no students: without ID."""
    fields = list(map(field_of, header.cells))
    if not _is_canvas(fields):
        return False
    names = (Field.STUDENT, Field.NAME, Field.LAST, Field.FIRST)
    name = words_of(" ".join(_cell(row, fields.index(f)) for f in names if f in fields))
    return name in _TEST_STUDENT or not _cell(row, fields.index(Field.ANY_ID))


def _is_canvas(fields: Sequence[Field | None]) -> bool:
    return Field.ANY_ID in fields and not set(_CANVAS_IDS).isdisjoint(fields)


def _places(header: Row, rows: Sequence[Row], file: str) -> dict[str, int | None]:
    """Return the column of each thing."""
    fields = list(map(field_of, header.cells))
    names = [cell.strip().casefold() for cell in header.cells]
    twice = [n for n, f in zip(names, fields, strict=True) if f in _KNOWN and names.count(n) > 1]
    if twice:
        what = f"the column {twice[0]!r} occurs twice"
        raise InputError([Fault(file, header.line, what, "keep one")])
    ids = [fields.index(field) for field in _IDS if field in fields]
    if not ids:
        what = f"no column for the id among: {', '.join(header.cells)}"
        where = f"line {header.line} is no header: " if not _known(header) else ""
        raise InputError([Fault(file, header.line, where + what, "name the column id")])
    own = next((at for at in ids if any(_ID.fullmatch(_cell(row, at)) for row in rows)), ids[0])
    rest = list(fields_of([cell if at != own else "" for at, cell in enumerate(header.cells)]))
    places = {word: _first(rest, wanted) for word, wanted in _FIELDS.items()}
    return {**places, "id": own}


def _first(fields: Sequence[Field | None], wanted: Sequence[Field]) -> int | None:
    return next((fields.index(field) for field in wanted if field in fields), None)


def _cell(row: Row, place: int | None) -> str:
    """Return a cell as one line of composed characters, without direction marks."""
    cells = row.cells
    text = cells[place].translate(_DIRECTIONS) if place is not None and place < len(cells) else ""
    return " ".join(unicodedata.normalize("NFC", text).split())


def with_versions(students: Sequence[Student], count: int) -> tuple[Student, ...]:
    """Return students who share a few versions of the exam; neighbours have different ones.

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
