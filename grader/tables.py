"""Rows of a CSV file, whatever a spreadsheet made of it; a broken row costs no other row."""

from __future__ import annotations

import csv
import io
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.files import MAX_BYTES
from solvers.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.files import Content

DELIMITERS = (",", ";", "\t")


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
        """Whether nothing stands in any cell."""
        return not any(cell.strip() for cell in self.cells)


def decoded(content: Content) -> tuple[str, list[Fault]]:
    """The text of a file: UTF-8, UTF-16 with its mark, or else Windows-1252 with a notice."""
    is_utf16 = content.raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    encoding = "utf-16" if is_utf16 else "utf-8-sig"
    try:
        return content.raw.decode(encoding), []
    except UnicodeDecodeError as error:
        line = content.raw[: error.start].count(b"\n") + 1
        what = f"this is not UTF-8 (byte 0x{content.raw[error.start]:02x}); read as Windows-1252"
        fix = "check names and signs, or save it as UTF-8 and grade again"
        text = content.raw.decode("cp1252", errors="replace")
        return text, [Fault(content.name, line, what, fix)]


def read_rows(text: str, delimiter: str) -> Iterator[Row]:
    """The rows of a table, without the empty ones.

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
    """Lets the csv module read cells of any length; the files themselves are limited."""
    before = csv.field_size_limit(MAX_BYTES)
    try:
        yield
    finally:
        csv.field_size_limit(before)
