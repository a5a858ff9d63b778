"""Measure the agreement of two people who marked the same answers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

Pair: TypeAlias = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class Agreement:
    """The agreement of two opinions.

    Attributes:
        count: how many answers were marked twice.
        same: the share with the same marks.
        kappa: Cohen's kappa: 1 for full agreement, 0 for what chance gives; None where everybody
            gave the same marks, so that chance agrees as well.
        weighted: the same with squared differences of the marks as weights.
        shift: by how many marks the second opinion is higher, on average.
    """

    count: int
    same: Fraction
    kappa: Fraction | None
    weighted: Fraction | None
    shift: Fraction


def agreement(pairs: Sequence[Pair]) -> Agreement:
    """Return the agreement of first and second marks; there must be at least one pair.

    Cohen, A coefficient of agreement for nominal scales (1960); Cohen, Weighted kappa (1968).

    >>> agreement([(Fraction(1), Fraction(1)), (Fraction(0), Fraction(0))]).kappa
    Fraction(1, 1)
    """
    count = Fraction(len(pairs))
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    same = sum(a == b for a, b in pairs) / count
    by_chance = sum(first[marks] * second[marks] for marks in first) / count**2
    apart = sum((a - b) ** 2 for a, b in pairs) / count
    apart_by_chance = (
        sum(n * m * (a - b) ** 2 for a, n in first.items() for b, m in second.items()) / count**2
    )
    return Agreement(
        len(pairs),
        same,
        None if by_chance == 1 else (same - by_chance) / (1 - by_chance),
        None if apart_by_chance == 0 else 1 - apart / apart_by_chance,
        sum((b - a for a, b in pairs), Fraction(0)) / count,
    )
