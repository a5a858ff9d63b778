"""The exception file: what a person has to settle, as a table that is handed in again.

Rows are corrected or removed; those of a submission that does not count are removed. Every text is
guarded by an apostrophe, so that a spreadsheet neither runs it nor makes a date of `1/2`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from examgen.ground.csv_cells import guard_cell, safe_cell, to_csv

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grader.records.submissions import Waiting

FILE = "exceptions.csv"
COLUMNS = ("problem", "student", "paper", "answer", "response", "suggestion", "source")


def exceptions(waiting: Iterable[Waiting]) -> str:
    """Return the exception file as CSV: a row for each answer of each submission that waits."""
    rows = (row for item in waiting for row in _rows(item))
    return to_csv([COLUMNS, *rows], quoted=True)


def _rows(item: Waiting) -> Iterator[tuple[str, ...]]:
    what = safe_cell(f"{item.problem}: {item.fault.what}")
    for name, response in item.answers or (("", ""),):
        texts = (item.student, item.paper, name, response)
        yield what, *map(guard_cell, texts), safe_cell(item.fault.fix), guard_cell(item.source)
