r"""Answers made of options in LaTeX: boxes of which several may be ticked, pairs, an order."""

from __future__ import annotations

from string import ascii_uppercase
from typing import TYPE_CHECKING

from answers.kinds.base import kind_named
from examgen.ground.latex_escape import escape, escape_prose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from examgen.folder.key import AnswerKey

SHORT = 40  # letters of options that are beside each row of a matching


def hexadecimal(text: str) -> str:
    """Return a text as the hexadecimal string of a PDF."""
    return ("\ufeff" + text).encode("utf-16-be").hex().upper()


def options_tex(answer: AnswerKey, marks: str) -> str:
    """Return the options of a choice, each with a box to tick."""
    return rf"\options{{{escape(answer.id)}}}{{{marks}}}{{{_one_of(answer, '', answer.choices)}}}"


def inline_options(answer: AnswerKey, marks: str) -> str:
    """Return the options of a choice in a sentence."""
    boxes = _one_of(answer, "", answer.choices)
    return rf"\inlineoptions{{{escape(answer.id)}}}{{{marks}}}{{{boxes}}}"


def ticks_tex(answer: AnswerKey, marks: str) -> str:
    """Return the place of an answer made of several options."""
    field, help_text = answer.id.replace(".", "/", 1), hexadecimal(answer.label)
    if answer.kind == "selection":
        boxes = "".join(
            rf"\tick{{{field}:{number}}}{{{help_text}}}{{0}}"
            rf"{{{hexadecimal(choice)}}}{{{escape_prose(choice)}}}"
            for number, choice in enumerate(answer.choices, 1)
        )
        return rf"\options{{{escape(answer.id)}}}{{{marks}}}{{{boxes}}}"
    if answer.kind == "ordering":
        width = kind_named(answer.kind).blank
        begun = rf"{{{escape(answer.id)}}}{{{field}}}{{{help_text}}}{{{marks}}}"
        return rf"\par\nobreak{_lettered(answer.choices)}\blank{begun}{{{width}mm}}"
    return _pairs(answer, marks)


def _pairs(answer: AnswerKey, marks: str) -> str:
    """Return a row for each thing to which an option belongs, with a box for each option."""
    is_short = sum(map(len, answer.choices)) + 4 * len(answer.choices) < SHORT
    legend = "" if is_short else _lettered(answer.choices)
    labels = answer.choices if is_short else ascii_uppercase[: len(answer.choices)]
    rows = "".join(
        rf"\pairrow{{{place}}}{{{escape_prose(text)}}}{{{_one_of(answer, f':{place}', labels)}}}"
        for place, text in enumerate(answer.beside, 1)
    )
    return rf"\par\nobreak{legend}\pairs{{{escape(answer.id)}}}{{{marks}}}{{{rows}}}"


def _one_of(answer: AnswerKey, place: str, labels: Sequence[str]) -> str:
    """Return a box for each option of which one may be ticked."""
    field, help_text = f"{answer.id.replace('.', '/', 1)}{place}", hexadecimal(answer.label)
    return "".join(
        rf"\option{{{field}}}{{{help_text}}}{{{number}}}{{{hexadecimal(choice)}}}{{{escape_prose(label)}}}"
        for number, (choice, label) in enumerate(zip(answer.choices, labels, strict=True))
    )


def _lettered(choices: Sequence[str]) -> str:
    """Return options below each other with the letters by which they are named."""
    rows = zip(ascii_uppercase, choices, strict=False)
    return "".join(rf"\lettered{{{letter}}}{{{escape_prose(text)}}}" for letter, text in rows)
