"""Reliability of the totals: Cronbach's alpha and what belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from grader.statistics.numbers import Array, f_quantile, is_constant

if TYPE_CHECKING:
    from grader.statistics.scores import Scores

LEAST_SHARE = 0.5


@dataclass(frozen=True)
class Reliability:
    """Alpha of a complete block of marks, or the reason why there is none.

    Attributes:
        reason: why alpha is not defined; an empty text where it is.
        items: how many items it is made of.
        interval: 95 %, by Feldt's F distribution.
        kr20: where every answer of the block is right or wrong, each counted as 1 or 0.
        sem: standard error of measurement, SD * sqrt(1 - alpha), in marks.
        deleted: alpha without each item of the block, in order.
    """

    reason: str
    students: int
    items: int
    alpha: float | None = None
    interval: tuple[float, float] | None = None
    kr20: float | None = None
    sem: float | None = None
    deleted: tuple[float | None, ...] = ()


def reliability(scores: Scores) -> Reliability:
    """Return alpha on the items that all students with a total had.

    It is refused where these are fewer than two, give less than half of the marks, or where the
    totals do not differ.
    """
    block, out_of = scores.block, scores.out_of[scores.common]
    students, items = block.shape
    reason = _reason(block, float(out_of.sum()), scores.most)
    if reason:
        return Reliability(reason, students, items)
    value = alpha(block)
    deleted = [alpha(np.delete(block, item, axis=1)) for item in range(items)]
    variance = float(block.sum(axis=1).var(ddof=1))
    return Reliability(
        "",
        students,
        items,
        value,
        None if value is None else feldt(value, students, items),
        _kr20(block, out_of),
        None if value is None else float(np.sqrt(variance * (1 - value))),
        tuple(deleted),
    )


def _reason(block: Array, marks: float, most: float) -> str:
    students, items = block.shape
    if students < 2:
        return "fewer than two students have a complete total"
    if items < 2:
        return "fewer than two items were had by everybody"
    if marks < LEAST_SHARE * most:
        return f"the items that everybody had give {marks:g} of {most:g} marks, less than half"
    return "all totals are equal" if is_constant(block.sum(axis=1)) else ""


def alpha(block: Array) -> float | None:
    """Return Cronbach's alpha, k / (k - 1) * (1 - sum of item variances / variance of totals)."""
    items, totals = block.shape[1], block.sum(axis=1)
    if items < 2 or is_constant(totals):
        return None
    within = block.var(axis=0, ddof=1).sum() / totals.var(ddof=1)
    return min(float(items / (items - 1) * (1 - within)), 1.0)  # never above 1 but for rounding


def feldt(value: float, students: int, items: int, level: float = 0.95) -> tuple[float, float]:
    """Return the interval of alpha by Feldt, Woodruff and Salih (1987)."""
    freedom = (students - 1, (students - 1) * (items - 1))
    tail = (1 - level) / 2
    low, high = (f_quantile(part, *freedom) for part in (1 - tail, tail))
    return 1 - (1 - value) * low, 1 - (1 - value) * high


def _kr20(block: Array, out_of: Array) -> float | None:
    """Return Kuder-Richardson 20: sums of p * q over the population variance of the totals."""
    right = block == out_of
    if not (right | (block == 0)).all() or is_constant(right.sum(axis=1).astype(float)):
        return None
    items, p = right.shape[1], right.mean(axis=0)
    return float(items / (items - 1) * (1 - (p * (1 - p)).sum() / right.sum(axis=1).var()))
