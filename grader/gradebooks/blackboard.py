"""Blackboard: its downloaded gradebook, filled in place.

The key is Username; a column is found by the number after its bar: `Final [Total Pts: 100 Score]
|12345`. Without that number Blackboard would make a column of text worth 0 points, so such a column
is never written. A file with tabs (.xls) stays one; a comma file gets every cell quoted.

| state | cell |
|---|---|
| graded, also with zero | the number |
| blank | 0, and a sentence where the file has Feedback to Learner |
| absent | as it was, and a sentence where the file has Feedback to Learner |
| pending, exempt | as it was; Blackboard's file has no word for exempt |
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from grader.gradebooks.book import Made, System
from grader.gradebooks.filling import Column, Target, chosen, fill, number
from grader.gradebooks.matching import Users
from grader.gradebooks.sheet import require
from grader.submissions import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.gradebooks.book import Book
    from grader.gradebooks.sheet import Sheet
    from solvers.errors import Fault

_COLUMN = re.compile(
    r"(?P<title>.*?)\s*\[Total Pts: (?P<computed>up to )?(?P<most>[\d.,]+)\s*(?P<type>[^\]]*)\]"
    r"\s*\|(?P<id>\d+)"
)
_KEYS = (("Username", "User Name"), ("Student ID",))
_NAMES = (("Last Name",), ("First Name",))


def filled(book: Book, sheet: Sheet) -> Made:
    """Blackboard's gradebook with the grades of one column."""
    require(sheet, "the user", *_KEYS[0])
    columns = [Column(at, f["title"], f["id"]) for at, f in _columns(sheet)]
    column = chosen(book, sheet, columns)
    about = dict(_columns(sheet))[column.at]
    is_tab = sheet.style.delimiter == "\t"
    sheet = replace(
        sheet, style=replace(sheet.style, is_quoted=not is_tab or sheet.style.is_quoted)
    )
    feedback, form = sheet.column("Feedback to Learner"), sheet.column("Feedback Format")
    most = number(about["most"])
    target = Target(
        Users(sheet.rows, sheet.present(*_KEYS), sheet.present(*_NAMES)),
        column.at,
        feedback,
        maximum=lambda _: most,
        more={form: "SMART_TEXT"} if form is not None else {},
    )
    made = fill(book, sheet, target, ".xls" if is_tab else ".csv")
    return replace(made, faults=(*_column_faults(sheet, column, about), *made.faults))


def _columns(sheet: Sheet) -> Iterator[tuple[int, re.Match[str]]]:
    for at, name in enumerate(sheet.header):
        if found := _COLUMN.fullmatch(name):
            yield at, found


def _column_faults(sheet: Sheet, column: Column, about: re.Match[str]) -> Iterator[Fault]:
    if about["computed"]:
        what = f"{shown(column.title)} is computed by Blackboard"
        yield sheet.fault(1, what, "choose a column that holds grades")
    elif about["type"].strip().casefold() != "score":
        what = f"{shown(column.title)} is shown as {shown(about['type']) or 'nothing'}"
        yield sheet.fault(1, what, "set its primary display to Score and download it again")


SYSTEM = System("blackboard", fill=filled, takes="the grades downloaded from Blackboard")
