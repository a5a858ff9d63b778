"""The second look at an answer that is not right as the grammar reads it.

A wrong needs every plausible reading to be wrong. Sides joined by `=` are checked against each
other; then the other texts that a person could mean are judged, those that the question settles
first. Where one of them is right but not settled, a person decides.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING

from answers.ambiguities.aliases import ANSWER, respelled
from answers.ambiguities.base import Reading, Setting
from answers.ambiguities.search import other_readings
from answers.chains import (
    CHAINED,
    CHECKED,
    Stated,
    agree,
    is_label,
    is_part,
    is_rounding,
    repeats_name,
    shows_figures,
    sides_of,
    value_of,
)
from answers.judgement import Ground, Judgement, Verdict, undecided
from answers.kinds.words import folded
from answers.reading.names import FUNCTIONS

if TYPE_CHECKING:
    from answers.judge import Rule

MOST_SIDES = 12
_SHOWN = 60
_LABEL_WORDS = 2
_COMPUTED = FUNCTIONS.keys() | {"sigma"}
_NAME_BEHIND = re.compile(
    r"[^\W\d_]$|(?:[,;\s]|\\\\|\}|\blor\b)\\?[^\W\d_][\w{}²³^]*$|[,;].*[\w)]$"
)
_BARE_NAME = re.compile(r"\\?([A-Za-z]\w*)(?:_\{?\w+\}?)?(?:\([\w, ]*\))?")
_EMPHASIS = re.compile(r"(?<![\w)])\*\*([^*]+)\*\*|(?<!\\)\$|\\boxed(?=\{)")
_HELD = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_PLAIN_NUMBER = re.compile(r"[-+−]?[\d.,\s]+(?:\s*[A-Za-z%]+)?")
_UNIT = re.compile(r"[A-Za-zμΩ°%][\w/^*·°%-]*$")


def second_look(rule: Rule, answer: str, plain: Judgement, *, is_key: bool) -> Judgement:
    """Judge an answer by its other readings too.

    Args:
        rule: the comparison.
        answer: what was written, without quotes and boxes around it.
        plain: the judgement of the reading that the grammar prefers.
        is_key: compare with the right answer, so that doubtful readings count.
    """
    if plain.verdict is Verdict.CORRECT and rule.kind not in CHECKED:
        return plain
    if rule.kind in CHAINED:
        sides = sides_of(answer)
        if len(sides) > 1 and not (rule.kind not in CHECKED and _has_named_elements(sides)):
            return _chain(rule, sides, plain, is_key=is_key)
    return _best(rule, answer, plain, is_key=is_key)


def _best(rule: Rule, answer: str, plain: Judgement, *, is_key: bool) -> Judgement:
    """The judgement of the first reading that is right, else of the nearest that can be read."""
    if plain.verdict is Verdict.CORRECT:
        return plain
    settled = plain
    for reading in other_readings(answer, _setting(rule), settled_only=not is_key):
        found = rule.plainly(reading.text)
        if found.verdict is Verdict.CORRECT:
            if reading.is_settled:
                return replace(found, why=f"{reading.how}: {found.why}")
            return _ambiguous(settled, found, reading)
        if reading.is_settled and reading.is_whole and _is_nearer(rule, found, settled):
            settled = found
    if is_key and (other := _another_answer(rule, answer)):
        return other
    if is_key and rule.kind == "choice" and not _is_option(rule, settled.read_as):
        return undecided(settled.read_as, "none of the options", Ground.UNKNOWN_NAME)
    if is_key and settled.ground is Ground.UNKNOWN_NAME:
        return replace(settled, verdict=Verdict.UNDECIDED, value=None)
    if is_key and settled.verdict is Verdict.WRONG and _is_rounded(rule, answer, settled):
        why = f"the right value in fewer figures than are accepted: {settled.why}"
        if rule.kind == "quantity":
            return undecided(settled.read_as, why, Ground.AMBIGUOUS)
        return replace(settled, why=why, ground=Ground.FORM)
    return settled


def _is_option(rule: Rule, words: str) -> bool:
    """Return whether words are an option of a choice; any words where the options are not known."""
    choices = rule.options.choices
    return not choices or words in {folded(choice, choice=True) for choice in choices}


def _is_rounded(rule: Rule, answer: str, found: Judgement) -> bool:
    """Return whether an answer is outside of a tolerance only because it was rounded."""
    options = rule.options
    if options.rel is None and options.abs is None:
        return False
    expected, last = rule.plainly(rule.expected).value, Stated.of(answer, found.value)
    if not isinstance(expected, Fraction) or last is None or len(last.values) != 1:
        return False
    return is_rounding(expected, last)


def _another_answer(rule: Rule, answer: str) -> Judgement | None:
    """The judgement of an answer that is right beside the expected one; None where none is."""
    for expected in rule.options.aliases.get(ANSWER, ()) if rule.options.also else ():
        found = rule.expecting(expected).judge(answer, is_key=False)
        if found.verdict is Verdict.CORRECT:
            return found
    return None


def _is_nearer(rule: Rule, found: Judgement, before: Judgement) -> bool:
    """Return whether a reading explains an answer better than the one before it."""
    if found.verdict is Verdict.UNREADABLE:
        return False
    if rule.kind == "choice":
        return not _is_option(rule, before.read_as) and _is_option(rule, found.read_as)
    return before.verdict is Verdict.UNREADABLE or before.ground is Ground.UNKNOWN_NAME


def _ambiguous(settled: Judgement, found: Judgement, reading: Reading) -> Judgement:
    first = f"read as {_short(settled.read_as)} it is not right" if settled.read_as else settled.why
    why = f"{first}; with {reading.how} it reads {_short(found.read_as)}, which is right"
    return undecided(settled.read_as or found.read_as, why, Ground.AMBIGUOUS)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


def _setting(rule: Rule) -> Setting:
    options, facts = rule.options, rule.comparer.facts
    names = facts.names
    if options.variables or options.known or options.also:
        names = names.union(options.variables, options.known, options.aliases) - {ANSWER}
    return Setting(
        str(rule.kind),
        rule.expected,
        options,
        names=names,
        count=facts.count,
        unit=facts.unit,
        ends=facts.ends,
    )


# -- sides joined by `=` --------------------------------------------------------------------------


def _chain(rule: Rule, sides: list[str], plain: Judgement, *, is_key: bool) -> Judgement:
    """The judgement of the side that is the answer, if the others agree with it."""
    if len(sides) > MOST_SIDES:
        why = f"more than {MOST_SIDES} sides are joined by ="
        return undecided(_short(sides[-1]), why, Ground.LIMIT)
    stated, others = _stated(rule, sides)
    said = [side for side in sides if side != stated]
    found = _best(rule, stated, rule.plainly(stated), is_key=is_key)
    if found.verdict is Verdict.UNREADABLE and plain.verdict is not Verdict.UNREADABLE:
        return plain
    if found.verdict is Verdict.WRONG and any(map(_is_sentence, others)):
        return plain if plain.verdict is Verdict.UNREADABLE else _unsaid(found, stated)
    last_is_known = found.value is not None
    for side in others:
        if _differs(rule, side, stated, found):
            if found.verdict is Verdict.WRONG and _is_gross(rule, side, found):
                return found
            why = f"{_short(side)} is not {_short(stated)}; which of them is the answer?"
            return undecided(found.read_as or _short(stated), why, Ground.AMBIGUOUS)
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
    return "," in side and bool(words) and any(map(str.isalpha, side))


def _are_labels(rule: Rule, sides: list[str], found: Judgement) -> bool:
    """Return whether the sides that state no value name the others, or one states the same."""
    if rule.kind == "expression":
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
    why = f"{_short(stated)} is {how}; what is written before it is not understood"
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


def _has_named_elements(sides: list[str]) -> bool:
    """Return whether `=` stands in each element, as in x = 2 or x = 3, and joins no sides."""
    return any(map(_NAME_BEHIND.search, sides[1:-1]))


def _is_name(side: str) -> bool:
    """Return whether a side only names the others: a letter, or a function of something."""
    found = _BARE_NAME.fullmatch(side)
    return found is not None and found[1] not in _COMPUTED


def _stated(rule: Rule, sides: list[str]) -> tuple[str, list[str]]:
    """The side that is the answer: the last, unless it only names the others or multiplies out."""
    *others, last = sides
    setting = _setting(rule)
    if _is_name(last) and last not in setting.names and not respelled(last, setting):
        return others[-1], others[:-1]
    if rule.kind == "shape" and last.replace(",", "").isdecimal():
        return others[-1], [last]
    return last, others


def _differs(rule: Rule, side: str, stated: str, found: Judgement) -> bool:
    """Return whether a side can be read as an answer and is another one than the stated."""
    if _is_name(side):
        return False
    last = Stated.of(stated, found.value)
    if last is None:
        mine = rule.plainly(side)
        verdicts = {mine.verdict, found.verdict}
        known = Ground.UNKNOWN_NAME not in {mine.ground, found.ground}
        return known and verdicts == {Verdict.CORRECT, Verdict.WRONG}
    judged = [_readable(rule, text) for text in _with_units(rule, side, stated)]
    states = [s for s in (Stated.of(side, j.value) for j in judged) if s is not None]
    if rule.kind == "shape":
        alone = {prod(last.values), *last.values}
        return value_of(side) not in alone and any(not agree(s, last) for s in states)
    return bool(states) and not any(agree(state, last) for state in states)


def _readable(rule: Rule, side: str) -> Judgement:
    """The judgement of a side by the first reading that can be read, if the question settles it."""
    side = _EMPHASIS.sub(lambda found: found[1] or "", side)
    plain = rule.plainly(side)
    if plain.verdict is not Verdict.UNREADABLE:
        return plain
    readings = other_readings(side, _setting(rule), settled_only=True)
    judged = (rule.plainly(reading.text) for reading in readings)
    return next((j for j in judged if j.verdict is not Verdict.UNREADABLE), plain)


def _with_units(rule: Rule, side: str, stated: str) -> list[str]:
    """A side as it is, and in the units in which it may be meant where it has none of its own."""
    if rule.kind != "quantity" or not side[-1:].isdigit():
        return [side]
    unit = rule.comparer.facts.unit
    own = _UNIT.search(stated)
    return [f"{side} {text}" for text in (own[0] if own else "", unit, unit[1:], unit[2:]) if text]
