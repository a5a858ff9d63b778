"""Item analysis: how easy each item was, and whether it tells the strong from the weak."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from grader.statistics.numbers import (
    Array,
    correlation,
    covariance,
    deviation,
    highest,
    is_constant,
    lowest,
    mean,
    weighted_mean,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.statistics.scores import Scores

GROUP = 0.27
EASY, HARD, OMITTED = 0.95, 0.1, 0.2


@dataclass(frozen=True)
class ItemFigures:
    """Figures of one item; None where a figure is not defined.

    Attributes:
        had: how many of those who handed in had the item.
        waiting: of how many the marks wait for a person.
        counted: whether the item counts towards the totals.
        facility: mean mark as a share of the most, of the certain marks.
        deviation: of the marks, with n - 1.
        discrimination: Moodle's: correlation of the mark with the mark on the rest, 1 at best.
        efficiency: Moodle's: covariance with the rest over the largest that these marks allow.
        upper_lower: facility of the best 27 % by total less that of the weakest 27 %.
        with_total: correlation of the mark with the total, the item included; for an item that is
            right or wrong this is the point-biserial correlation.
        omitted: the share of those who had it and wrote nothing.
        intended: its marks as a share of those of the largest paper, in %.
        effective: Moodle's: its share of the spread of the totals, in %.
        alpha_without: alpha of the test without this item.
        flags: what to look at, in words.
    """

    had: int
    waiting: int
    counted: bool
    facility: float | None
    deviation: float | None
    discrimination: float | None
    efficiency: float | None
    upper_lower: float | None
    with_total: float | None
    omitted: float | None
    intended: float | None
    effective: float | None
    alpha_without: float | None
    flags: tuple[str, ...]


def item_figures(scores: Scores, deleted: tuple[float | None, ...]) -> tuple[ItemFigures, ...]:
    """Return the figures of all items.

    Args:
        scores: the marks.
        deleted: alpha without each item of the complete block; empty where there is no alpha.
    """
    without = dict(zip(np.flatnonzero(scores.common).tolist(), deleted, strict=False))
    shared = _effective(scores)
    return tuple(
        _figures(scores, item, shared.get(item), without.get(item))
        for item in range(scores.out_of.size)
    )


def _figures(
    scores: Scores, item: int, effective: float | None, without: float | None
) -> ItemFigures:
    most = float(scores.out_of[item])
    had, certain = scores.had[:, item], scores.certain[:, item]
    counted = bool(scores.items[item])
    marks, totals, rest = scores.column(item) if counted else (np.empty(0),) * 3
    own = scores.marks[certain, item]
    facility = mean(own / most) if most else None
    discrimination = correlation(marks, rest)
    omitted = mean(scores.omitted[had, item].astype(float))
    return ItemFigures(
        int(had.sum()),
        int((had & ~certain).sum()),
        counted,
        facility,
        deviation(own),
        discrimination,
        efficiency(marks, rest),
        upper_lower(marks / most, totals) if most else None,
        correlation(marks, totals),
        omitted,
        100 * most / scores.most if counted and scores.most else None,
        effective,
        without,
        tuple(_flags(facility, discrimination, omitted)),
    )


def efficiency(marks: Array, rest: Array) -> float | None:
    """Return Moodle's discriminative efficiency, at best 1: covariance over that of both sorted."""
    if is_constant(marks) or is_constant(rest):
        return None
    found, best = covariance(marks, rest), covariance(np.sort(marks), np.sort(rest))
    return found / best if found is not None and best else None


def upper_lower(shares: Array, totals: Array) -> float | None:
    """Return the mean of the best 27 % by total less that of the weakest 27 %."""
    if is_constant(totals):
        return None
    high = weighted_mean(shares, highest(totals, GROUP))
    low = weighted_mean(shares, lowest(totals, GROUP))
    return high - low if high is not None and low is not None else None


def _effective(scores: Scores) -> dict[int, float]:
    """Return Moodle's effective weights: roots of covariances with the total, as shares in %.

    An item with a negative covariance has none.
    """
    found = {}
    for item in np.flatnonzero(scores.items).tolist():
        marks, totals, _ = scores.column(item)
        shared = covariance(marks, totals)
        if shared is not None and shared >= 0:
            found[item] = float(np.sqrt(shared))
    total = sum(found.values())
    return {item: 100 * root / total for item, root in found.items()} if total else {}


def _flags(
    facility: float | None, discrimination: float | None, omitted: float | None
) -> Iterator[str]:
    if discrimination is not None and discrimination < 0:
        yield "negative discrimination"
    if facility is not None and facility > EASY:
        yield "very easy"
    if facility is not None and facility < HARD:
        yield "very hard"
    if omitted is not None and omitted > OMITTED:
        yield "often omitted"
