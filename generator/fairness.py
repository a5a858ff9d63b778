"""Fairness between variants: how much work each is, and draws that keep close to the median.

The median is taken over a sample of the question's own, so that a student's draw depends neither on
the other students nor on the exam's seed.
"""

from __future__ import annotations

from itertools import islice
from statistics import median_low
from typing import TYPE_CHECKING

from answers.key import AnswerKey
from generator.question import Asked
from solvers.graph.effort import Effort, effort

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from fractions import Fraction

    from answers.key import RubricKey
    from generator.question import Rubric
    from solvers.graph.solution import Solution

SAMPLE = 60


def effort_of(
    answers: Sequence[Asked | Rubric | AnswerKey | RubricKey], solution: Solution | None
) -> Effort:
    """The work of all computed answers of a part; symbolic ones are the same for everyone."""
    if solution is None:
        return Effort()
    asked = (a for a in answers if isinstance(a, Asked | AnswerKey) and not a.letters)
    return effort(solution, *sorted({name for answer in asked for name in answer.reads}))


def is_near(cost: int, middle: int, spread: Fraction) -> bool:
    """Whether a cost lies so near the middle that any two such differ by at most the spread.

    >>> from fractions import Fraction
    >>> is_near(100, 80, Fraction(2)), is_near(120, 80, Fraction(2))
    (True, False)
    """
    return cost**2 <= middle**2 * spread and middle**2 <= cost**2 * spread


def median_effort(costs: Iterable[int]) -> int:
    """The median of the first costs of a question's members; 0 where there are none."""
    found = list(islice(costs, SAMPLE))
    return median_low(found) if found else 0
