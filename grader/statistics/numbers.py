"""Statistics from which the figures are made: correlations, groups, quantiles of F and t."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.special import fdtri, stdtrit

Array: TypeAlias = npt.NDArray[np.float64]
Mask: TypeAlias = npt.NDArray[np.bool_]
_NOISE = 1e-9


def is_constant(values: Array) -> bool:
    """Return whether values are too few or too equal to have a spread; rounding noise is none."""
    return values.size < 2 or bool(np.ptp(values) <= _NOISE * max(1.0, np.abs(values).max()))


def mean(values: Array) -> float | None:
    """Return the mean; None of nothing."""
    return float(values.mean()) if values.size else None


def deviation(values: Array) -> float | None:
    """Return the standard deviation with n - 1; None of fewer than two values."""
    if values.size < 2:
        return None
    return 0.0 if is_constant(values) else float(values.std(ddof=1))


def covariance(one: Array, other: Array) -> float | None:
    """Return the covariance with n - 1; None of fewer than two pairs."""
    if one.size < 2:
        return None
    return float((one - one.mean()) @ (other - other.mean()) / (one.size - 1))


def correlation(one: Array, other: Array) -> float | None:
    """Return Pearson's correlation; None where one side is constant."""
    if is_constant(one) or is_constant(other):
        return None
    return float(np.corrcoef(one, other)[0, 1])


def lowest(totals: Array, share: float) -> Array:
    """Return how much each value belongs to the lowest share: 1, 0, or a part if tied.

    Tied values belong to it in equal parts, so that no figure depends on the order of the papers.

    >>> lowest(np.array([1.0, 2.0, 2.0, 3.0]), 0.5)
    array([1. , 0.5, 0.5, 0. ])
    """
    _, place, counts = np.unique(totals, return_inverse=True, return_counts=True)
    below = np.cumsum(counts) - counts
    return np.clip((share * totals.size - below) / counts, 0.0, 1.0)[place]


def highest(totals: Array, share: float) -> Array:
    """Return how much each value belongs to the highest share."""
    return lowest(-totals, share)


def weighted_mean(values: Array, weights: Array) -> float | None:
    """Return the mean of values that count by weights; None where nothing counts."""
    total = float(weights.sum())
    return float(values @ weights) / total if total > 0 else None


def f_quantile(level: float, above: int, below: int) -> float:
    """Return the value below which an F-distributed number lies with some probability."""
    return float(fdtri(above, below, level))


def t_quantile(level: float, freedom: float) -> float:
    """Return the value below which a t-distributed number lies with some probability."""
    return float(stdtrit(freedom, level))
