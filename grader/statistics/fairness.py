"""Whether a variant that is more work, or has another value, brought fewer marks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from grader.statistics.numbers import Array, Mask, is_constant, t_quantile

MARGIN = 0.02
LEVEL = 0.95


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
        light: the effort below which a tenth of the papers lies.
        heavy: the effort above which a tenth of the papers lies.
        slope: the change of the score for one unit of effort.
        effect: the slope times heavy less light: what the heavier variant costs.
    """

    count: int
    light: float
    heavy: float
    slope: float
    effect: Effect


def trend(effort: Array, scores: Array, comparisons: int = 1) -> Trend | None:
    """Fits a line; None where efforts are equal or there are fewer than three papers."""
    n = effort.size
    if n < 3 or is_constant(effort):
        return None
    centred = effort - effort.mean()
    spread = float(centred @ centred)
    slope = float(centred @ scores) / spread
    residual = scores - scores.mean() - slope * centred
    error = float(np.sqrt(residual @ residual / (n - 2) / spread))
    light, heavy = map(float, np.quantile(effort, (0.1, 0.9)))
    if heavy == light:  # a few odd papers: compare the extremes
        light, heavy = float(effort.min()), float(effort.max())
    span = heavy - light
    effect = _effect(slope * span, error * span, n - 2, comparisons)
    return Trend(n, light, heavy, slope, effect)


def contrast(scores: Array, group: Mask, comparisons: int = 1) -> Effect | None:
    """The mean of a group less that of the others, with Welch's intervals.

    None where a side has fewer than two papers, or nothing differs on either side.
    """
    one, other = scores[group], scores[~group]
    if one.size < 2 or other.size < 2 or (is_constant(one) and is_constant(other)):
        return None
    parts = [side.var(ddof=1) / side.size for side in (one, other)]
    variance = sum(parts)
    freedom = variance**2 / sum(
        p**2 / (side.size - 1) for p, side in zip(parts, (one, other), strict=True)
    )
    difference = float(one.mean() - other.mean())
    return _effect(difference, float(np.sqrt(variance)), float(freedom), comparisons)


def _effect(difference: float, error: float, freedom: float, comparisons: int) -> Effect:
    tails = ((1 - LEVEL) / 2, (1 - LEVEL) / 2 / max(comparisons, 1))
    halves = [error * t_quantile(1 - tail, freedom) for tail in tails]
    interval, wide = ((difference - half, difference + half) for half in halves)
    warns = wide[0] > MARGIN or wide[1] < -MARGIN
    return Effect(difference, interval, wide, warns)
