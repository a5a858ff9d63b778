"""Rows of a table, whatever a spreadsheet made of it; a broken row costs no other row."""

from __future__ import annotations

import csv
import io
import re
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

DELIMITERS = (",", ";", "\t")
LONGEST = 2**30
MAX_TITLES = 30
_FEWEST = 2  # headers that make a row below the first one the header
_SEPARATOR = re.compile(r"\ufeff?\"?sep=([,;|:~^\t])\"?[ ,;\t]*(?:\r\n|\r|\n|$)", re.IGNORECASE)


@dataclass(frozen=True)
class Row:
    """A row of a table.

    Attributes:
        line: the line on which it begins, counted from 1.
        lines: how many lines it takes.
        broken: why it cannot be read; its cells are then a guess from its first line.
    """

    line: int
    cells: tuple[str, ...]
    lines: int = 1
    broken: str = ""

    @property
    def is_empty(self) -> bool:
        """Return whether nothing is in any cell."""
        return not any(cell.strip() for cell in self.cells)


class Grid(Protocol):
    """Rows that can be read again and again, under each delimiter that may have been meant."""

    @property
    def delimiters(self) -> Sequence[str]:
        """Return what may be between cells."""

    def rows(self, delimiter: str) -> Iterator[Row]:
        """Return the rows that are not empty."""


@dataclass(frozen=True)
class CsvText:
    """The rows of a text."""

    text: str

    @property
    def delimiters(self) -> Sequence[str]:
        """Return the one that a first line `sep=;` says, else all that are met."""
        found = _SEPARATOR.match(self.text[:20])
        return (found[1],) if found else DELIMITERS

    def rows(self, delimiter: str) -> Iterator[Row]:
        """Return the rows, without a first line `sep=;` and without empty ones."""
        rows = read_rows(self.text, delimiter)
        found = _SEPARATOR.match(self.text[:20])
        return (row for row in rows if row.line > 1) if found else rows


def find_header(grid: Grid, known: Callable[[Row], int]) -> tuple[Row | None, str]:
    """Return the row that is the header, and the delimiter.

    It is the first row, under the delimiter with which most of its cells are known, unless a row
    below has more of them: people write titles above their tables.

    Args:
        grid: the table.
        known: how many cells of a row say what their column holds.
    """
    tops = {mark: list(islice(grid.rows(mark), MAX_TITLES)) for mark in grid.delimiters}
    best: tuple[int, Row | None, str] = (-1, None, grid.delimiters[0])
    for place in range(MAX_TITLES):
        for mark, row in ((mark, rows[place]) for mark, rows in tops.items() if place < len(rows)):
            count = known(row)
            if count > best[0] and (not place or count >= _FEWEST):
                best = (count, row, mark)
    return best[1], best[2]


def rows_below(grid: Grid, header: Row, delimiter: str) -> Iterator[Row]:
    """Return the rows below a header."""
    return (row for row in grid.rows(delimiter) if row.line > header.line)


def read_rows(text: str, delimiter: str) -> Iterator[Row]:
    """Yield the rows of a table, without the empty ones.

    A row with an unbalanced quote is broken, and reading goes on with the line after its first.
    """
    lines = list(io.StringIO(text, newline=""))
    at = 0
    while at < len(lines):
        row = _row(lines, at, delimiter)
        at += row.lines
        if not row.is_empty:
            yield row


def _row(lines: list[str], at: int, delimiter: str) -> Row:
    rest = map(lines.__getitem__, range(at, len(lines)))
    reader = csv.reader(rest, delimiter=delimiter, strict=True)
    try:
        with _long_cells():
            return Row(at + 1, tuple(next(reader, ())), max(reader.line_num, 1))
    except csv.Error as error:
        cells = (cell.strip('"') for cell in lines[at].rstrip("\r\n").split(delimiter))
        return Row(at + 1, tuple(cells), broken=f"a quote is unbalanced ({error})")


@contextmanager
def _long_cells() -> Iterator[None]:
    """Let the csv module read cells of any length; the files themselves are limited."""
    before = csv.field_size_limit(LONGEST)
    try:
        yield
    finally:
        csv.field_size_limit(before)
