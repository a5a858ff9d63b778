"""Grades put into a column of a platform's own file, once each cell they touch is checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.ground.errors import Fault, InputError
from examgen.ground.wording import format_count, marks_text
from grader.export.book import Made, State
from grader.export.matching import match
from grader.records.submissions import excerpt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from examgen.ground.tables.rows import Row
    from grader.export.book import Book, Entry
    from grader.export.matching import Users
    from grader.export.sheet import Sheet

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_THOUSANDS = re.compile(r"\d{1,3}(?:([,.' \u00a0\u202f])\d{3})(?:\1\d{3})*(?:[.,]\d+)?")
_EMPTY = frozenset({"", "-"})


@dataclass(frozen=True)
class Column:
    """A column of a platform's file that holds grades: where, its title, the platform's id."""

    at: int
    title: str
    id: str


@dataclass(frozen=True)
class Target:
    """The column that gets the grades.

    Attributes:
        grade: the column that is filled.
        feedback: a column for a sentence to the student; filled where it is empty.
        maximum: the most that a row can hold; None where the file does not say.
        locked: why a row's grade cannot be changed; empty where it can.
        exempt: what the platform writes for a student who is exempt; empty where it has nothing.
        is_ungraded: whether a cell's words say that no grade is there.
        more: further cells of a row that gets feedback, by column.
        takes_more: whether the platform takes a grade above the maximum, such as one with a bonus.
    """

    users: Users
    grade: int
    feedback: int | None = None
    maximum: Callable[[Row], Fraction | None] = lambda _: None
    locked: Callable[[Row], str] = lambda _: ""
    exempt: str = ""
    more: Mapping[int, str] | None = None
    is_ungraded: Callable[[str], bool] = lambda _: False
    takes_more: bool = False


def fill(book: Book, sheet: Sheet, target: Target, suffix: str = ".csv") -> Made:
    """Return the platform's file with the grades in it; all faults at once, and then no file."""
    found = match(book, sheet, target.users)
    faults, notices = list(found.faults), list(found.notices)
    faults.extend(_scale_faults(book, sheet, target, found.pairs))
    changes: dict[int, Mapping[int, str]] = {}
    for row, entry in found.pairs:
        faults.extend(_row_faults(sheet, target, row, entry))
        changes[row.line] = dict(_cells(target, row, entry))
        notices.extend(_kept(sheet, target, row, entry))
    notices.extend(_replaced(sheet, target, changes))
    content = b"" if faults else sheet.fill(changes)
    return Made(content, suffix, tuple(faults), tuple(notices), found.left_out)


def _scale_faults(
    book: Book, sheet: Sheet, target: Target, pairs: Sequence[tuple[Row, Entry]]
) -> Iterator[Fault]:
    """Yield points that are not the platform's maximum, once; or each grade above it."""
    for row, entry in pairs:
        maximum = target.maximum(row)
        if maximum is None or entry.grade is None:
            continue
        if maximum != (book.wishes.out_of or entry.out_of):
            yield sheet.fault(row.line, *scale_trouble(book, entry, maximum))
            return
        if entry.grade > maximum and not target.takes_more:
            yield sheet.fault(row.line, *above(entry, maximum))


def scale_trouble(book: Book, entry: Entry, maximum: Fraction) -> tuple[str, str]:
    """Return what is said where grades are not on the platform's scale, and what to do."""
    most, own = marks_text(maximum), marks_text(book.wishes.out_of or entry.out_of)
    what = f"the maximum there is {most}, the grades are out of {own}"
    return what, f"scale them with --out-of {most}, or make the maximum there {own}"


def above(entry: Entry, maximum: Fraction) -> tuple[str, str]:
    """Return what is said of a grade that is too high, and what to do."""
    what = f"the grade {entry.text} of {excerpt(entry.person.id)} is above {marks_text(maximum)}"
    return what, "raise the maximum there, or scale the marks with --out-of"


def _row_faults(sheet: Sheet, target: Target, row: Row, entry: Entry) -> Iterator[Fault]:
    cell = row.cells[target.grade]
    is_filled = target.grade in dict(_cells(target, row, entry))
    if (is_filled or has_thousands(cell)) and not target.is_ungraded(cell):
        yield from cell_faults(sheet, row, target.grade)
    reason = target.locked(row)
    if reason and entry.grade is not None:
        what = f"the grade of {excerpt(entry.person.id)} cannot be changed: {reason}"
        yield sheet.fault(row.line, what, "unlock it on the platform and export the file again")


