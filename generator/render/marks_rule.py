"""Sentences of a paper on marks: how many, how options earn them, what a wrong one costs."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from answers.kinds.base import Group, kind_named
from answers.kinds.collections.ticks import scoring_rule
from answers.options import Options
from examgen.ground.separators import localize_plain
from examgen.ground.translations import translate_count
from examgen.ground.wording import marks_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from examgen.folder.key import AnswerKey
    from generator.variants.paper import Paper, Part, Question


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


def worth(thing: Paper | Question | Part, known: Mapping[str, str]) -> str:
    """Return the marks of a paper, a question or a part in words, with those of a bonus."""
    bonus = [translate_count(thing.bonus, "bonus_mark", known)] if thing.bonus else []
    plain = [translate_count(thing.marks, "mark", known)] if thing.marks or not bonus else []
    return " + ".join([*plain, *bonus])


def worth_cell(thing: Paper | Question, known: Mapping[str, str]) -> str:
    """Return the marks of a paper or a question for a narrow cell: 20+5 with a bonus of 5."""
    bonus = f"+{marks_text(thing.bonus)}" if thing.bonus else ""
    plain = marks_text(thing.marks) if thing.marks or not bonus else ""
    return "+".join(localize_plain(one, known) for one in f"{plain}{bonus}".split("+"))


def bonus_rule(paper: Paper, known: Mapping[str, str]) -> str:
    """Return how a bonus counts, in words; empty where a paper has none."""
    most = translate_count(paper.most, "mark", known)
    return known["bonus_rule"].format(most=most) if paper.bonus else ""


def _parts(answer: AnswerKey, rule: str) -> Fraction:
    """Return in how many parts an answer is marked."""
    count = len(answer.beside or answer.choices)
    return Fraction(count * (count - 1), 2) if rule == "pairs" else Fraction(count)
