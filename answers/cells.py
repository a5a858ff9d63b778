"""Tables that a spreadsheet opens without running anything in them."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_PLAIN_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,15})?")
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")


def safe_cell(text: str) -> str:
    """The text, with an apostrophe before whatever a spreadsheet would take for a formula.

    >>> safe_cell("=1+1"), safe_cell("-5"), safe_cell("  @SUM(A1)")
    ("'=1+1", '-5', "'  @SUM(A1)")
    """
    if _PLAIN_NUMBER.fullmatch(text):
        return text
    shown = text.replace("\0", "\\u0000")
    starts = shown.startswith(_STARTS_FORMULA) or shown.strip().startswith(_STARTS_FORMULA)
    return f"'{shown}" if starts else shown


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A CSV table with safe cells; lines end as on Unix."""
    return lines([header]) + lines(rows)


def lines(rows: Iterable[Iterable[str]]) -> str:
    """Rows of a CSV table with safe cells.

    >>> lines([["a", "=b"]]).splitlines()
    ["a,'=b"]
    """
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(map(safe_cell, row) for row in rows)
    return text.getvalue()
