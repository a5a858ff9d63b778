"""Workbooks (XLSX, ODS) as rows of texts, one grid for each sheet.

A number becomes all its digits, whatever the cell shows of it. What a spreadsheet made of a text, a
date of `1/2`, stays as it is. Nothing is computed: a formula is the value that was saved with it,
or else its own text.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING, cast

from examgen.ground.errors import ToolError
from examgen.ground.tables.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TypeAlias
    from xml.etree.ElementTree import Element

    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

    _Numbered: TypeAlias = Iterable[tuple[int, Sequence[str]]]

MAX_UNPACKED = 64 * 2**20
MAX_CELLS = 400_000  # two seconds for each 100,000
_MEMBERS = 10_000
_ROW = 8  # cells that take as long as a row itself
_XLSX = "xl/workbook.xml"
_ODF = "application/"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_MARKS = (b"[Content_Types].xml", b"mimetype")
_EXTRA = "reading workbooks needs the extra xlsx: pip install 'examgen-toolkit[xlsx]', or save CSV"
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_ZEROS = re.compile("0{2,100}")  # the format of ids with leading zeros
_DIGITS = 15  # of a number that a spreadsheet keeps


class BadWorkbook(Exception):
    """A workbook that cannot be read, in words."""


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook, its rows as they stand."""

    title: str
    held: tuple[Row, ...]
    delimiters: Sequence[str] = ("",)

    def rows(self, _: str = "") -> Iterator[Row]:
        """Return the rows that are not empty."""
        return iter(self.held)


class Office(StrEnum):
    """The kind of an office program's file, which is a zip."""

    WORKBOOK = "workbook"
    DOCUMENT = "document"


def office(raw: bytes) -> Office | None:
    """Return what office program wrote a file, by the members of the zip in whatever order."""
    if not raw.startswith(b"PK\3\4") or not any(mark in raw for mark in _MARKS):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = set(archive.namelist())
            if _XLSX in names or _is_ods(archive):
                return Office.WORKBOOK
            return Office.DOCUMENT if "[Content_Types].xml" in names or _is_odf(archive) else None
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError, RuntimeError):
        return None


def _is_ods(archive: zipfile.ZipFile) -> bool:
    return _mimetype(archive) == _ODS and "content.xml" in archive.namelist()


def _is_odf(archive: zipfile.ZipFile) -> bool:
    return _mimetype(archive).startswith(_ODF)


def _mimetype(archive: zipfile.ZipFile) -> str:
    if "mimetype" not in archive.namelist():
        return ""
    with archive.open("mimetype") as file:
        return file.read(200).decode("latin-1").strip()


