"""The other readings of a text: the first that is right, else the nearest one.

What the question settles may be right; of what it does not, a person decides.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from answers.ambiguities.base import Reading, Setting
from answers.ambiguities.search import other_readings
from answers.kinds.texts import fold_text
from answers.options import ANSWER
from answers.second_look.rounding import Stated, is_rounding
from answers.verdict import Ground, Judgement, Verdict, undecided

if TYPE_CHECKING:
    from answers.kinds.rule import Rule

_SHOWN = 60


def best_reading(rule: Rule, answer: str, plain: Judgement, *, is_key: bool) -> Judgement:
    """Return the judgement of the first reading that is right, else of the nearest one.

    Args:
        rule: the comparison.
        answer: what was written.
        plain: the judgement of the reading that the grammar prefers.
        is_key: compare with the right answer, so that doubtful readings count.
    """
    if plain.verdict is Verdict.CORRECT:
        return plain
    settled = plain
    for reading in other_readings(answer, setting_of(rule), settled_only=not is_key):
        found = rule.plainly(reading.text)
        if found.verdict is Verdict.CORRECT:
            if reading.is_settled:
                return replace(found, why=f"{reading.how}: {found.why}")
            return _ambiguous(settled, found, reading)
        if reading.is_settled and reading.is_whole and _is_nearer(rule, found, settled):
            settled = found
    if is_key and rule.kind.name == "choice" and not _is_option(rule, settled.read_as):
        return undecided(settled.read_as, "none of the options", Ground.UNKNOWN_NAME)
    if is_key and settled.ground is Ground.UNKNOWN_NAME:
        return replace(settled, verdict=Verdict.UNDECIDED, value=None)
    if is_key and settled.verdict is Verdict.WRONG and _is_rounded(rule, answer, settled):
        why = f"the right value in fewer figures than are accepted: {settled.why}"
        if rule.kind.has_units:
            return undecided(settled.read_as, why, Ground.AMBIGUOUS)
        return replace(settled, why=why, ground=Ground.FORM)
    return settled


def _is_option(rule: Rule, words: str) -> bool:
    """Return whether words are an option of a choice; any words where the options are not known."""
    choices = rule.options.choices
    return not choices or words in {fold_text(choice, choice=True) for choice in choices}


def _is_rounded(rule: Rule, answer: str, found: Judgement) -> bool:
    """Return whether an answer is outside of a tolerance only because it was rounded."""
    options = rule.options
    if options.rel is None and options.abs is None:
        return False
    expected, last = rule.comparer.facts.value, Stated.of(answer, found.value)
    if expected is None or last is None or len(last.values) != 1:
        return False
    return is_rounding(expected, last)


def _is_nearer(rule: Rule, found: Judgement, before: Judgement) -> bool:
    """Return whether a reading explains an answer better than the one before it."""
    if found.verdict is Verdict.UNREADABLE:
        return False
    if rule.kind.name == "choice":
        return not _is_option(rule, before.read_as) and _is_option(rule, found.read_as)
    return before.verdict is Verdict.UNREADABLE or before.ground is Ground.UNKNOWN_NAME


def _ambiguous(settled: Judgement, found: Judgement, reading: Reading) -> Judgement:
    first = f"read as {short(settled.read_as)} it is not right" if settled.read_as else settled.why
    why = f"{first}; with {reading.how} it reads {short(found.read_as)}, which is right"
    return undecided(settled.read_as or found.read_as, why, Ground.AMBIGUOUS)


def short(text: str) -> str:
    """Return the beginning of a text, as a sentence can hold it."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


def setting_of(rule: Rule) -> Setting:
    """Return what a question says about how its answers are read."""
    options, facts = rule.options, rule.comparer.facts
    names = facts.names
    if options.variables or options.known or options.also:
        names = names.union(options.variables, options.known, options.aliases) - {ANSWER}
    return Setting(
        rule.kind.name,
        rule.expected,
        options,
        names=names,
        count=facts.count,
        unit=facts.unit,
        ends=facts.ends,
    )
