"""A platform's own file: read, and written again with nothing changed but what was filled in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from examgen.ground.csv_cells import safe_cell, to_csv
from examgen.ground.errors import Fault, InputError
from examgen.ground.files import read_regular
from examgen.ground.tables.headers import fields_of
from examgen.ground.tables.rows import DELIMITERS, read_rows
from examgen.ground.wording import format_count
from grader.records.csv_tables import decode_table
from grader.records.submissions import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from examgen.ground.files import Content
    from examgen.ground.tables.headers import Field
    from examgen.ground.tables.rows import Row

_AGAIN = "export the file from the platform again"


@dataclass(frozen=True)
class Style:
    """The style of a file: encoding, separator, end of lines, and whether all is quoted."""

    encoding: str = "utf-8"
    delimiter: str = ","
    newline: str = "\n"
    is_quoted: bool = False


@dataclass(frozen=True)
class Sheet:
    """A table of a platform.

    Attributes:
        name: the file, for messages.
        head: the first row.
        rows: the rows below it.
    """

    name: str
    head: Row
    rows: tuple[Row, ...]
    style: Style = Style()

    @cached_property
    def header(self) -> tuple[str, ...]:
        """Return the names of the columns, without spaces around them."""
        return tuple(cell.strip() for cell in self.head.cells)

    def columns(self, *fields: Field) -> tuple[int, ...]:
        """Return where the columns stand that hold something, by their names in any language."""
        found = fields_of(self.header)
        return tuple(at for field in fields for at, own in enumerate(found) if own is field)

    def column(self, field: Field) -> int | None:
        """Return where the column stands that holds something; None where there is none.

        Raises:
            InputError: several do.
        """
        found = self.columns(field)
        if len(found) > 1:
            what = f"{len(found)} columns are called {excerpt(self.header[found[0]])}"
            raise InputError([self.fault(1, what, "keep one of them")])
        return found[0] if found else None

    def fault(self, line: int, what: str, fix: str) -> Fault:
        """Return a fault in this file."""
        return Fault(self.name, line, what, fix)

    def fill(self, changes: Mapping[int, Mapping[int, str]]) -> bytes:
        """Return the file with some cells changed, by line and column.

        A spreadsheet runs none of them.
        """
        lines = [self.head.cells, *(_changed(row, changes.get(row.line, {})) for row in self.rows)]
        return format_table(lines, self.style)


def _changed(row: Row, cells: Mapping[int, str]) -> Sequence[str]:
    return [safe_cell(cells[at]) if at in cells else old for at, old in enumerate(row.cells)]


def format_table(lines: Sequence[Sequence[str]], style: Style) -> bytes:
    """Return a table as a file of a style."""
    text = to_csv(lines, style.delimiter, style.newline, quoted=style.is_quoted)
    return text.encode(style.encoding)


def read_sheet(path: Path) -> Sheet:
    """Read a platform's file.

    Raises:
        InputError: with every row that cannot be read.
    """
    content = read_regular(path)
    if isinstance(content, Fault):
        raise InputError([content])
    text, faults = decode_table(content)
    if faults:
        fault = faults[0]
        raise InputError([Fault(fault.file, fault.line, "this is not UTF-8", _AGAIN)])
    delimiter = max(DELIMITERS, key=lambda mark: _width(text, mark))
    rows = tuple(read_rows(text, delimiter))
    if not rows:
        raise InputError([Fault(content.name, 1, "the file is empty", _AGAIN)])
    faults = list(_faults(rows, content.name))
    if faults:
        raise InputError(faults)
    return Sheet(content.name, rows[0], rows[1:], _style(content, text, delimiter))


def _width(text: str, delimiter: str) -> int:
    first = next(read_rows(text, delimiter), None)
    return len(first.cells) if first else 0


def _faults(rows: Sequence[Row], file: str) -> Iterator[Fault]:
    width = len(rows[0].cells)
    for row in rows:
        if row.broken:
            yield Fault(file, row.line, row.broken, _AGAIN)
        elif len(row.cells) != width:
            what = f"{format_count(len(row.cells), 'cell')}, the header has {width}"
            yield Fault(file, row.line, what, _AGAIN)


def _style(content: Content, text: str, delimiter: str) -> Style:
    raw = content.raw
    is_utf16 = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    has_mark = raw.startswith(b"\xef\xbb\xbf")
    ends = Counter({"\r\n": text.count("\r\n"), "\n": text.count("\n") - text.count("\r\n")})
    return Style(
        "utf-16" if is_utf16 else "utf-8-sig" if has_mark else "utf-8",
        delimiter,
        ends.most_common(1)[0][0],
        text.startswith('"') and f'{delimiter}"' in text.splitlines()[0],
    )


def require(sheet: Sheet, field: Field) -> int:
    """Return a column that must be there.

    Raises:
        InputError: it is not, or several are.
    """
    found = sheet.column(field)
    if found is None:
        names = ", ".join(excerpt(name) for name in sheet.header)
        fault = sheet.fault(1, f"no column for {field} among: {names}", _AGAIN)
        raise InputError([fault])
    return found
