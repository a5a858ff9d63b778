r"""Blanks in sentences, `\blank{name}`, that cannot be printed where they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.questions.answers.ticks import is_of_ticks
from generator.questions.model import Rubric

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.questions.model import Asked

_BLANK = re.compile(r"\\(blank|cell)\{([^{}]*)\}")
_FORMULA = re.compile(r"(?<!\\)\$[^$]*\$|\\\[.*?\\\]|\\\(.*?\\\)", re.DOTALL)


def blank_faults(body: str, answers: Sequence[Asked | Rubric]) -> Iterator[tuple[int, str, str]]:
    """Yield what is wrong with the blanks of a text: its line there, what, and what to do."""
    by_name = {answer.name: answer for answer in answers}
    for found in _FORMULA.finditer(body):
        if blank := _BLANK.search(found[0]):
            what = f"{blank[0]} is in a formula, where no field can be"
            yield _line(body, found.start() + blank.start()), what, "end the formula before it"
    for blank in _BLANK.finditer(body):
        answer = by_name.get(blank[2])
        if answer is not None and _is_large(answer):
            fix = f"write \\answer{{{blank[2]}}} at the end of the sentence"
            yield _line(body, blank.start()), f"{blank[2]} has no place in a sentence", fix


def _is_large(answer: Asked | Rubric) -> bool:
    return isinstance(answer, Rubric) or is_of_ticks(answer.kind)


def _line(text: str, at: int) -> int:
    return text[:at].count("\n") + 1
