"""What the columns of a table hold: whose row it is, or the answer to what.

The names of columns are those of `examgen.ground.tables.headers`; `--columns` says the rest.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from examgen.ground.tables.headers import Field, field_of, fields_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from grader.records.register import Register


class Role(StrEnum):
    """What a column holds."""

    STUDENT = "student"
    ALSO = "email"
    NAME = "name"
    FIRST = "first name"
    LAST = "last name"
    PAPER = "paper"
    ANSWER = "answer"
    QUESTION = "question"
    PART = "part"
    RESPONSE = "response"
    TIME = "time"
    SOURCE = "source"
    TEXT = "text"
    PROBLEM = "problem"
    SUGGESTION = "suggestion"
    NOTHING = "nothing"


class Layout(StrEnum):
    """Who wrote a table, in the words in which it is called."""

    OWN = "table"
    EXCEPTIONS = "exception file"
    MOODLE = "Moodle responses"
    MAPPED = "table read with --columns"
    CANVAS = "Canvas student analysis"


@dataclass(frozen=True)
class Column:
    """A column: where it stands, and what it holds.

    Attributes:
        header: as it stands in the file.
        target: for a text, the id of an answer, or of a part with all its answers.
    """

    at: int
    header: str
    role: Role
    target: str = ""


_ROLES: Mapping[Field, Role] = {
    Field.ID: Role.STUDENT,
    Field.SIS_ID: Role.STUDENT,
    Field.STUDENT: Role.STUDENT,
    Field.EMAIL: Role.ALSO,
    Field.USERNAME: Role.ALSO,
    Field.SIS_LOGIN: Role.ALSO,
    Field.ANY_ID: Role.ALSO,
    Field.NAME: Role.NAME,
    Field.FIRST: Role.FIRST,
    Field.LAST: Role.LAST,
    Field.PAPER: Role.PAPER,
    Field.ANSWER: Role.ANSWER,
    Field.RESPONSE: Role.RESPONSE,
    Field.TIME: Role.TIME,
    Field.SOURCE: Role.SOURCE,
    Field.QUESTION: Role.QUESTION,
    Field.PART: Role.PART,
    Field.PROBLEM: Role.PROBLEM,
    Field.SUGGESTION: Role.SUGGESTION,
    Field.EXAM: Role.NOTHING,
}
_RESPONSE = re.compile(
    r"(?:response|antwort|réponse|respuesta|resposta|risposta|yanıt|yanit|cevap|antwoord|odpowiedź|odpověď"
    r"|válasz|răspuns|svar|vastaus|ответ|απάντηση|回答|答え|응답)\s*(.+)"
)
_CANVAS_QUESTION = re.compile(r"(\d+): ?(.*)", re.DOTALL)
_POINTS = re.compile(r"\d+(?:[.,]\d+)?")
_GRADES = re.compile(r"\w{1,3}\. ?\S+ ?/ ?\d+(?:[.,]\d+)?")
_WORD = re.compile(r"[\w.]*\w")
_NONE = "which holds no answers"
_MOODLE_ZIP = "download all submissions of the assignment instead"
_MOODLE_REPORT = "download the quiz's Responses report instead"
# Files that look as if they held answers: headers that give them away, what they are, what to get.
_REFUSED = (
    ({"question submission id"}, "Gradescope's evaluations", "export the submissions instead"),
    ({"total score", "max points"}, "Gradescope's scores", "export the submissions instead"),
)  # fmt: skip


def folded(name: str) -> str:
    """A header for comparison."""
    return " ".join(unicodedata.normalize("NFKC", name[:500]).casefold().split())


def layout_of(cells: Sequence[str], mapping: Mapping[str, str]) -> Layout:
    """Who wrote the table that has this header."""
    names = {folded(cell) for cell in cells}
    if {"problem", "answer", "response", "source"} <= names:
        return Layout.EXCEPTIONS
    if _canvas_questions(cells):
        return Layout.CANVAS
    if any(map(_RESPONSE.fullmatch, names)):
        return Layout.MOODLE
    return Layout.OWN if names.isdisjoint(map(folded, mapping)) else Layout.MAPPED


def refused(cells: Sequence[str]) -> tuple[str, str] | None:
    """What a table without answers is, and what to hand in instead; None for others."""
    names = {folded(cell) for cell in cells}
    fields = set(map(field_of, cells))
    if not fields.isdisjoint({Field.IS_OPEN, Field.CHANGED}) and Field.GRADE in fields:
        return f"this is Moodle's grading worksheet, {_NONE}", _MOODLE_ZIP
    if any(map(_GRADES.fullmatch, names)) and not any(map(_RESPONSE.fullmatch, names)):
        return f"this is Moodle's grades report, {_NONE}", _MOODLE_REPORT
    for signs, what, fix in _REFUSED:
        if signs <= names:
            return f"this is {what}, {_NONE}", fix
    return None


def known(cells: Sequence[str], register: Register, columns: Mapping[str, str]) -> int:
    """How many headers say what their column holds: a measure for the right delimiter."""
    mapped = {folded(name) for name in columns}
    answers = {folded(name) for name in register.answers}
    return sum(
        field_of(name) in _ROLES
        or name in answers
        or name in mapped
        or bool(_RESPONSE.fullmatch(name))
        for name in map(folded, cells)
    ) + len(_canvas_questions(cells))


def columns_of(
    cells: Sequence[str],
    register: Register,
    mapping: Mapping[str, str],
    title: Callable[[str, Sequence[str]], str | None] = lambda *_: None,
) -> tuple[tuple[Column, ...], tuple[Column, ...]]:
    """The columns that are read, and those of which nobody knows what they hold.

    Args:
        cells: the header.
        register: the papers of the exam.
        mapping: what columns hold, where the user says so.
        title: gives the answer that a header names otherwise than by its id, if it does.
    """
    layout = layout_of(cells, mapping)
    mapped = {folded(name): target for name, target in mapping.items()}
    targets = {folded(name): name for name in (*register.parts, *register.answers)}
    points = {at + 1 for at in _canvas_questions(cells)}
    fields = fields_of(cells)
    read, unknown = [], []
    for at, cell in enumerate(cells):
        name = folded(cell)
        if at in points or not name:
            continue
        ids, guess = _question(name, layout)
        own = next((mapped[known] for known in (name, *ids) if known in mapped), None)
        field = fields[at] if own is None else field_of(own)
        column = _column(at, cell, name if own is None else folded(own), field, targets)
        if column is None and own is None and guess in targets:
            column = Column(at, cell, Role.TEXT, targets[guess])
        if column is None and own is None and not guess and (near := title(cell, cells)):
            column = Column(at, cell, Role.TEXT, near)
        if column is not None:
            read.append(column)
        elif own is not None or layout in {Layout.OWN, Layout.MAPPED} or guess:
            unknown.append(Column(at, cell, Role.NOTHING, own or ""))
    return tuple(read), tuple(unknown)


def nameless(cells: Sequence[str]) -> Iterator[Column]:
    """Give the columns without a name; the first may be a program's own count of the rows."""
    for at, cell in enumerate(cells[1:], start=1):
        if not cell.strip():
            yield Column(at, "", Role.NOTHING)


def _column(
    at: int, cell: str, name: str, field: Field | None, targets: Mapping[str, str]
) -> Column | None:
    if name in targets:
        return Column(at, cell, Role.TEXT, targets[name])
    return Column(at, cell, _ROLES[field]) if field and field in _ROLES else None


def _question(name: str, layout: Layout) -> tuple[tuple[str, ...], str]:
    """What a platform's question may be called in a mapping, and which answer it seems to be."""
    if layout is Layout.MOODLE and (response := _RESPONSE.fullmatch(name)):
        return (response[1],), response[1]
    if layout is Layout.CANVAS and (question := _CANVAS_QUESTION.fullmatch(name)):
        word = _WORD.match(question[2].lstrip("([ "))
        return (question[1],), word[0] if word else question[1]
    return (), ""


def _canvas_questions(cells: Sequence[str]) -> tuple[int, ...]:
    """Where questions stand: `<id>: <text>`, each before a column whose header is its points."""
    return tuple(
        at
        for at, (cell, after) in enumerate(pairwise(cells))
        if _CANVAS_QUESTION.fullmatch(cell) and _POINTS.fullmatch(after.strip())
    )
