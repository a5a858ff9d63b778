"""Answers that agree with another paper more often than chance explains.

The parts of a paper are drawn independently for each student. So for a given student, the chance
that another paper agrees in so many answers of a part is the share of papers that do, and the parts
are independent. A pair's surprise is the sum over the parts of the bits, log2(1 / share), of what
it agrees in; the distribution of that sum for a randomly chosen paper is computed exactly. A pair
is reported where, over all pairs that were compared, no more than `FALSE_ALARMS` would be expected
to be as surprising by chance.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.statistics.numbers import Array

FALSE_ALARMS = 0.005
"""For each of the two comparisons of a class: together, one class in a hundred by chance."""
NONE = -1
STEPS = 8
"""Into how many steps a bit is divided; sums of whole steps are compared exactly."""
Codes: TypeAlias = npt.NDArray[np.int32]
Whole: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Coincidence:
    """Two students, the first of whose answers agree with something of the second's.

    Attributes:
        parts: the numbers of the parts in which they agree.
        by_chance: how many pairs of the class would agree so well or better by chance.
    """

    one: int
    other: int
    parts: tuple[int, ...]
    by_chance: float


@dataclass(frozen=True)
class Coincidences:
    """The result of comparing a class.

    Attributes:
        pairs: how many ordered pairs were compared.
        found: the pairs that chance does not explain, the least likely first.
    """

    pairs: int
    found: tuple[Coincidence, ...]


def coincidences(
    answers: Codes,
    others: Codes,
    parts: Whole,
    weights: Array | None = None,
    false_alarms: float = FALSE_ALARMS,
) -> Coincidences:
    """Compare what each student wrote with what is on each other student's side.

    Args:
        answers: a row for each student, a column for each item: a number that stands for a text,
            or -1 where there is nothing to compare.
        others: the same for the other side: right answers of the variants, or answers.
        parts: the part of each item; rising, from 0.
        weights: how much likelier than average each student is to agree with anybody, at least 1.
        false_alarms: how many pairs may be expected by chance where a pair is reported.
    """
    students = answers.shape[0]
    pairs = int((answers != NONE).any(axis=1).sum()) * max(students - 1, 0)
    if not pairs:
        return Coincidences(0, ())
    found = [
        Coincidence(one, other, tuple(np.flatnonzero(agree[other]).tolist()), chance)
        for one, agree in _agreements(answers, others, parts)
        for other, chance in _unlikely(agree, weights, pairs, false_alarms)
    ]
    return Coincidences(pairs, tuple(sorted(found, key=lambda item: item.by_chance)))


def _unlikely(
    agree: Whole, weights: Array | None, pairs: int, false_alarms: float
) -> Iterator[tuple[int, float]]:
    """Yield who agrees more with one student than chance allows, and how many do."""
    reached = _reached(agree)
    steps = np.floor(STEPS * np.log2(1 / np.maximum(reached, 1 / agree.shape[0]))).astype(np.int64)
    surprise = steps[agree, np.arange(agree.shape[1])].sum(axis=1)
    # Nobody's chance is below the product of the shares, so most pairs need no distribution.
    least = STEPS * math.log2(pairs / false_alarms) - agree.shape[1]
    chances: dict[tuple[int, float], float] = {}
    for other in np.flatnonzero(surprise >= least).tolist():
        case = int(surprise[other]), 1.0 if weights is None else float(weights[other])
        if case not in chances:
            likelier = np.vstack([reached[:1], np.minimum(reached[1:] * case[1], 1.0)])
            chances[case] = pairs * tail(likelier, steps, case[0])
        if chances[case] <= false_alarms:
            yield other, chances[case]


def _agreements(answers: Codes, others: Codes, parts: Whole) -> Iterator[tuple[int, Whole]]:
    """Yield in how many answers of each part any two students agree."""
    students, count = answers.shape[0], int(parts.max(initial=-1)) + 1
    known = answers != NONE
    for column, seen in enumerate(others.T):
        known[:, column] &= np.isin(answers[:, column], seen)
    others = np.asfortranarray(others)
    for one in np.flatnonzero(known.any(axis=1)).tolist():
        items = np.flatnonzero(known[one])
        equal = others[:, items] == answers[one, items]
        starts = np.flatnonzero(np.diff(parts[items], prepend=-1))
        agree = np.zeros((students, count), dtype=np.int64)
        agree[:, parts[items[starts]]] = np.add.reduceat(equal, starts, axis=1, dtype=np.int64)
        agree[one] = 0
        yield one, agree


def _reached(agree: Whole) -> Array:
    """Return the share of papers with 0, 1, ... or more answers, down, for each part, across."""
    others = max(agree.shape[0] - 1, 1)
    levels = range(1, int(agree.max(initial=0)) + 1)
    shares = [(agree >= level).sum(axis=0) / others for level in levels]
    return np.vstack([np.ones(agree.shape[1]), *shares])


def tail(reached: Array, steps: Whole, target: int) -> float:
    """Return the probability that the sum of independent surprises is the target or more.

    Args:
        reached: the probability of each level or more, levels down, parts across; the first row 1.
        steps: the surprise of each level.
        target: a sum of steps.

    >>> tail(np.array([[1.0, 1.0], [0.5, 0.25]]), np.array([[0, 0], [8, 16]]), 24)
    0.125
    """
    sums = np.zeros(target + 1)  # the last place: the target or more
    sums[0] = 1.0
    exactly = reached - np.vstack([reached[1:], np.zeros(reached.shape[1])])
    for chances, moves in zip(exactly.T, steps.T, strict=True):
        new = np.zeros_like(sums)
        for chance, move in zip(chances.tolist(), np.minimum(moves, target).tolist(), strict=True):
            if chance > 0:
                new[move:] += chance * sums[: target + 1 - move]
                new[target] += chance * float(sums[target + 1 - move :].sum())
        sums = new
    return float(sums[target])
