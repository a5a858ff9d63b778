"""Submissions in workbooks: the one sheet that holds a table of answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examgen.ground.errors import ToolError
from examgen.ground.tables.workbooks import BadWorkbook, sheets_of
from grader.intake.formats.tables import count_known_columns, header_of, read_table
from grader.intake.platforms.search import platform_of
from grader.records.csv_tables import bad_workbook
from grader.records.submissions import excerpt

if TYPE_CHECKING:
    from examgen.ground.tables.workbooks import Sheet
    from grader.intake.reading import Reading

WORKBOOK = "workbook"


def read_workbook(raw: bytes, reading: Reading) -> str:
    """Take in a workbook, and give its kind in words; of several tables only one is taken."""
    try:
        sheets = sheets_of(raw)
    except BadWorkbook as error:
        fault = bad_workbook(reading.name, error)
        reading.unreadable(1, fault.what, fault.fix)
        return WORKBOOK
    except ToolError as error:
        what, _, fix = str(error).partition(": ")
        reading.unreadable(1, what, fix)
        return WORKBOOK
    best = max(sheets, key=lambda sheet: _known(sheet, reading), default=None)
    if best is None:
        reading.unreadable(1, "the workbook is empty", "hand in a table with a header")
        return WORKBOOK
    read_table(best, reading)
    for other in sheets:
        if other is not best and _known(other, reading) > 1:
            titles = excerpt(best.title), excerpt(other.title)
            what = f"only the sheet {titles[0]} was read; {titles[1]} holds a table"
            reading.unreadable(1, what, "hand in one table a file")
    header, _ = header_of(best, reading)
    kind = platform_of(header.cells, reading.columns).name if header else ""
    return f"{WORKBOOK}: {kind}" if kind else WORKBOOK


def _known(sheet: Sheet, reading: Reading) -> int:
    return count_known_columns(header_of(sheet, reading)[0], reading)
