"""Sides joined by `=`: the last is the answer, and the others have to agree with it."""

from __future__ import annotations

import re
from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING

from answers.ambiguities.chains import is_label, is_name, is_part, repeats_name
from answers.ambiguities.names.aliases import has_alias
from answers.ambiguities.search import other_readings
from answers.kinds.stated_value import value_of
from answers.second_look.other_readings import best_reading, setting_of, short
from answers.second_look.rounding import Stated, agree, shows_figures
from answers.verdict import Ground, Judgement, Verdict, undecided

if TYPE_CHECKING:
    from answers.kinds.rule import Rule

MOST_SIDES = 12
_LABEL_WORDS = 2
_NAME_BEHIND = re.compile(
    r"[^\W\d_]$|(?:[,;\s]|\\\\|\}|\blor\b)\\?[^\W\d_][\w{}²³^]*$|[,;].*[\w)]$"
)
_EMPHASIS = re.compile(r"(?<![\w)])\*\*([^*]+)\*\*|(?<!\\)\$|\\boxed(?=\{)")
# `2/b with b = a`: the last side is what a letter stands for, and not the answer.
_CONDITION = re.compile(
    r"\S\s+(?:with|where|for|if|when|mit|wobei|wenn|für|olmak|iken|avec|où|si|pour)\s+\S",
    re.IGNORECASE,
)
_HELD = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_PLAIN_NUMBER = re.compile(r"[-+−]?[\d.,\s]+(?:\s*[A-Za-z%]+)?")
_UNIT = re.compile(r"[A-Za-zμΩ°%][\w/^*·°%-]*$")


def judge_sides(rule: Rule, sides: list[str], plain: Judgement, *, is_key: bool) -> Judgement:
    """Return the judgement of the side that is the answer, if the others agree with it."""
    if len(sides) > MOST_SIDES:
        why = f"more than {MOST_SIDES} sides are joined by ="
        return undecided(short(sides[-1]), why, Ground.LIMIT)
    rule = rule.remembering()
    stated, others = _stated(rule, sides)
    said = [side for side in sides if side != stated]
    found = best_reading(rule, stated, rule.plainly(stated), is_key=is_key)
    if found.verdict is Verdict.UNREADABLE and plain.verdict is not Verdict.UNREADABLE:
        return plain
    if found.verdict is Verdict.WRONG and any(map(_is_sentence, others)):
        return plain if plain.verdict is Verdict.UNREADABLE else _unsaid(found, stated)
    last_is_known = found.value is not None
    for side in others:
        if _differs(rule, side, stated, found):
            if found.verdict is Verdict.WRONG and _is_gross(rule, side, found):
                return found
            why = f"{short(side)} is not {short(stated)}; which of them is the answer?"
            return undecided(found.read_as or short(stated), why, Ground.AMBIGUOUS)
    if found.verdict is Verdict.CORRECT and not _are_labels(rule, said, found):
        return _unsaid(found, stated, "right")
    if found.verdict is Verdict.WRONG and last_is_known and shows_figures(stated):
        # An exact side before its own rounding: 1/3 = 0.333.
        return next((j for j in map(rule.plainly, others) if j.verdict is Verdict.CORRECT), found)
    return found


def _is_sentence(side: str) -> bool:
    """Return whether a side is no label: what it says beside the value is not known."""
    side = _HELD.sub("", side)
    words = side.partition(", ")[2].split() or side.split()[_LABEL_WORDS:]
    if _CONDITION.search(side):
        return True
    return "," in side and bool(words) and any(map(str.isalpha, side))


def _are_labels(rule: Rule, sides: list[str], found: Judgement) -> bool:
    """Return whether the sides that state no value name the others, or one states the same."""
    if rule.kind.name == "expression":
        unvalued = [side for side in sides if _is_unknown(rule, side)]
    else:
        unvalued = [s for s in sides if _readable(rule, s).value is None and value_of(s) is None]
    has_support = len(unvalued) < len(sides) and found.value is not None
    are_labels = all(is_label(side) or (has_support and is_part(side)) for side in unvalued)
    return are_labels and not repeats_name(unvalued)


def _is_unknown(rule: Rule, side: str) -> bool:
    judged = rule.plainly(side)
    return judged.verdict is Verdict.UNREADABLE or judged.ground is Ground.UNKNOWN_NAME


def _unsaid(found: Judgement, stated: str, how: str = "not right") -> Judgement:
    why = f"{short(stated)} is {how}; what is written before it is not understood"
    return undecided(found.read_as, why, Ground.AMBIGUOUS)


def _is_gross(rule: Rule, side: str, last: Judgement) -> bool:
    """Return whether the last side is no slip of the pen: another sign, or another size.

    A side that is a number, and no calculation, may be the answer itself.
    """
    mine, theirs = rule.plainly(side).value, last.value
    if _PLAIN_NUMBER.fullmatch(side):
        return False
    if not isinstance(mine, Fraction) or not isinstance(theirs, Fraction):
        return False
    return mine * theirs <= 0 or not Fraction(1, 2) < mine / theirs < 2


def has_named_elements(sides: list[str]) -> bool:
    """Return whether each element has its own `=`, as in x = 2 or x = 3, so that none joins two."""
    return any(map(_NAME_BEHIND.search, sides[1:-1]))


def is_letter(side: str) -> bool:
    """Return whether a side is one letter, of which nothing can be said but what it is."""
    return len(side) == 1 and side.isalpha()


def _stated(rule: Rule, sides: list[str]) -> tuple[str, list[str]]:
    """Return the side that is the answer: the last, unless it names or multiplies out."""
    *others, last = sides
    setting = setting_of(rule)
    if is_name(last) and last not in setting.names and not has_alias(last, setting):
        return others[-1], others[:-1]
    if rule.kind.name == "shape" and last.replace(",", "").isdecimal():
        return others[-1], [last]
    return last, others


def _differs(rule: Rule, side: str, stated: str, found: Judgement) -> bool:
    """Return whether a side can be read as an answer and is another one than the stated."""
    if is_name(side):
        return False
    last = Stated.of(stated, found.value)
    if last is None:
        mine = rule.plainly(side)
        verdicts = {mine.verdict, found.verdict}
        known = Ground.UNKNOWN_NAME not in {mine.ground, found.ground}
        return known and verdicts == {Verdict.CORRECT, Verdict.WRONG}
    judged = [_readable(rule, text) for text in _with_units(rule, side, stated)]
    states = [s for s in (Stated.of(side, j.value) for j in judged) if s is not None]
    if rule.kind.name == "shape":
        alone = {prod(last.values), *last.values}
        return value_of(side) not in alone and any(not agree(s, last) for s in states)
    return bool(states) and not any(agree(state, last) for state in states)


def _readable(rule: Rule, side: str) -> Judgement:
    """Judge a side by the first reading that can be read, if the question settles it."""
    side = _EMPHASIS.sub(lambda found: found[1] or "", side)
    plain = rule.plainly(side)
    if plain.verdict is not Verdict.UNREADABLE:
        return plain
    readings = other_readings(side, setting_of(rule), settled_only=True)
    judged = (rule.plainly(reading.text) for reading in readings)
    return next((j for j in judged if j.verdict is not Verdict.UNREADABLE), plain)


def _with_units(rule: Rule, side: str, stated: str) -> list[str]:
    """Return a side as it is, and in the units it may be meant in where it has none."""
    if not rule.kind.has_units or not side[-1:].isdigit():
        return [side]
    unit = rule.comparer.facts.unit
    own = _UNIT.search(stated)
    return [f"{side} {text}" for text in (own[0] if own else "", unit, unit[1:], unit[2:]) if text]
