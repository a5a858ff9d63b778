"""Fairness between variants: draws whose work keeps close to the median.

The median is taken over a sample of the question's own, so that a student's draw depends neither on
the other students nor on the exam's seed.
"""

from __future__ import annotations

from itertools import islice
from statistics import median_low
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

SAMPLE = 60


def is_near(cost: int, middle: int, spread: Fraction) -> bool:
    """Return whether a cost lies so near the middle that any two such differ by at most the spread.

    >>> from fractions import Fraction
    >>> is_near(100, 80, Fraction(2)), is_near(120, 80, Fraction(2))
    (True, False)
    """
    return cost**2 <= middle**2 * spread and middle**2 <= cost**2 * spread


def median_effort(costs: Iterable[int]) -> int:
    """Return the median of the first costs of a question's members; 0 where there are none."""
    found = list(islice(costs, SAMPLE))
    return median_low(found) if found else 0
