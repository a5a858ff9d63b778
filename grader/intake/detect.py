"""Detect the kind of a file by what it holds; the name decides nothing."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from examgen.ground.errors import Fault
from examgen.ground.files import read_held
from examgen.ground.tables.rows import CsvText
from examgen.ground.tables.workbooks import Office, office
from grader.intake.formats.archives import is_packed
from grader.intake.formats.json_by_hand import is_json
from grader.intake.formats.json_files import read_json
from grader.intake.formats.lines import holds_lines, plain, read_lines
from grader.intake.formats.pdf_forms import read_pdf, read_picture
from grader.intake.formats.tables import count_known_columns, header_of, read_table
from grader.intake.formats.workbooks import read_workbook
from grader.intake.formats.yaml_files import read_yaml
from grader.intake.platforms.search import platform_of
from grader.intake.reading import Hopeless
from grader.records.csv_tables import decode_table

if TYPE_CHECKING:
    from grader.intake.reading import Reading


class Format(StrEnum):
    """A kind of file, in the words in which it is called."""

    ARCHIVE = "archive"
    PDF = "PDF form"
    JSON = "JSON"
    YAML = "YAML"
    TABLE = "table"
    LINES = "text"
    FOREIGN = "another kind of file"


_PICTURE = "a picture"
_FOREIGN = (
    (b"\x89PNG", _PICTURE), (b"\xff\xd8\xff", _PICTURE), (b"GIF8", _PICTURE),
    (b"II*\0", _PICTURE), (b"MM\0*", _PICTURE),
    (b"{\\rtf", "an RTF document"), (b"\xd0\xcf\x11\xe0", "an old or locked Office document"),
    (b"7z\xbc\xaf", "a 7z archive"), (b"Rar!", "a RAR archive"), (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)  # fmt: skip
_ANSWERS = re.compile(r"^[ \t]*(?:- +)?['\"]?answers['\"]?\s*:", re.MULTILINE)
_NAME = re.compile(r"(?:#.*\n\s*|---\s*|%YAML.*\n\s*)*(?:-\s+)?['\"]?\w+['\"]?\s*:(?:\s|$)")
_MARKUP = re.compile(r"\s*<(?:[a-z!?])", re.IGNORECASE)
_HEAD, _START = 2_048, 65_536
_LEFT_OUT = "it was left out; hand in a table, JSON, YAML, PDF forms, or an archive of them"


def read_content(reading: Reading) -> str:
    """Take in a file, whatever kind it is; gives the kind in words.

    An archive is not read here: its members are files of their own.
    """
    try:
        return _read(reading)
    except Hopeless:
        reading.give_up()
        return Format.FOREIGN


def _read(reading: Reading) -> str:
    with reading.item.content.open() as file:
        head = file.read(_HEAD)
    if what := _foreign(head):
        if what != _PICTURE or not read_picture(reading):
            reading.unreadable(1, f"this is {what}", _LEFT_OUT)
        return Format.FOREIGN
    if is_packed(head):
        return _read_packed(reading)
    content = read_held(reading.item.content)
    if isinstance(content, Fault):
        reading.unreadable(1, content.what, content.fix)
        return Format.FOREIGN
    if b"%PDF-" in head[:1024]:
        read_pdf(content.raw, reading)
        return Format.PDF
    text, notices = decode_table(content)
    reading.notices += notices
    return _read_text(text, reading)


def _read_packed(reading: Reading) -> str:
    """Return a workbook is a zip, too; an archive is told from it by what it holds."""
    content = read_held(reading.item.content)
    kind = None if isinstance(content, Fault) else office(content.raw)
    if isinstance(content, Fault) or kind is None:
        return Format.ARCHIVE
    if kind is Office.WORKBOOK:
        return read_workbook(content.raw, reading)
    reading.unreadable(1, "this is an Office document", _LEFT_OUT)
    return Format.FOREIGN


def _foreign(head: bytes) -> str:
    """Return what a file is that is never read, by its first bytes; empty for others."""
    return next((what for mark, what in _FOREIGN if head.startswith(mark)), "")


def _read_text(text: str, reading: Reading) -> str:
    start = text[:_START].lstrip()
    if start.count("\0") * 10 > len(start):
        reading.unreadable(1, "this is not a text", _LEFT_OUT)
        return Format.FOREIGN
    if is_json(start):
        read_json(text, reading)
        return Format.JSON
    if _MARKUP.match(start):
        return _read_markup(text, reading)
    if _NAME.match(start) and _ANSWERS.search(start):
        read_yaml(text, reading)
        return Format.YAML
    grid = CsvText(text)
    header, _ = header_of(grid, reading)
    if not count_known_columns(header, reading) and holds_lines(text, reading.register):
        read_lines(text, reading)
        return Format.LINES
    read_table(grid, reading)
    return platform_of(header.cells, reading.columns).name if header else Format.TABLE


def _read_markup(text: str, reading: Reading) -> str:
    """Return a page: what is typed into a platform is one.

    XML is never parsed, so it has no entities.
    """
    words = plain(text)
    if holds_lines(words, reading.register):
        read_lines(words, reading)
        return Format.LINES
    reading.unreadable(1, "this is a page (HTML or XML) that names no answer", _LEFT_OUT)
    return Format.FOREIGN
