"""The options of a choice in a student's feedback: which were chosen, and which are right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from answers.kinds.base import Group, kind_named
from answers.kinds.collections.ticks import Named, Unnamed
from examgen.folder.expected import right_options
from grader.scoring.rules import options_of as judge_options

if TYPE_CHECKING:
    from collections.abc import Collection

    from examgen.folder.key import AnswerKey
    from grader.scoring.marked import MarkedAnswer


@dataclass(frozen=True)
class Option:
    """An option of a choice: whether the student chose it, and whether it is right."""

    text: str
    is_chosen: bool
    is_right: bool


def options_of(key: AnswerKey, answer: MarkedAnswer) -> tuple[Option, ...]:
    """Return the options as they were on the paper; none where they are no boxes by themselves."""
    if key.beside or key.kind == "ordering":
        return ()
    chosen, right = _chosen(key, answer), right_options(key)
    return tuple(Option(text, text in chosen, text in right) for text in key.choices)


def _chosen(key: AnswerKey, answer: MarkedAnswer) -> Collection[str]:
    named = Named(key.choices, judge_options(key).also)
    if kind_named(key.kind).group is Group.TICKS:
        try:
            return named.several(answer.text or "")
        except Unnamed:
            return ()
    found = (named.one(text) for text in (answer.read_as, answer.text or "") if text)
    return tuple(filter(None, found))[:1]
