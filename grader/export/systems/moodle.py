"""Moodle: a file for its grade import, or the grading worksheet of an assignment filled in.

The import has no fixed header: Moodle asks which column is what. One bad row cancels the whole
import, so all that is known to stop it is looked for before. With the grades exported from Moodle,
users are written as Moodle wrote them, and `Last downloaded from this course` goes back too, so
that newer grades are not overwritten. Moodle takes no grade above 100 unless the item or the site
says so: then say the maximum with --out-of.

| state | import | worksheet |
|---|---|---|
| graded, also with zero | the number, and the marks in a sentence | the same |
| blank | 0, and a sentence that says so | the same |
| absent | an empty grade, and a sentence that says so | grade as it was, and the sentence |
| pending, exempt | no row | the row as it was |
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.folder.manifest import MANIFEST
from examgen.ground.csv_cells import safe_cell
from examgen.ground.errors import Fault, InputError
from examgen.ground.tables.headers import Field
from grader.export import moodle_worksheet
from grader.export.book import Made, State
from grader.export.filling import above, note_replaced, scale_trouble
from grader.export.matching import Users, match
from grader.export.moodle_worksheet import KEYS
from grader.export.sheet import Style, format_table
from grader.export.systems.base import System, Way

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.export.book import Book, Entry
    from grader.export.matching import Matched
    from grader.export.sheet import Sheet

USUAL_MAXIMUM = Fraction(100)
_NO_ROW = frozenset({State.PENDING, State.EXEMPT})
_STAMP = re.compile(r"\d{10}")
_ITEM = re.compile(r"(?:[^:]{1,40}: ?)?(.+?)(?: \([^()]*\))?")  # `Quiz: One (Real)`
_OWN = (("ID number", "id"), ("Username", "username"), ("Email address", "email"))


def make_file(book: Book) -> Made:
    """Return an import file with the roster's own ids and addresses."""
    entries = [entry for entry in book.entries if entry.state not in _NO_ROW]
    columns = [(name, key) for name, key in _OWN if any(e.person.get(key) for e in entries)]
    faults = tuple(Fault(MANIFEST, 1, *trouble) for trouble in _grade_troubles(book, entries))
    rows = [[safe_cell(e.person.get(key)) for _, key in columns] + _grade(e) for e in entries]
    header = [name for name, _ in columns] + _titles(book)
    return Made(format_table([header, *rows], Style()), ".csv", faults)


def fill_gradebook(book: Book, sheet: Sheet) -> Made:
    """Return the worksheet with the grades in it.

    Or an import file with the users of Moodle's export.
    """
    if moodle_worksheet.is_worksheet(sheet):
        return moodle_worksheet.fill_worksheet(book, sheet)
    keys, names = sheet.columns(*KEYS), sheet.columns(Field.LAST, Field.FIRST, Field.NAME)
    if not keys:
        what = "there is neither an ID number, nor a Username, nor an Email address"
        fix = "export the grades from Moodle with one of them, or the grading worksheet"
        raise InputError([sheet.fault(1, what, fix)])
    found = match(book, sheet, Users(sheet.rows, keys, names))
    stamp = _stamp(sheet)
    copied = (*names, *keys)
    rows = [
        [row.cells[at] for at in copied]
        + _grade(entry)
        + ([row.cells[stamp]] if stamp is not None else [])
        for row, entry in found.pairs
        if entry.state not in _NO_ROW
    ]
    header = [sheet.header[at] for at in copied] + _titles(book)
    header += [sheet.header[stamp]] if stamp is not None else []
    troubles = _grade_troubles(book, [entry for _, entry in found.pairs])
    faults = (*found.faults, *(sheet.fault(1, *trouble) for trouble in troubles))
    notices = (*found.notices, *_replaced(book, sheet, found))
    return Made(format_table([header, *rows], sheet.style), ".csv", faults, notices, found.left_out)


def _stamp(sheet: Sheet) -> int | None:
    """Return the column with the time of the download: by name, or the last with one number."""
    named = sheet.column(Field.STAMP)
    cells = {row.cells[-1].strip() for row in sheet.rows}
    is_last = len(cells) == 1 and all(map(_STAMP.fullmatch, cells))
    return len(sheet.header) - 1 if named is None and is_last else named


def _replaced(book: Book, sheet: Sheet, found: Matched) -> Iterator[Fault]:
    """Yield one notice for grades that the item, if it is in the export, has already."""
    wanted = _item(book).casefold()
    items = ((at, _ITEM.fullmatch(name)) for at, name in enumerate(sheet.header))
    own = [at for at, item in items if item and wanted in {item[1].casefold(), item[0].casefold()}]
    if len(own) == 1:
        pairs = ((row, entry) for row, entry in found.pairs if entry.grade is not None)
        yield from note_replaced(sheet, [(row.line, row.cells[own[0]], e.text) for row, e in pairs])


def _titles(book: Book) -> list[str]:
    item = _item(book)
    return [safe_cell(item), f"Feedback: {item}"]


def _item(book: Book) -> str:
    return book.wishes.column or book.title or "Exam"


def _grade(entry: Entry) -> list[str]:
    return [entry.text, safe_cell(entry.says)]


def _grade_troubles(book: Book, entries: Sequence[Entry]) -> Iterator[tuple[str, str]]:
    """Yield what Moodle would refuse, and what to do."""
    maximum = book.wishes.out_of or USUAL_MAXIMUM
    graded = [entry for entry in entries if entry.grade is not None]
    if book.wishes.out_of is None and any(entry.out_of > maximum for entry in graded):
        yield scale_trouble(book, max(graded, key=lambda entry: entry.out_of), maximum)
        return
    for entry in graded:
        if entry.grade is not None and entry.grade > maximum:
            yield above(entry, maximum)


SYSTEM = System(
    "moodle",
    (
        Way("a file for Grades > Import > CSV with the roster's ids and addresses"),
        Way("the same, with Moodle's own users", into="an export of the course's grades"),
        Way("the worksheet, filled in place", into="an assignment's grading worksheet"),
    ),
    rank=10,
    make=make_file,
    fill=fill_gradebook,
)
