"""A plain table as CSV, with cells in which a spreadsheet runs nothing."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.ground.csv_cells import table
from examgen.ground.wording import marks_text
from grader.export.book import Made
from grader.export.plain_table import NO_COLUMN, rows
from grader.export.systems.base import System, Way

if TYPE_CHECKING:
    from grader.export.book import Book
    from grader.export.plain_table import Cell


def make_file(book: Book) -> Made:
    """Return the table as CSV."""
    header, *lines = ([_text(cell) for cell in row] for row in rows(book))
    return Made(table(header, lines).encode("utf-8-sig"), ".csv")


def _text(cell: Cell) -> str:
    return marks_text(cell) if isinstance(cell, Fraction) else cell or ""


SYSTEM = System(
    "csv",
    (Way("a table: one row for each student"),),
    rank=80,
    make=make_file,
    may_wait=True,
    refuses=NO_COLUMN,
)
