"""Faults of an answer as a question file states it, before anything is drawn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from answers.ambiguities.words.spelling import LETTERS_FOR_ONE, allows
from answers.judge import Rule, kind_named
from answers.kinds.base import Group
from answers.kinds.texts import fold_text
from answers.syntax.errors import UnreadableKey
from generator.questions.answers.options import MISTAKES, text_fault
from generator.texts.template import holds_values

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from answers.judge import Options

_NAME = re.compile(r"[A-Za-z_]\w*")
AS_VALUE = "write it under values: and name that value here"


def literal_faults(
    kind: str, literal: str, options: Options, names: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with an answer that is written out, and what to do.

    Args:
        kind: of the answer.
        literal: the right answer.
        options: of the comparison.
        names: of the question's values and parameters.
    """
    if kind_named(kind).group is Group.WORDS or holds_values(literal):
        return
    is_amount = kind_named(kind).has_units and literal[:1].isdigit()
    found = {} if is_amount else dict.fromkeys(_NAME.findall(literal))
    used = [name for name in found if name in names and name not in options.variables]
    if used:
        what = f"{literal!r} is compared as it stands, and {used[0]} is the name of a value"
        yield what, f"{AS_VALUE}; or list {used[0]} under variables: if it is a letter"
        return
    try:
        Rule.of(kind, literal, options)
    except UnreadableKey as error:
        near = f"; {AS_VALUE} if it is computed" if found else ""
        yield str(error), f"correct it{near}"


def scoring_faults(kind: str, options: Options) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with rules about options where an answer has none, and what to do."""
    has_options = kind == "choice" or kind_named(kind).group is Group.TICKS
    if options.penalty and not has_options:
        yield "penalty: is for answers that are chosen among options", "leave it out"
    if options.scoring and kind_named(kind).group is not Group.TICKS:
        yield "scoring: is for several options, pairs or an order", "leave it out"


def typo_faults(kind: str, literal: str, options: Options) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the spelling that is allowed or asked for, and what to do."""
    if options.typos and kind != "text":
        yield "typos: is for answers of kind text", "leave it out"
    if options.keeps_capitals and kind != "text":
        yield "case: is for answers of kind text", "leave it out"
    for text in (literal, *options.other_answers) if options.typos else ():
        if not holds_values(text) and not allows(text, options.typos):
            need = LETTERS_FOR_ONE * options.typos + 1
            what = f"{text!r} is too short for typos: {options.typos}, which needs {need} letters"
            yield what, "allow fewer, or list other spellings under also: {answer: [...]}"


def unit_faults(unit: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the unit of an answer, and what to do."""
    try:
        Rule.of("quantity", f"1 {unit}")
    except UnreadableKey as error:
        yield str(error).rpartition(": ")[2], "correct the unit"


def choice_faults(
    choices: Sequence[str], right: str, names: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the options of a choice, and what to do."""
    is_computed = MISTAKES in choices
    if (len(choices) < 2 and not is_computed) or "" in choices:
        yield "a choice has at least two options", "write [one, another]"
    elif len({fold_text(choice, choice=True) for choice in choices}) < len(choices):
        yield "an option occurs twice", "keep one of them"
    elif right not in choices and not holds_values(right):
        fix = "write the right option with a value, as \\V{area}" if is_computed else "add it"
        yield f"{right!r} is not among the options", fix
    for choice in choices:
        if choice in names and choice != MISTAKES:
            what = f"the option {choice!r} is printed as it stands, and is the name of a value"
            yield what, f"write $\\V{{{choice}}}$ for the value, or another word"
        elif found := text_fault(choice):
            yield f"the option {choice!r} {found}", "write formulas between dollar signs"


def missing_names(items: Sequence[object], names: Collection[str]) -> tuple[str, str]:
    """Return what is wrong with a list of which not all items are names, and what to do."""
    if any(isinstance(item, list) for item in items):
        fix = "write it under values:, as M: '[[p, q], [r, s]]', and name M here"
        return "lists in a list are no names of values", fix
    missing = next(str(item) for item in items if str(item) not in names)
    return f"there is no quantity {missing!r}", "correct the name"
