"""The judge: one answer against the expected one.

>>> judge("quantity", "3211264 B", "3.0625 MiB").verdict
<Verdict.CORRECT: 'correct'>
>>> judge("expression", "4*h*(h+x+1)", "4h^2 + 4hx + 4").why
'at h=2, x=3: yours 44, expected 48'
"""

from __future__ import annotations

from functools import lru_cache

from answers.kinds.base import Kind, all_kinds, kind_named
from answers.kinds.rule import Rule, rule_of, unreadable
from answers.options import Options
from answers.second_look.look import question_knows, second_look
from answers.syntax.errors import Unreadable
from answers.syntax.normalize import INVISIBLE, refuse_long
from answers.verdict import Judgement, Verdict

__all__ = [
    "Judgement",
    "Kind",
    "Options",
    "Rule",
    "Verdict",
    "accepts",
    "all_kinds",
    "is_same_key",
    "judge",
    "kind_named",
]


def judge(
    kind: str,
    expected: str,
    answer: str,
    options: Options | None = None,
    *,
    is_key: bool = True,
) -> Judgement:
    """Judge one answer.

    Args:
        kind: the name of a kind, as in `all_kinds`.
        expected: the right answer, in the notation that students use.
        answer: what the student wrote.
        options: tolerance, form, units; see `Options`.
        is_key: as for `judge_by`.

    Raises:
        UnreadableKey: the expected answer cannot be read as this kind.
    """
    return judge_by(rule_of(kind, expected, options or Options()), answer, is_key=is_key)


def judge_by(rule: Rule, answer: str, *, is_key: bool = True, is_plain: bool = False) -> Judgement:
    """Judge one answer by a rule; never raises, whatever the text.

    Args:
        rule: the comparison.
        answer: what the student wrote.
        is_key: compare with the right answer; else with one that someone may have got (a
            mistake, what follows from an earlier value), for which no doubtful reading is
            tried.
        is_plain: try no other reading at all.
    """
    seen = answer if answer.isascii() else answer.translate(INVISIBLE)
    if not seen.strip():
        return Judgement(Verdict.BLANK, why="nothing was written")
    try:
        refuse_long(answer)
    except Unreadable as error:
        return unreadable(error)
    bare = rule.kind.bare(answer)
    plain = rule.plainly(bare)
    if is_plain or (plain.verdict is Verdict.CORRECT and "=" not in bare):
        return plain
    return second_look(rule, bare, plain, is_key=is_key)


def judge_plainly(kind: str, expected: str, answer: str, options: Options) -> Judgement:
    """Judge one answer by the reading that the grammar prefers; errors as for `judge`."""
    return judge_by(rule_of(kind, expected, options), answer, is_key=False, is_plain=True)


def has_settled_readings(kind: str, expected: str, answer: str, options: Options) -> bool:
    """Return whether the question itself knows another way to read an answer."""
    rule = rule_of(kind, expected, options)
    return question_knows(rule, rule.kind.bare(answer))


def accepts(kind: str, expected: str, answer: str, options: Options | None = None) -> bool:
    """Return whether an answer is judged correct; arguments and errors as for `judge`."""
    return judge(kind, expected, answer, options).verdict is Verdict.CORRECT


@lru_cache(maxsize=65_536)
def is_same_key(kind: str, expected: str, other: str, options: Options) -> bool:
    """Return whether two texts of keys, written by examgen itself, are the same answer.

    As `accepts`, but quick where a kind knows without a comparison that they differ.
    """
    if expected == other:
        return True
    if kind_named(kind).differ(expected, other, options):
        return False
    rule = rule_of(kind, expected, options)
    return rule.plainly(other).verdict is Verdict.CORRECT


@lru_cache(maxsize=65_536)
def is_rounded_key(kind: str, expected: str, other: str, options: Options) -> bool:
    """Return whether another key looks like the right one rounded too far.

    When a student writes it, a person decides.
    """
    has_tolerance = options.rel is not None or options.abs is not None
    if not (has_tolerance and kind_named(kind).has_units):
        return False
    return judge(kind, expected, other, options).verdict is Verdict.UNDECIDED
