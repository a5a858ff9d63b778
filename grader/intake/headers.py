"""Read the headers of a table: whose row it is, or the answer to what.

The names of columns are those of `examgen.ground.tables.headers`; `--columns` says the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from examgen.ground.tables.headers import Field, field_of, fields_of
from grader.intake.platforms.base import fold_header
from grader.intake.platforms.search import all_platforms, platform_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from grader.records.register import Register


class Role(StrEnum):
    """The content of a column."""

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


@dataclass(frozen=True)
class Column:
    """A column: where it stands, and what it holds.

    Attributes:
        header: as it is in the file.
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


def count_known(cells: Sequence[str], register: Register, columns: Mapping[str, str]) -> int:
    """Return how many headers say what their column holds: a measure for the right delimiter."""
    mapped = {fold_header(name) for name in columns}
    answers = {fold_header(name) for name in register.answers}
    own = {name for platform in all_platforms() for name in platform.fields}
    named = answers | mapped | own
    return sum(field_of(name) in _ROLES or name in named for name in map(fold_header, cells)) + sum(
        platform.questions(cells) for platform in all_platforms()
    )


def columns_of(
    cells: Sequence[str],
    register: Register,
    mapping: Mapping[str, str],
    title: Callable[[str, Sequence[str]], str | None] = lambda *_: None,
) -> tuple[tuple[Column, ...], tuple[Column, ...]]:
    """Return the columns that are read, and those of which nobody knows what they hold.

    Args:
        cells: the header.
        register: the papers of the exam.
        mapping: what columns hold, where the user says so.
        title: gives the answer that a header names otherwise than by its id, if it does.
    """
    platform = platform_of(cells, mapping)
    mapped = {fold_header(name): target for name, target in mapping.items()}
    targets = {fold_header(name): name for name in (*register.parts, *register.answers)}
    beside = set(platform.beside(cells))
    fields = [
        platform.fields.get(fold_header(cell), field)
        for cell, field in zip(cells, fields_of(cells), strict=True)
    ]
    read, unknown = [], []
    for at, cell in enumerate(cells):
        name = fold_header(cell)
        if at in beside or not name:
            continue
        ids, guess = platform.question(name)
        own = next((mapped[known] for known in (name, *ids) if known in mapped), None)
        field = fields[at] if own is None else field_of(own)
        column = _column(at, cell, name if own is None else fold_header(own), field, targets)
        if column is None and own is None and guess in targets:
            column = Column(at, cell, Role.TEXT, targets[guess])
        if column is None and own is None and not guess and (near := title(cell, cells)):
            column = Column(at, cell, Role.TEXT, near)
        if column is not None:
            read.append(column)
        elif own is not None or platform.names_unknown or guess:
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
