r"""Blanks in a sentence, in a table and in a matrix: small boxes in the place of `\blank{name}`.

A blank has its name and marks below it; the cells of a matrix, `\cell{name}`, have them together
after it, `\cells{name}`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from answers.kinds.base import kind_named
from examgen.folder.key import AnswerKey
from examgen.ground.latex_escape import escape
from examgen.ground.wording import marks_text
from generator.render.tick_fields import hexadecimal, inline_options

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from examgen.folder.key import RubricKey
    from generator.questions.answer_space import Room

CELL_WIDTH = 14


@dataclass(frozen=True)
class Cells:
    """The cells of a matrix: what they are called together, and their marks."""

    called: str
    marks: Fraction


def blank_tex(answer: AnswerKey | RubricKey, room: Room | None) -> str:
    """Return the box of a blank in a sentence, as wide as its room says or half of the usual."""
    if not isinstance(answer, AnswerKey):
        return ""
    if answer.choices:
        return inline_options(answer, marks_text(answer.marks))
    width = room.width if room is not None and room.width else kind_named(answer.kind).blank // 2
    name, marks = escape(answer.id), marks_text(answer.marks)
    return rf"\inlineblank{{{name}\enspace[{marks}]}}{_begun(answer)}{{{width}mm}}"


def cell_tex(answer: AnswerKey | RubricKey, room: Room | None) -> str:
    """Return the box of a cell of a matrix."""
    width = room.width if room is not None and room.width else CELL_WIDTH
    return rf"\cellblank{_begun(answer)}{{{width}mm}}"


def _begun(answer: AnswerKey | RubricKey) -> str:
    return rf"{{{answer.id.replace('.', '/', 1)}}}{{{hexadecimal(answer.label)}}}"


def cells_key(names: Sequence[str], answers: Mapping[str, AnswerKey | RubricKey]) -> Cells:
    """Return what the cells of a matrix are called together, and their marks.

    Args:
        names: of the cells in their question.
        answers: of the part, by their names there.
    """
    own = [answers[name] for name in names]
    marks = sum((one.marks for one in own), Fraction(0))
    return Cells(f"{own[0].id} \N{HORIZONTAL ELLIPSIS} {names[-1]}", marks)


def cells_tex(cells: Cells, marks: str) -> str:
    """Return what is beside the cells of a matrix."""
    called = escape(cells.called).replace("\N{HORIZONTAL ELLIPSIS}", r"\ldots{}")
    return rf"\attheright{{\answerkey{{{called}}}{{{marks}}}}}"
