"""The roster: who gets a paper. CSV as Moodle, Canvas or a person writes it."""

from __future__ import annotations

import csv
import re
import unicodedata
from typing import TYPE_CHECKING

from generator.paper import Student
from solvers.errors import Fault, InputError

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 16 * 1024 * 1024
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}")
_ID_NAMES = ("id", "student id", "id number", "idnumber", "sis user id", "username", "student")
_NAME_NAMES = ("name", "full name", "student name", "fullname", "student")
_FIRST, _LAST = ("first name", "firstname", "given name"), ("surname", "last name", "lastname")


def read_roster(path: Path) -> tuple[Student, ...]:
    """Reads a roster.

    Raises:
        InputError: with every fault: a missing column, an id twice or unfit as a file name.
    """
    file = str(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError([Fault(file, 1, str(error), "name a CSV file")]) from error
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
    lines = text.splitlines()
    if not lines:
        raise InputError([Fault(file, 1, "the file is empty", "write a header and a row each")])
    mark = max(",;\t", key=lines[0].count)
    reader = csv.reader(lines, delimiter=mark, strict=True)
    faults: list[Fault] = []
    students: dict[str, tuple[int, Student]] = {}
    try:
        columns = _columns(next(reader), file)
        for row in reader:
            if any(cell.strip() for cell in row):
                _add(students, faults, Fault(file, reader.line_num, "", ""), columns(row))
    except csv.Error as error:
        fix = "close the quotes"
        raise InputError([Fault(file, reader.line_num, str(error), fix)]) from error
    if not students and not faults:
        faults.append(Fault(file, 1, "there is no student", "write one row for each student"))
    if faults:
        raise InputError(faults)
    return tuple(student for _, student in students.values())


def _add(
    students: dict[str, tuple[int, Student]], faults: list[Fault], here: Fault, found: Student
) -> None:
    def fault(what: str, fix: str) -> None:
        faults.append(Fault(here.file, here.line, what, fix))

    if not _ID.fullmatch(found.id):
        fault(
            f"the id {found.id!r} is not usable", "use letters, digits, and . _ @ + - (64 at most)"
        )
    elif found.id in students:
        fault(f"the id {found.id!r} stands already in line {students[found.id][0]}", "keep one row")
    elif any(unicodedata.category(c) in {"Cc", "Cf", "Co", "Cs"} for c in found.name):
        fault(f"the name of {found.id} has invisible characters", "type the name again")
    else:
        students[found.id] = (here.line, found)


class _columns:  # noqa: N801 - used as a function
    """Finds id and name in a row."""

    def __init__(self, header: list[str], file: str) -> None:
        names = [cell.strip().casefold() for cell in header]
        self.id = _first(names, _ID_NAMES)
        name = _first(names, _NAME_NAMES)
        self.name = name if name != self.id else None  # Canvas: "Student" is the name
        self.first, self.last = _first(names, _FIRST), _first(names, _LAST)
        if self.id is None:
            what = f"no column for the id among: {', '.join(header)}"
            raise InputError([Fault(file, 1, what, "name the column id")])

    def __call__(self, row: list[str]) -> Student:
        """The student of a row."""

        def cell(place: int | None) -> str:
            return row[place].strip() if place is not None and place < len(row) else ""

        full = cell(self.name) or f"{cell(self.first)} {cell(self.last)}".strip()
        return Student(cell(self.id), full)


def _first(names: list[str], wanted: tuple[str, ...]) -> int | None:
    return next((names.index(name) for name in wanted if name in names), None)
