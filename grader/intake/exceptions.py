"""The exception file: what a person has to settle, as a table that is handed in again.

Rows are corrected or removed; those of a submission that does not count are removed. Every text is
guarded by an apostrophe, so that a spreadsheet neither runs it nor makes a date of `1/2`.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from answers.cells import safe_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grader.submissions import Waiting

FILE = "exceptions.csv"
COLUMNS = ("problem", "student", "paper", "answer", "response", "suggestion", "source")
_GUARD = "'"


def exceptions(waiting: Iterable[Waiting]) -> str:
    """The exception file as CSV: a row for each answer of each submission that waits."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(COLUMNS)
    for item in waiting:
        writer.writerows(_rows(item))
    return text.getvalue()


def _rows(item: Waiting) -> Iterator[tuple[str, ...]]:
    what = safe_cell(f"{item.problem}: {item.fault.what}")
    for name, response in item.answers or (("", ""),):
        texts = (item.student, item.paper, name, response)
        yield what, *map(guarded, texts), safe_cell(item.fault.fix), guarded(item.source)


def guarded(text: str) -> str:
    """A text that a spreadsheet leaves as it is; nothing stays nothing.

    >>> guarded("1/2"), unguarded(guarded("'tis"))
    ("'1/2", "'tis")
    """
    return _GUARD + text if text else ""


def unguarded(text: str) -> str:
    """The text that was guarded; a text without a guard is itself.

    >>> unguarded("'=1+1"), unguarded("9472")
    ('=1+1', '9472')
    """
    return text.removeprefix(_GUARD)