def cell_faults(sheet: Sheet, row: Row, at: int) -> Iterator[Fault]:
    """Yield a cell that is neither empty nor a number, or one that the platform would misread."""
    cell = row.cells[at].strip()
    if cell in _EMPTY or number(cell) is not None:
        return
    what = f"{excerpt(sheet.header[at])} holds {excerpt(cell)}"
    if has_thousands(cell):
        fix = "write it without: 1234.5"
        yield sheet.fault(row.line, f"{what}, with a thousands separator", fix)
    else:
        yield sheet.fault(row.line, f"{what}, which is no grade", "empty the cell, or correct it")


def has_thousands(cell: str) -> bool:
    """Return whether a number is written with thousands separators; 1.234 is a decimal.

    >>> [has_thousands(text) for text in ("1,234", "1.234,5", "1 234", "1.234", "12,5")]
    [True, True, True, False, False]
    """
    found = _THOUSANDS.fullmatch(cell.strip())
    return found is not None and not re.fullmatch(r"\d+\.\d+", cell.strip())


def number(cell: str) -> Fraction | None:
    """Return the number in a cell; None where there is none, or one with thousands separators."""
    cell = cell.strip()
    is_one = _NUMBER.fullmatch(cell) and not has_thousands(cell)
    return Fraction(cell.replace(",", ".")) if is_one else None


def _is_exempt(target: Target, cell: str) -> bool:
    return bool(target.exempt) and cell.strip().casefold() == target.exempt.casefold()


def _cells(target: Target, row: Row, entry: Entry) -> Iterator[tuple[int, str]]:
    """Yield what changes in a row; a cell for which there is nothing to say stays as it is."""
    if entry.grade is not None and not _is_exempt(target, row.cells[target.grade]):
        yield target.grade, entry.text
    elif entry.state is State.EXEMPT and target.exempt:
        yield target.grade, target.exempt
    if target.feedback is not None and entry.says and not row.cells[target.feedback].strip():
        yield target.feedback, entry.says
        yield from (target.more or {}).items()


def _kept(sheet: Sheet, target: Target, row: Row, entry: Entry) -> Iterator[Fault]:
    who = excerpt(entry.person.id)
    if entry.grade is not None and _is_exempt(target, row.cells[target.grade]):
        what = f"{who} is exempt there and stays so; the grade {entry.text} is not written"
        yield sheet.fault(row.line, what, "clear the cell if the grade counts")
    if target.feedback is not None and entry.says and row.cells[target.feedback].strip():
        yield sheet.fault(row.line, f"the feedback of {who} is kept as it is", "clear it for ours")


def _replaced(
    sheet: Sheet, target: Target, changes: Mapping[int, Mapping[int, str]]
) -> Iterator[Fault]:
    """Return one notice for all grades that take the place of another."""
    old = {row.line: row.cells[target.grade] for row in sheet.rows if row.line in changes}
    new = {line: cells[target.grade] for line, cells in changes.items() if target.grade in cells}
    waiting = {line for line, cell in old.items() if target.is_ungraded(cell)}
    marked = {line for line in waiting if any(char.isdigit() for char in old[line])}
    told = [(line, old[line], text) for line, text in new.items() if line not in waiting - marked]
    return note_replaced(sheet, told)


def note_replaced(sheet: Sheet, pairs: Sequence[tuple[int, str, str]]) -> Iterator[Fault]:
    """Yield one notice for all grades that take the place of another: line, old cell, new grade."""
    other = [
        (line, old.strip(), new)
        for line, old, new in pairs
        if old.strip() not in _EMPTY and number(old) != number(new)
    ]
    if other:
        line, old, new = other[0]
        count = format_count(len(other), "grade replaces another", "grades replace others")
        what = f"{count}; here {excerpt(old)} becomes {new}"
        yield sheet.fault(line, what, "look at them when the platform shows the changes")


def choose_column(book: Book, sheet: Sheet, columns: Sequence[Column]) -> Column:
    """Return the column for the grades: by the name or id asked for, else by the exam's title.

    Raises:
        InputError: none or several fit.
    """
    wanted = (book.wishes.column.strip() or book.title).casefold()
    fits = [
        column
        for column in columns
        if wanted in {column.title.casefold(), column.id, sheet.header[column.at].casefold()}
    ]
    if len(fits) == 1:
        return fits[0]
    known = ", ".join(f"{excerpt(column.title)} ({column.id})" for column in columns) or "none"
    what = f"{'several columns are' if fits else 'no column is'} called {excerpt(wanted) or 'so'}"
    fix = f"name one with --column; those with an id of the platform are: {known}"
    raise InputError([sheet.fault(1, what, fix)])
