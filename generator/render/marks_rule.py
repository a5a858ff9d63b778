"""Sentences of a paper on how options earn marks, and what a wrong one costs."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from answers.kinds.base import Group, kind_named
from answers.kinds.collections.ticks import scoring_rule
from answers.options import Options
from generator.texts.translations import translate_count

if TYPE_CHECKING:
    from collections.abc import Mapping

    from examgen.folder.key import AnswerKey
    from generator.variants.paper import Question


def marks_rule(answer: AnswerKey, known: Mapping[str, str]) -> str:
    """Return the rule of an answer in words; empty where one right option earns all.

    Args:
        answer: its key.
        known: the fixed words of the paper's language.
    """
    options = Options.from_mapping(dict(answer.options))
    if kind_named(answer.kind).group is Group.TICKS:
        rule = scoring_rule(answer.kind, options)
        said = [known[f"scoring_{answer.kind}_{rule}"]]
        if not options.penalty:
            return said[0]
    else:
        rule, said = "exact", []
    if not options.penalty:
        return ""
    cost = options.penalty * answer.marks
    if rule not in {"exact", "balance"}:
        cost /= _parts(answer, rule)
    said.append(known[f"penalty_{rule}"].format(marks=translate_count(cost, "mark", known)))
    return " ".join(said)


def choose_rule(question: Question, known: Mapping[str, str]) -> str:
    """Return which parts of a question count, in words."""
    said = known[f"choose_{question.counted}"]
    return said.format(count=question.choose, parts=len(question.parts))


def _parts(answer: AnswerKey, rule: str) -> Fraction:
    """Return in how many parts an answer is marked."""
    count = len(answer.beside or answer.choices)
    return Fraction(count * (count - 1), 2) if rule == "pairs" else Fraction(count)
