"""Answers made of options in a made-up class: wrong ones, and what they are worth by their rule.

Worked out from the key apart from the judge, whose marks are compared with it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from answers.kinds.base import Group, kind_named
from answers.kinds.collections.ticks import BETWEEN, TO, scoring_rule
from answers.options import Options

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from examgen.folder.key import AnswerKey


def is_ticked(answer: AnswerKey) -> bool:
    """Return whether an answer is made of several options."""
    return kind_named(answer.kind).group is Group.TICKS


def other_ticks(answer: AnswerKey) -> Iterator[str]:
    """Yield wrong answers in the notation of the key: one too many, one too few, two exchanged."""
    right = answer.expected.split(BETWEEN)
    if answer.kind == "selection":
        false = [option for option in answer.choices if option not in right]
        sets = [right[1:], [*right, *false[:1]], false[:1], [*right, *false]]
    elif answer.kind == "ordering":
        sets = [[right[1], right[0], *right[2:]], right[::-1]]
    else:
        places = [pair.partition(TO)[0] for pair in right]
        options = [pair.partition(TO)[2] for pair in right]
        turned = [*options[1:], options[0]]
        sets = [right[1:], [f"{n}{TO}{o}" for n, o in zip(places, turned, strict=True)]]
    yield from (BETWEEN.join(one) for one in sets if one and one != right)


def worth(answer: AnswerKey, text: str, share: Fraction = Fraction(0)) -> Fraction:
    """Return the share of the marks for a wrong answer in the notation of the key.

    Args:
        answer: its key.
        text: what is written.
        share: what it earns as a mistake that the key names.
    """
    options = Options.from_mapping(dict(answer.options))
    own = _by_rule(answer, text, options) if is_ticked(answer) else -options.penalty
    return max((one for one in (own, share) if one), default=Fraction(0))


def _by_rule(answer: AnswerKey, text: str, options: Options) -> Fraction:
    right, mine = answer.expected.split(BETWEEN), text.split(BETWEEN)
    rule = scoring_rule(answer.kind, options)
    if rule == "exact":
        return -options.penalty
    if rule == "balance":
        false = len(set(mine) - set(right))
        wrong = len(answer.choices) - len(right)
        hits = Fraction(len(set(mine) & set(right)), len(right))
        return max(hits - Fraction(false, wrong or 1), -options.penalty)
    flags = _right_parts(answer, right, mine, rule)
    lost = options.penalty * sum(flag is False for flag in flags)
    return (Fraction(sum(flag is True for flag in flags)) - lost) / len(flags)


def _right_parts(
    answer: AnswerKey, right: Sequence[str], mine: Sequence[str], rule: str
) -> list[bool | None]:
    """Return for each part whether it is right; None where nothing is said of it."""
    if answer.kind == "selection":
        return [(option in right) == (option in mine) for option in answer.choices]
    if answer.kind == "matching":
        said = dict(pair.partition(TO)[::2] for pair in mine)
        own = (pair.partition(TO)[::2] for pair in right)
        return [said[place] == option if place in said else None for place, option in own]
    if rule == "pairs":
        rank = {option: place for place, option in enumerate(mine)}
        return [
            rank[one] < rank[other] for at, one in enumerate(right) for other in right[at + 1 :]
        ]
    return [one == other for one, other in zip(right, mine, strict=True)]
