r"""The text of a part in LaTeX, with fields in the places of its answers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from answers.kinds.base import Group, kind_named
from examgen.folder.key import AnswerKey, RubricKey
from examgen.ground.latex_escape import escape
from examgen.ground.translations import translate_count, words
from generator.render.blanks import blank_tex, cell_tex, cells_key, cells_tex
from generator.render.drawings import draw_once
from generator.render.marks_rule import marks_rule
from generator.render.names import text_latex
from generator.render.tick_fields import hexadecimal, options_tex, ticks_tex

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from fractions import Fraction

    from generator.questions.answer_space import Room
    from generator.variants.paper import Part

CACHED = 65_536
MILLIMETRES_PER_MARK, HIGHEST = 7, 95
WORKING_LINE = 6  # millimetres for a line of working
LINE = 135  # a line and a half of letters, less what a blank of so many millimetres takes
_ANSWER = re.compile(r"[ \t]*\\answer\{([^{}]*)\}")
_INSIDE = re.compile(r"\\(blank|cell|cells)\{([^{}]*)\}")
_BORDER = re.compile(
    r"\\(?:item|par)\b(?:\[[^\]]*\])?|\\(?:begin|end)\{(?:enumerate|itemize)\}|\n\s*\n"
)
_COMMAND = re.compile(r"\\[A-Za-z]+|[{}$^_~]")
_APART = re.compile(r"\\\[|\\\\|&|\$\$|\\begin\b")


@lru_cache(maxsize=CACHED)
def body(part: Part, language: str) -> str:
    """Return the text of a part with fields in the places of its answers."""
    rooms = {one.id: room for one, room in zip(part.key.answers, part.rooms, strict=True)}
    known = words(language)
    return question_tex(
        part,
        lambda one, before: _field(one, before, rooms[one.id], known),
        {
            "blank": lambda one: blank_tex(one, rooms[one.id]),
            "cell": lambda one: cell_tex(one, rooms[one.id]),
        },
        known,
    )


def question_tex(
    part: Part,
    place: Callable[[AnswerKey | RubricKey, str], str],
    inside: Mapping[str, Callable[[AnswerKey | RubricKey], str]],
    known: Mapping[str, str],
) -> str:
    """Return the text of a part with its conventions, and something in the place of each answer.

    What follows another without a word between them has the answer's label before it.

    Args:
        part: the part.
        place: gives what is there in LaTeX, for an answer and the sentence before it.
        inside: gives what is inside of a sentence or a matrix, by the command for it.
        known: the fixed words.
    """
    answers = {answer.id.partition(".")[2]: answer for answer in part.key.answers}

    def place_answer(before: str, answer: AnswerKey | RubricKey) -> str:
        sentence = _BORDER.split(before)[-1].strip()
        label = "" if sentence else f"\n{text_latex(answer.label)} "
        return label + place(answer, sentence)

    def inner(found: re.Match[str]) -> str:
        if found[1] != "cells":
            return inside[found[1]](answers.pop(found[2]))
        cells = cells_key(found[2].split(","), asked_for)
        return cells_tex(cells, text_latex(translate_count(cells.marks, "mark", known)))

    asked_for = dict(answers)
    body = _INSIDE.sub(inner, draw_once(part.text).lstrip())
    *pieces, end = _ANSWER.split(body)
    asked = [*zip(pieces[::2], pieces[1::2], strict=True)]
    text = "".join(before + place_answer(before, answers.pop(name)) for before, name in asked)
    return text + end + "".join(place_answer("", answer) for answer in answers.values())


def _field(
    answer: AnswerKey | RubricKey, sentence: str, room: Room | None, known: Mapping[str, str]
) -> str:
    """Return the field of an answer: room to work, and where the answer goes.

    Args:
        answer: what is asked.
        sentence: what is before it; empty where that is its label.
        room: what the author sets; None: the usual.
        known: the fixed words.
    """
    marks = text_latex(translate_count(answer.marks, "mark", known))
    if isinstance(answer, RubricKey):
        if room is not None and room.is_in_book:
            return f"\\inbook{{{escape(answer.id)}}}{{{marks}}}{{{text_latex(known['in_book'])}}}"
        return _writing_space(answer, marks, room)
    if answer.working:
        return _lines(answer, f"{marks}, {text_latex(known['with_working'])}", room)
    if not answer.choices:
        return _working(room) + _blank(answer, marks, sentence, room)
    is_several = kind_named(answer.kind).group is Group.TICKS
    place = ticks_tex(answer, marks) if is_several else options_tex(answer, marks)
    return _rule(answer, known) + _working(room) + place


def _rule(answer: AnswerKey, known: Mapping[str, str]) -> str:
    """Return how an answer of options earns marks, after the sentence that asks."""
    rule = marks_rule(answer, known)
    return f" \\marksrule{{{text_latex(rule)}}}" if rule else ""


def _begun(answer: AnswerKey | RubricKey, marks: str) -> str:
    field = answer.id.replace(".", "/", 1)
    return f"{{{escape(answer.id)}}}{{{field}}}{{{hexadecimal(answer.label)}}}{{{marks}}}"


def _writing_space(answer: AnswerKey | RubricKey, marks: str, room: Room | None) -> str:
    if room is not None and room.lines:
        return f"\\ruledspace{_begun(answer, marks)}{{{room.lines}}}"
    height = room.millimetres if room is not None else _usual_height(answer.marks)
    return _writing_height(answer, marks, height)


def _lines(answer: AnswerKey, marks: str, room: Room | None) -> str:
    """Return a field for several lines."""
    if room is not None:
        return _writing_space(answer, marks, room)
    return _writing_height(answer, marks, min(WORKING_LINE * (len(answer.working) + 1), HIGHEST))


def _writing_height(answer: AnswerKey | RubricKey, marks: str, height: int) -> str:
    return f"\\writingspace{_begun(answer, marks)}{{{height}mm}}"


def _usual_height(marks: Fraction) -> int:
    """Return how many millimetres a text of so many marks takes, and not half of a page."""
    return min(int(marks * MILLIMETRES_PER_MARK) + 5, HIGHEST)


def _blank(answer: AnswerKey, marks: str, sentence: str, room: Room | None) -> str:
    width = room.width if room is not None and room.width else kind_named(answer.kind).blank
    letters = len(_COMMAND.sub("", sentence))
    is_beside = 0 < letters <= LINE - width and not _APART.search(sentence)
    name = "sideblank" if is_beside else "blank"
    return f"\\{name}{_begun(answer, marks)}{{{width}mm}}"


def _working(room: Room | None) -> str:
    if room is None or not (room.lines or room.millimetres):
        return ""
    return f"\\worklines{{{room.lines}}}" if room.lines else f"\\workspace{{{room.millimetres}mm}}"
