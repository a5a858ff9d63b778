"""Tables that somebody hands in or gives back: a file's text, or the sheets of a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examgen.ground.errors import Fault
from examgen.ground.tables.encoding import decode
from examgen.ground.tables.rows import CsvText
from examgen.ground.tables.workbooks import BadWorkbook, Office, office, sheets_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from examgen.ground.files import Content
    from examgen.ground.tables.rows import Grid

_CHECK = "check names and signs, or save it as UTF-8 and read it again"
_SAVE = "save it as CSV and hand that in"


def decode_table(content: Content) -> tuple[str, list[Fault]]:
    """Return the text of a file, and a notice where its encoding had to be guessed."""
    found = decode(content.raw)
    notices = [Fault(content.name, found.line, found.guess, _CHECK)] if found.guess else []
    return found.text, notices


def grids_in(content: Content) -> tuple[Sequence[Grid], list[Fault]]:
    """Return the tables in a file: one of a text, one for each sheet of a workbook; and notices.

    Raises:
        BadWorkbook: the workbook cannot be read.
        ToolError: the libraries for workbooks are not installed.
    """
    if office(content.raw) is Office.WORKBOOK:
        return sheets_of(content.raw), []
    text, notices = decode_table(content)
    return (CsvText(text),), notices


def bad_workbook(name: str, error: BadWorkbook) -> Fault:
    """Return what is said of a workbook that cannot be read."""
    return Fault(name, 1, str(error), _SAVE)
