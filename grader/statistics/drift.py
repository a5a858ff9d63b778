"""Drift: whether one who marks gets stricter or milder on the way through the stack."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NORMAL_95 = 1.959963984540054
FEWEST = 10


@dataclass(frozen=True)
class Drift:
    """The change of the shares of marks that somebody gave, from the first answer to the last.

    Attributes:
        count: of how many answers.
        change: below 0: stricter towards the end.
        interval: of 95 %.
    """

    count: int
    change: float
    interval: tuple[float, float]

    @property
    def is_certain(self) -> bool:
        """Return whether the interval leaves 0 out."""
        return not self.interval[0] <= 0 <= self.interval[1]


def marker_drift(given: Iterable[tuple[str, float]]) -> Drift | None:
    """Return the slope of the least-squares line through shares of marks over their order.

    Answers are in an order that has nothing to do with who wrote them, so without drift the line is
    flat. Each answer's shares are compared with their own mean, and have their own order.

    Args:
        given: in the order of marking, the id of an answer and the share of its marks.

    Returns:
        None for fewer than 10 answers.

    >>> found = marker_drift([("1a.x", 1 - n / 100 + 0.1 * (n % 2)) for n in range(50)])
    >>> round(found.change, 3), found.is_certain
    (-0.484, True)
    """
    by_answer: defaultdict[str, list[float]] = defaultdict(list)
    for answer, share in given:
        by_answer[answer].append(share)
    points = [point for shares in by_answer.values() for point in _points(shares)]
    freedom = len(points) - len(by_answer) - 1
    spread = sum(x * x for x, _ in points)
    if len(points) < FEWEST or freedom < 1 or not spread:
        return None
    slope = sum(x * y for x, y in points) / spread
    rest = sum((y - slope * x) ** 2 for x, y in points)
    half = NORMAL_95 * math.sqrt(rest / freedom / spread)
    return Drift(len(points), slope, (slope - half, slope + half))


def _points(shares: Sequence[float]) -> Iterable[tuple[float, float]]:
    """Return places from -1/2 to 1/2 and shares beside their mean."""
    mean, last = sum(shares) / len(shares), max(len(shares) - 1, 1)
    return [(n / last - 0.5 if len(shares) > 1 else 0.0, s - mean) for n, s in enumerate(shares)]
