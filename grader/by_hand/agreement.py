"""Measure the agreement of two people who marked the same answers."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from grader.statistics.drift import NORMAL_95

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Pair: TypeAlias = tuple[Fraction, Fraction]
Interval: TypeAlias = tuple[float, float]
LEAST_KAPPA = Fraction(6, 10)


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
        interval: of 95 % around kappa.
        weighted_interval: of 95 % around the weighted kappa.
    """

    count: int
    same: Fraction
    kappa: Fraction | None
    weighted: Fraction | None
    shift: Fraction
    interval: Interval | None = None
    weighted_interval: Interval | None = None

    @property
    def is_low(self) -> bool:
        """Return whether a kappa is below 0.6: two people do not read the criterion alike."""
        return any(k is not None and k < LEAST_KAPPA for k in (self.kappa, self.weighted))


def agreement(pairs: Sequence[Pair]) -> Agreement:
    """Return the agreement of first and second marks; there must be at least one pair.

    Cohen, A coefficient of agreement for nominal scales (1960); Cohen, Weighted kappa (1968). The
    intervals are asymptotic, of Fleiss, Cohen and Everitt (1969).

    >>> agreement([(Fraction(1), Fraction(1)), (Fraction(0), Fraction(0))]).kappa
    Fraction(1, 1)
    """
    values = sorted({value for pair in pairs for value in pair})
    widest = (values[-1] - values[0]) ** 2 or Fraction(1)
    same = sum(a == b for a, b in pairs)
    plain = _kappa(pairs, lambda a, b: Fraction(a == b))
    weighted = _kappa(pairs, lambda a, b: 1 - (a - b) ** 2 / widest)
    return Agreement(
        len(pairs),
        Fraction(same, len(pairs)),
        plain and plain[0],
        weighted and weighted[0],
        sum((b - a for a, b in pairs), Fraction(0)) / len(pairs),
        _interval(plain),
        _interval(weighted),
    )


def _kappa(
    pairs: Sequence[Pair], weight: Callable[[Fraction, Fraction], Fraction]
) -> tuple[Fraction, float] | None:
    """Return kappa and its standard error; None where chance alone agrees wholly.

    Args:
        pairs: first and second marks.
        weight: how far two marks agree, from 0 to 1.
    """
    count = Fraction(len(pairs))
    cells = {cell: n / count for cell, n in Counter(pairs).items()}
    first = {a: n / count for a, n in Counter(a for a, _ in pairs).items()}
    second = {b: n / count for b, n in Counter(b for _, b in pairs).items()}
    chance = {(a, b): p * q for a, p in first.items() for b, q in second.items()}
    agreed = sum((weight(*cell) * p for cell, p in cells.items()), Fraction(0))
    by_chance = sum((weight(*cell) * p for cell, p in chance.items()), Fraction(0))
    if by_chance == 1:
        return None
    kappa = (agreed - by_chance) / (1 - by_chance)
    of_first = {a: sum(q * weight(a, b) for b, q in second.items()) for a in first}
    of_second = {b: sum(p * weight(a, b) for a, p in first.items()) for b in second}
    squares = sum(
        (
            p * (weight(a, b) - (of_first[a] + of_second[b]) * (1 - kappa)) ** 2
            for (a, b), p in cells.items()
        ),
        Fraction(0),
    )
    variance = (squares - (kappa - by_chance * (1 - kappa)) ** 2) / (count * (1 - by_chance) ** 2)
    return kappa, math.sqrt(max(float(variance), 0.0))


def _interval(found: tuple[Fraction, float] | None) -> Interval | None:
    if found is None:
        return None
    middle, half = float(found[0]), NORMAL_95 * found[1]
    return max(-1.0, middle - half), min(1.0, middle + half)
