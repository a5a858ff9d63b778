"""Tables as a workbook: numbers as numbers, and text as text, never as a formula."""

from __future__ import annotations

import io
from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.ground.errors import ToolError
from grader.records.submissions import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from grader.export.plain_table import Cell


def workbook(sheets: Mapping[str, Iterable[Sequence[Cell]]]) -> bytes:
    """Return a workbook with a sheet for each table; the first row of each stays in sight.

    Raises:
        ToolError: the library for workbooks is not installed.
    """
    try:
        from openpyxl import Workbook  # noqa: PLC0415 - an extra
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    except ImportError as error:
        fix = "pip install 'examgen-toolkit[xlsx]'"
        raise ToolError(f"workbooks need openpyxl; {fix}") from error
    made = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        sheet.freeze_panes = "C2"
        for row in rows:
            cells = [WriteOnlyCell(sheet, _value(cell)) for cell in row]
            for cell, value in zip(cells, row, strict=True):
                if isinstance(value, str):
                    cell.data_type = "s"  # else a text that begins with = would be a formula
            sheet.append(cells)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def _value(cell: Cell) -> str | int | float | None:
    if isinstance(cell, Fraction):
        return int(cell) if cell.denominator == 1 else float(cell)
    return visible(cell) if cell else None
