"""Test whether a variant that is more work, or has another value, brought fewer marks.

Variants are drawn at random, so if they are fair, all groups of papers have scores of one and the
same distribution. Intervals therefore use the spread of all papers together (Student's t, not
Welch's): a small group whose scores happen to be equal would else look certain of its mean.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from grader.statistics.numbers import t_quantile

if TYPE_CHECKING:
    from grader.statistics.numbers import Array, Mask

MARGIN = 0.02
LEVEL = 0.95
LEAST = 30
"""Papers in a group, or on a line: with fewer, scores of 0 or all marks are no matter for a t."""


@dataclass(frozen=True)
class Effect:
    """A difference of mean scores, as shares of the marks, with its intervals.

    Attributes:
        interval: 95 %, for this comparison by itself.
        wide: 95 % for all comparisons of its table together (Bonferroni).
        warns: whether the wide interval stays away from zero by more than 2 % of the marks.
    """

    difference: float
    interval: tuple[float, float]
    wide: tuple[float, float]
    warns: bool


@dataclass(frozen=True)
class Trend:
    """Scores against effort, by least squares.

    Attributes:
        light: the effort that a tenth of the papers do not exceed.
        heavy: the effort that a tenth of the papers reach.
        slope: the change of the score for one unit of effort.
        effect: the slope times heavy less light: what the heavier variant costs.
    """

    count: int
    light: float
    heavy: float
    slope: float
    effect: Effect


def trend(effort: Array, scores: Array, comparisons: int = 1) -> Trend | None:
    """Fits a line; None with fewer than 30 papers, or where nine in ten are equally much work."""
    if effort.size < LEAST:
        return None
    light = float(np.quantile(effort, 0.1, method="higher"))
    heavy = float(np.quantile(effort, 0.9, method="lower"))
    if light >= heavy:
        return None
    centred = effort - effort.mean()
    spread, freedom = float(centred @ centred), effort.size - 2
    slope = float(centred @ scores) / spread
    residual = scores - scores.mean() - slope * centred
    error = float(np.sqrt(residual @ residual / freedom / spread))
    span = heavy - light
    effect = _effect(slope * span, error * span, freedom, comparisons)
    return Trend(effort.size, light, heavy, slope, effect)


def contrast(scores: Array, group: Mask, comparisons: int = 1) -> Effect | None:
    """Return the mean of a group less that of the others.

    None where a side has fewer than 30 papers.
    """
    one, other = scores[group], scores[~group]
    if min(one.size, other.size) < LEAST:
        return None
    freedom = scores.size - 2
    squares = sum(float(((side - side.mean()) ** 2).sum()) for side in (one, other))
    error = float(np.sqrt(squares / freedom * (1 / one.size + 1 / other.size)))
    return _effect(float(one.mean() - other.mean()), error, freedom, comparisons)


def _effect(difference: float, error: float, freedom: float, comparisons: int) -> Effect:
    tails = ((1 - LEVEL) / 2, (1 - LEVEL) / 2 / max(comparisons, 1))
    halves = [error * t_quantile(1 - tail, freedom) for tail in tails]
    interval, wide = ((difference - half, difference + half) for half in halves)
    warns = wide[0] > MARGIN or wide[1] < -MARGIN
    return Effect(difference, interval, wide, warns)
