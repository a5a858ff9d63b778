"""Rows of a table that stand where they should not: in a cell of another row, or a second header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from answers.tables.rows import DELIMITERS
from grader.intake.headers import known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.tables.rows import Row
    from grader.intake.reading import Reading
    from grader.register import Register


def rows_in_cells(row: Row, register: Register) -> Iterator[tuple[tuple[str, str], str]]:
    """Give what looks like rows of students in a cell over several lines: a quote is missing.

    Yields:
        The student or the paper, as a pair of which one is empty, and the line.
    """
    if row.lines == 1 or row.broken:
        return
    for line in (line for cell in row.cells for line in cell.splitlines()[1:]):
        starts = {line.split(mark, 1)[0].strip() for mark in DELIMITERS if mark in line}
        for name in sorted(starts & register.names):
            yield (name, "") if name in register.students else ("", name), line


def is_header(row: Row, reading: Reading) -> bool:
    """Return whether a row is a header: tables were put together into one file.

    Every cell must be a word of a header, so that nobody makes one of a row of answers.
    """
    cells = [cell for cell in row.cells if cell.strip()]
    return len(cells) > 1 and known(cells, reading.register, reading.columns) >= len(cells)
