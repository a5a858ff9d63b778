"""Correct for guessing: a wrong option costs what guessing earns on average."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.folder.key import AnswerKey

if TYPE_CHECKING:
    from examgen.folder.key import PartKey

_CHOSEN = frozenset({"choice", "matching"})
_TICKED = frozenset({"selection"})


def correct_for_guessing(key: PartKey) -> PartKey:
    """Return the key of a part in which guessing earns nothing; a penalty of its own stays."""
    answers = (
        replace(answer, options={**answer.options, "penalty": str(_penalty(answer))})
        if isinstance(answer, AnswerKey) and _is_guessed(answer)
        else answer
        for answer in key.answers
    )
    return replace(key, answers=tuple(answers))


def _is_guessed(answer: AnswerKey) -> bool:
    has_own = "penalty" in answer.options or answer.options.get("scoring") == "exact"
    return answer.kind in _CHOSEN | _TICKED and len(answer.choices) > 1 and not has_own


def _penalty(answer: AnswerKey) -> Fraction:
    """Return the share that a wrong one costs: with four options, a third."""
    return Fraction(1) if answer.kind in _TICKED else Fraction(1, len(answer.choices) - 1)
