"""Rows of a table that are where they should not: in another row's cell, or a second header."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from examgen.ground.tables.rows import DELIMITERS
from grader.intake.headers import count_known
from grader.intake.merge import MAX_TRIES
from grader.records.submissions import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from examgen.ground.tables.rows import Row
    from grader.intake.reading import Reading
    from grader.records.register import Register


MEND = "mend the row"


def without_others(row: Row, reading: Reading) -> Row:
    """Return a row, broken if a cell holds rows of others, which are left to a person as well.

    A cell over several lines is allowed; if it looks like rows, a quote is missing.
    """
    others = list(islice(_rows_in_cells(row, reading.register), MAX_TRIES))
    if not others:
        return row
    what = f"a cell of this row runs over {row.lines} lines and holds what looks like"
    what = f"{what} another student's row"
    for named, line in others:
        reading.wait(Problem.UNREADABLE, (row.line, what, MEND), named, (("", line),), rows=0)
    return replace(row, broken=what)


def is_header(row: Row, reading: Reading) -> bool:
    """Return whether a row is a header: tables were put together into one file.

    Every cell must be a word of a header, so that nobody makes one of a row of answers.
    """
    cells = [cell for cell in row.cells if cell.strip()]
    return len(cells) > 1 and count_known(cells, reading.register, reading.columns) >= len(cells)


def _rows_in_cells(row: Row, register: Register) -> Iterator[tuple[tuple[str, str], str]]:
    """Give the student or the paper of each line in a cell that looks like a row, and the line."""
    if row.lines == 1 or row.broken:
        return
    for line in (line for cell in row.cells for line in cell.splitlines()[1:]):
        starts = {line.split(mark, 1)[0].strip() for mark in DELIMITERS if mark in line}
        for name in sorted(starts & register.names):
            yield (name, "") if name in register.students else ("", name), line
