"""A plain table as a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.export.book import Made
from grader.export.plain_table import NO_COLUMN, rows
from grader.export.systems.base import System, Way
from grader.export.workbook import workbook

if TYPE_CHECKING:
    from grader.export.book import Book


def make_file(book: Book) -> Made:
    """Return the table as a workbook.

    Raises:
        ToolError: the library for workbooks is not installed.
    """
    return Made(workbook({"Grades": rows(book)}), ".xlsx")


SYSTEM = System(
    "xlsx",
    (Way("the same as a workbook"),),
    rank=90,
    make=make_file,
    may_wait=True,
    refuses=NO_COLUMN,
)
