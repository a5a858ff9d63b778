"""Answers made of options, as question files write them: several right ones, pairs, an order.

`selection: {text: condition}` says when an option is right, `selection: [A, C]` which of `options:`
are; `matching: {left: right}` says what belongs together, `ordering: [first, second]` the order.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from answers.kinds.base import Group, kind_named
from answers.kinds.collections.ticks import BETWEEN, TO, scoring_rule
from answers.kinds.texts import fold_text
from answers.syntax.errors import UnreadableKey
from examgen.ground.errors import DerivationError
from generator.questions.answers.options import MISTAKES, alike, text_fault
from generator.texts.template import holds_values
from solvers.graph.formulas.text import TextCondition, condition

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from answers.options import Options
    from generator.questions.answers.options import Drawn
    from generator.questions.model import Asked

_TRUTHS = {"yes": "0 == 0", "true": "0 == 0", "no": "0 == 1", "false": "0 == 1"}
_FORMS = {
    "selection": "selection: [one, another], or selection: {an option: yes, another: n > 3}",
    "matching": "matching: {left: right, another left: another right}",
    "ordering": "ordering: [first, second, third]",
}


@dataclass(frozen=True)
class Ticks:
    """The entry of such an answer in a file.

    Attributes:
        literal: what is right, as the judge reads it; empty where conditions say it.
        choices: the options.
        beside: what is beside the options that are to be found.
        when: the conditions under which the options are right, as texts.
    """

    literal: str
    choices: tuple[str, ...]
    beside: tuple[str, ...] = ()
    when: tuple[str, ...] = ()


def is_of_ticks(kind: str) -> bool:
    """Return whether answers of a kind are made of options."""
    return kind_named(kind).group is Group.TICKS


def ticks_of(kind: str, stated: object, options: tuple[str, ...]) -> Ticks:
    """Return what a file says of an answer of options, for what is under its kind."""
    if kind == "matching" and isinstance(stated, dict):
        right = [str(text) for text in stated.values()]
        pairs = (f"{place}{TO}{text}" for place, text in enumerate(right, 1))
        choices = tuple(dict.fromkeys((*right, *options)))
        return Ticks(BETWEEN.join(pairs), choices, tuple(stated))
    if kind == "selection" and isinstance(stated, dict):
        return Ticks("", tuple(stated), (), tuple(map(str, stated.values())))
    items = tuple(map(str, stated)) if isinstance(stated, list) else (str(stated),)
    return Ticks(BETWEEN.join(items), items if kind == "ordering" else options)


def conditions(ticks: Ticks, names: Collection[str]) -> tuple[TextCondition, ...]:
    """Return the conditions of an answer, read.

    Raises:
        DerivationError: one cannot be read, or has an unknown name.
    """
    found = tuple(condition(_TRUTHS.get(text.lower(), text), names) for text in ticks.when)
    for item in found:
        if unknown := next((name for name in item.needs if name not in names), ""):
            known = ", ".join(sorted(names)) or "no name yet"
            raise DerivationError(
                f"{item.text!r} uses the unknown name {unknown!r}; known: {known}"
            )
    return found


def tick_faults(
    kind: str, stated: object, ticks: Ticks, options: Options
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with an answer of options, and what to do."""
    try:
        scoring_rule(kind, options)
    except UnreadableKey as error:
        yield str(error), "correct the rule"
    has_form = isinstance(stated, {"matching": dict, "ordering": list}.get(kind, object))
    if not has_form or (kind == "selection" and isinstance(stated, dict) and not stated):
        yield f"{kind}: is not written as it has to be", f"write {_FORMS[kind]}"
        return
    if len(ticks.choices) < 2 or MISTAKES in ticks.choices:
        yield f"{kind}: needs at least two options", f"write {_FORMS[kind]}"
    if len({fold_text(text, choice=True) for text in ticks.choices}) < len(ticks.choices):
        yield "an option occurs twice", "keep one of them"
    for text in (*ticks.choices, *ticks.beside):
        if found := text_fault(text):
            yield f"{text!r} {found}", "write formulas between dollar signs"
        if BETWEEN in text or TO in text:
            yield f"{text!r} has a semicolon or a colon inside", "word it without"
    for text in [] if kind == "matching" else ticks.literal.split(BETWEEN):
        if text and text not in ticks.choices and not holds_values(text):
            yield f"{text!r} is not among the options", "add it to options:"


def fill_ticks(answer: Asked, drawn: Drawn) -> Asked:
    """Return an answer of options with the values of a draw, and what is right then."""
    choices = tuple(map(drawn.option, answer.choices))
    pieces = (drawn.option(piece, choices) for piece in answer.literal.split(BETWEEN))
    literal = BETWEEN.join(dict.fromkeys(pieces))
    if answer.right_when:
        values = drawn.solution.values if drawn.solution is not None else {}
        pairs = zip(choices, answer.right_when, strict=True)
        literal = BETWEEN.join(text for text, when in pairs if when.holds(values))
    beside = tuple(map(drawn.option, answer.beside))
    return replace(answer, choices=choices, beside=beside, literal=literal)


def unusable(answer: Asked, drawn: Drawn) -> str:
    """Return why the options of an answer cannot be printed for a draw; empty where they can."""
    if not answer.choices:
        return ""
    if same := alike(answer, drawn):
        return f"would have two options that read alike: {same}"
    if answer.right_when and not fill_ticks(answer, drawn).literal:
        return "would have no right option"
    return ""