def sheets_of(raw: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook that hold anything.

    Raises:
        BadWorkbook: it is damaged, locked, hostile or too large.
        ToolError: the libraries for workbooks are not installed.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            _check_size(archive)
            read = _xlsx if _XLSX in archive.namelist() else _ods
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # the library tells of what it passes over
                sheets = [Sheet(title, tuple(_rows(cells))) for title, cells in read(raw, archive)]
    except ImportError as error:
        raise ToolError(_EXTRA) from error
    except (BadWorkbook, MemoryError):
        raise
    except Exception as error:
        raise BadWorkbook(f"the workbook is damaged ({type(error).__name__})") from error
    return tuple(sheet for sheet in sheets if sheet.held)


def _check_size(archive: zipfile.ZipFile) -> None:
    members = archive.infolist()
    if len(members) > _MEMBERS or sum(item.file_size for item in members) > MAX_UNPACKED:
        most = f"{MAX_UNPACKED // 2**20} MiB"
        raise BadWorkbook(f"the workbook is larger than {most} when it is unpacked")


def _rows(numbered: _Numbered) -> Iterator[Row]:
    """Yield rows without the empty cells at their ends, all of one width."""
    held = [(number, cells) for number, cells in _limited(numbered) if any(map(str.strip, cells))]
    width = max((_filled(cells) for _, cells in held), default=0)
    for number, cells in held:
        yield Row(number, (*cells[:width], *[""] * (width - len(cells))))


def _limited(numbered: _Numbered) -> Iterator[tuple[int, Sequence[str]]]:
    left = MAX_CELLS
    for number, cells in numbered:
        left -= len(cells) + _ROW
        if left < 0:
            raise BadWorkbook(f"the workbook has more than {MAX_CELLS:,} cells")
        yield number, cells


def _filled(cells: Sequence[str]) -> int:
    return max((at for at, cell in enumerate(cells, start=1) if cell.strip()), default=0)


def _xlsx(raw: bytes, archive: zipfile.ZipFile) -> Iterator[tuple[str, _Numbered]]:
    from openpyxl import load_workbook

    # Values that were saved, and beside them, if there is any, what the formulas are.
    books = [
        load_workbook(io.BytesIO(raw), read_only=True, data_only=saved, keep_links=False)
        for saved in ((True, False) if _has_formulas(archive) else (True,))
    ]
    for name in books[0].sheetnames:
        sheets = [book[name] for book in books]
        if sheets[0].sheet_state == "visible" and hasattr(sheets[0], "reset_dimensions"):
            for sheet in sheets:
                cast("ReadOnlyWorksheet", sheet).reset_dimensions()
            rows = zip(*(sheet.iter_rows() for sheet in sheets), strict=True)
            yield name, ((n, tuple(map(_xlsx_text, *own))) for n, own in enumerate(rows, start=1))


def _has_formulas(archive: zipfile.ZipFile) -> bool:
    names = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
    return any(_FORMULA.search(archive.read(name)) for name in names)


def _xlsx_text(*cells: object) -> str:
    """Return a cell's text: of a formula the value that was saved with it, else the formula."""
    values = (getattr(cell, "value", None) for cell in cells)
    value = next((value for value in values if value is not None), None)
    return text_of(value, str(getattr(cells[0], "number_format", None) or ""))


def text_of(value: object, form: str = "") -> str:
    """Return a cell's value as text, with all digits that it has.

    >>> text_of(12345, "0000000")
    '0012345'
    >>> text_of(100663808.0), text_of(0.1 + 0.2), text_of(0.5, "0%"), text_of(12345678901234567.0)
    ('100663808', '0.3', '50%', '1.23456789012346E+16')
    """
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float() if _ZEROS.fullmatch(form) and value == int(value):
            return str(int(value)).zfill(len(form))
        case int() | float():
            per_cent = "%" in form
            return _number(value * 100 if per_cent else value) + ("%" if per_cent else "")
        case datetime():
            return value.isoformat(" ").removesuffix(" 00:00:00")
        case date() | time():
            return value.isoformat()
        case _:
            return str(value)


def _number(value: float) -> str:
    text = f"{value:.{_DIGITS}G}"
    if "E" not in text:
        return text
    mantissa, _, exponent = text.partition("E")
    digits = len(mantissa.lstrip("-").replace(".", ""))
    if 0 <= int(exponent) < _DIGITS:
        return f"{value:.0f}"
    if int(exponent) < 0 and digits - int(exponent) <= 2 * _DIGITS:
        return f"{value:.{digits - int(exponent) - 1}f}"
    return text


def _ods(_: bytes, archive: zipfile.ZipFile) -> Iterator[tuple[str, _Numbered]]:
    from defusedxml.ElementTree import parse

    with archive.open("content.xml") as file:
        root = parse(file, forbid_dtd=True).getroot()
    if root is None:
        raise BadWorkbook("the workbook is empty")
    for sheet in root.iter(_name("table", "table")):
        yield sheet.get(_name("table", "name"), ""), _ods_rows(sheet)


def _name(space: str, name: str) -> str:
    return f"{{urn:oasis:names:tc:opendocument:xmlns:{space}:1.0}}{name}"


def _ods_rows(sheet: Element) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield rows by number; a row or cell that is repeated without a text is only counted."""
    number = 1
    for row in sheet.iter(_name("table", "table-row")):
        cells = list(_ods_cells(row))
        times = _times(row, "number-rows-repeated")
        for more in range(times if cells else 0):
            yield number + more, cells
        number += times


def _ods_cells(row: Element) -> Iterator[str]:
    empty = 0
    for cell in row:
        times, text = _times(cell, "number-columns-repeated"), _ods_text(cell)
        if not text:
            empty += times
            continue
        if empty + times > MAX_CELLS:
            raise BadWorkbook("a row of the workbook is too wide")
        yield from [""] * empty
        yield from [text] * times
        empty = 0


def _times(element: Element, name: str) -> int:
    return min(int(element.get(_name("table", name), "1")), MAX_CELLS + 1)


def _ods_text(cell: Element) -> str:
    value = {name: cell.get(_name("office", name), "") for name in ("value-type", "value")}
    match value["value-type"]:
        case "float" | "currency":
            return text_of(float(value["value"]))
        case "percentage":
            return text_of(float(value["value"]), "%")
        case "date":
            return cell.get(_name("office", "date-value"), "").replace("T", " ")
        case "boolean":
            return cell.get(_name("office", "boolean-value"), "").upper()
    return "\n".join(map(_ods_paragraph, cell.findall(_name("text", "p"))))


def _ods_paragraph(element: Element) -> str:
    """Return a paragraph's text; spaces that are repeated, tabs and new lines are elements."""
    pieces = [element.text or ""]
    for child in element:
        match child.tag.rpartition("}")[2]:
            case "s":
                pieces.append(" " * min(int(child.get(_name("text", "c"), "1")), 1_000))
            case "tab":
                pieces.append("\t")
            case "line-break":
                pieces.append("\n")
            case _:
                pieces.append(_ods_paragraph(child))
        pieces.append(child.tail or "")
    return "".join(pieces)
