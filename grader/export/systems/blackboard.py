"""Blackboard: its downloaded gradebook, filled in place.

The key is Username; a column is found by the number after its bar, in any language:
`Final [Total Pts: 100 Score] |12345`. Without that number Blackboard would make a column of text
worth 0 points, so such a column is never written. A file with tabs (.xls) stays one; a comma file
gets every cell quoted. `Needs Grading` and `In Progress(3.00)` make room for a grade.

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

from examgen.ground.tables.headers import Field
from examgen.ground.tables.names import fold_letters
from grader.export.filling import Column, Target, choose_column, fill, number
from grader.export.matching import Users
from grader.export.sheet import require
from grader.export.systems.base import System, Way
from grader.records.submissions import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from examgen.ground.errors import Fault
    from grader.export.book import Book, Made
    from grader.export.sheet import Sheet

_COLUMN = re.compile(
    r"(?P<title>.*?)\s*\[[^\]:]+: ?(?P<computed>[^\]\d]*?)(?P<most>[\d.,]+)\s*(?P<type>[^\]]*)\]"
    r"\s*\|(?P<id>\d+)"
)
# What a column may show instead of the score, as far as a file says so in words.
_NO_SCORE = """percentage percent letter text complete incomplete complete/incomplete
    prozentsatz prozent buchstabe buchstabennote vollständig vollständig/unvollständig
    yüzde harf metin tamamlandı porcentaje letra texto completo completo/incompleto
    pourcentage lettre texte complet complet/incomplet"""
_WORDS = frozenset(map(fold_letters, _NO_SCORE.split()))
# What is in a cell while nobody has graded; a mark in brackets is what there is so far.
_STATES = """needs grading | needs marking | in progress | not graded | ungraded | exempted |
    muss benotet werden | benotung erforderlich | bewertung erforderlich | muss bewertet werden |
    in bearbeitung | notlandırma gerekli | not verilmesi gerekiyor | değerlendirilmesi gerekiyor |
    devam ediyor | necesita calificación | requiere calificación | pendiente de calificación |
    pendiente de calificar | necesita calificarse | en curso | en progreso | à noter | à corriger |
    notation nécessaire | évaluation requise | en cours"""
_STATE = re.compile(
    rf"(?:{'|'.join(fold_letters(word) for word in _STATES.split('|'))})(?:\s*\([\d.,\s]*\))?"
)


def fill_gradebook(book: Book, sheet: Sheet) -> Made:
    """Return Blackboard's gradebook with the grades of one column."""
    require(sheet, Field.USERNAME)
    columns = [Column(at, f["title"], f["id"]) for at, f in _columns(sheet)]
    column = choose_column(book, sheet, columns)
    about = dict(_columns(sheet))[column.at]
    is_tab = sheet.style.delimiter == "\t"
    sheet = replace(
        sheet, style=replace(sheet.style, is_quoted=not is_tab or sheet.style.is_quoted)
    )
    feedback, form = sheet.column(Field.FEEDBACK), sheet.column(Field.FEEDBACK_FORM)
    most = number(about["most"])
    target = Target(
        Users(
            sheet.rows,
            sheet.columns(Field.USERNAME, Field.ID),
            sheet.columns(Field.LAST, Field.FIRST),
        ),
        column.at,
        feedback,
        maximum=lambda _: most,
        takes_more=True,
        more={form: "SMART_TEXT"} if form is not None else {},
        is_ungraded=_is_ungraded,
    )
    made = fill(book, sheet, target, ".xls" if is_tab else ".csv")
    return replace(made, faults=(*_column_faults(sheet, column, about), *made.faults))


def _is_ungraded(cell: str) -> bool:
    """Return whether a cell waits for a grade: `Needs Grading`, `In Progress(3.00)`."""
    return bool(_STATE.fullmatch(fold_letters(cell)))


def _columns(sheet: Sheet) -> Iterator[tuple[int, re.Match[str]]]:
    for at, name in enumerate(sheet.header):
        if found := _COLUMN.fullmatch(name):
            yield at, found


def _column_faults(sheet: Sheet, column: Column, about: re.Match[str]) -> Iterator[Fault]:
    if about["computed"].strip():
        what = f"{excerpt(column.title)} is computed by Blackboard"
        yield sheet.fault(1, what, "choose a column that holds grades")
    elif fold_letters(about["type"]) in _WORDS:
        what = f"{excerpt(column.title)} is shown as {excerpt(about['type'])}"
        yield sheet.fault(1, what, "set its primary display to Score and download it again")


SYSTEM = System(
    "blackboard",
    (
        Way(
            "that file, filled in place; tabs stay tabs",
            into="the grades downloaded from Blackboard (Work offline)",
        ),
    ),
    rank=30,
    fill=fill_gradebook,
)
