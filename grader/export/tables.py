"""A plain table, as CSV or as a workbook: one row for each student, whatever became of it.

The column `state` says graded, blank, absent, pending or exempt; only graded and blank have a
grade. With the answers, a cell is the marks or one of blank, absent, pending, dropped.
"""

from __future__ import annotations

import io
from fractions import Fraction
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from examgen.ground.csv_cells import table
from examgen.ground.errors import ToolError
from examgen.ground.wording import marks_text
from grader.export.book import Made, State, System
from grader.records.submissions import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.export.book import Book, Entry

Cell: TypeAlias = "str | Fraction | None"
_FIELDS = ("email", "username", "section")
_COLUMNS = ("paper", "state", "marks", "out of", "pending", "grade")


def rows(book: Book) -> Iterator[Sequence[Cell]]:
    """The header, and a row for each student."""
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


def made_csv(book: Book) -> Made:
    """The table as CSV, with cells in which a spreadsheet runs nothing."""
    header, *lines = ([_text(cell) for cell in row] for row in rows(book))
    return Made(table(header, lines).encode("utf-8-sig"), ".csv")


def _text(cell: Cell) -> str:
    return marks_text(cell) if isinstance(cell, Fraction) else cell or ""


def made_xlsx(book: Book) -> Made:
    """The table as a workbook: numbers as numbers, and text as text, never as a formula.

    Raises:
        ToolError: the library for workbooks is not installed.
    """
    try:
        from openpyxl import Workbook  # noqa: PLC0415 - an extra
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    except ImportError as error:
        fix = "pip install 'examgen-toolkit[xlsx]'"
        raise ToolError(f"workbooks need openpyxl; {fix}") from error
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Grades")
    sheet.freeze_panes = "C2"
    for row in rows(book):
        cells = [WriteOnlyCell(sheet, _value(cell)) for cell in row]
        for cell, value in zip(cells, row, strict=True):
            if isinstance(value, str):
                cell.data_type = "s"  # else a text that begins with = would be a formula
        sheet.append(cells)
    target = io.BytesIO()
    workbook.save(target)
    return Made(target.getvalue(), ".xlsx")


def _value(cell: Cell) -> str | int | float | None:
    if isinstance(cell, Fraction):
        return int(cell) if cell.denominator == 1 else float(cell)
    return visible(cell) if cell else None


CSV = System("csv", make=made_csv, may_wait=True)
XLSX = System("xlsx", make=made_xlsx, may_wait=True)
