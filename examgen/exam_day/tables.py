"""Tables that people fill in for an exam's day: CSV, XLSX or ODS with columns of known names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from examgen.ground.csv_cells import unguard_cell
from examgen.ground.errors import Fault, InputError
from examgen.ground.files import read_regular
from examgen.ground.tables.rows import find_header, rows_below
from examgen.ground.tables.workbooks import BadWorkbook
from grader.records.csv_tables import bad_workbook, grids_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from examgen.ground.tables.rows import Row


@dataclass(frozen=True)
class FilledTable:
    """A table as it was found: the name of its file, its columns, and the rows below them."""

    file: str
    columns: Sequence[str]
    rows: Iterator[Row]

    def cell(self, row: Row, column: str) -> str:
        """Return a cell of a row; empty where the row or the table has none."""
        at = self.columns.index(column) if column in self.columns else len(row.cells)
        return unguard_cell(row.cells[at]).strip() if at < len(row.cells) else ""


def read_table(path: Path, needed: Collection[str], fix: str) -> FilledTable:
    """Return a table of which some columns are needed.

    Raises:
        InputError: it cannot be read, or lacks a column.
    """
    content = read_regular(path)
    if isinstance(content, Fault):
        raise InputError([content])
    try:
        grids, _ = grids_in(content)
    except BadWorkbook as error:
        raise InputError([bad_workbook(content.name, error)]) from error
    header, mark = find_header(grids[0], partial(_known, needed)) if grids else (None, "")
    names = [_label(cell) for cell in header.cells] if header else []
    if header is None or not {*needed} <= {*names}:
        what = f"expected the columns {' and '.join(needed)}, found {', '.join(names) or 'none'}"
        raise InputError([Fault(content.name, header.line if header else 1, what, fix)])
    return FilledTable(content.name, names, rows_below(grids[0], header, mark))


def _known(needed: Collection[str], row: Row) -> int:
    return sum(_label(cell) in needed for cell in row.cells)


def _label(cell: str) -> str:
    return cell.strip().casefold()
