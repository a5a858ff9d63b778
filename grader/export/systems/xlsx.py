"""A plain table as a workbook: numbers as numbers, and text as text, never as a formula."""

from __future__ import annotations

import io
from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.ground.errors import ToolError
from grader.export.book import Made
from grader.export.plain_table import NO_COLUMN, rows
from grader.export.systems.base import System, Way
from grader.records.submissions import visible

if TYPE_CHECKING:
    from grader.export.book import Book
    from grader.export.plain_table import Cell


def made(book: Book) -> Made:
    """Return the table as a workbook.

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


SYSTEM = System(
    "xlsx",
    (Way("the same as a workbook"),),
    rank=90,
    make=made,
    may_wait=True,
    refuses=NO_COLUMN,
)
