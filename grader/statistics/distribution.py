"""The distribution of the totals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from grader.statistics.numbers import Array, deviation, is_constant, mean

BARS = 20


@dataclass(frozen=True)
class Distribution:
    """Figures of a list of totals; None where a figure is not defined.

    Attributes:
        quartiles: lower quartile, median, upper quartile.
        skewness: by k-statistics, k3 / k2^(3/2), as Moodle has it.
        kurtosis: excess kurtosis by k-statistics, k4 / k2^2.
        edges: the bounds of the histogram's bars, from 0 to the most.
        counts: how many totals lie in each; the last bar includes its upper bound.
    """

    count: int
    mean: float | None
    deviation: float | None
    skewness: float | None
    kurtosis: float | None
    least: float | None
    quartiles: tuple[float, float, float] | None
    greatest: float | None
    edges: tuple[float, ...]
    counts: tuple[int, ...]


def distribution(totals: Array, most: float) -> Distribution:
    """Describes totals between 0 and the most."""
    top = max(most, float(totals.max(initial=0.0)), 1e-9)
    counts, edges = np.histogram(totals, BARS, (min(0.0, float(totals.min(initial=0.0))), top))
    low, middle, high = np.quantile(totals, (0.25, 0.5, 0.75)) if totals.size else (0, 0, 0)
    return Distribution(
        int(totals.size),
        mean(totals),
        deviation(totals),
        _skewness(totals),
        _kurtosis(totals),
        float(totals.min()) if totals.size else None,
        (float(low), float(middle), float(high)) if totals.size else None,
        float(totals.max()) if totals.size else None,
        tuple(map(float, edges)),
        tuple(map(int, counts)),
    )


def _moment(values: Array, power: int) -> float:
    return float(((values - values.mean()) ** power).mean())


def _skewness(values: Array) -> float | None:
    n = values.size
    if n < 3 or is_constant(values):
        return None
    return float(np.sqrt(n * (n - 1)) / (n - 2) * _moment(values, 3) / _moment(values, 2) ** 1.5)


def _kurtosis(values: Array) -> float | None:
    n = values.size
    if n < 4 or is_constant(values):
        return None
    plain = _moment(values, 4) / _moment(values, 2) ** 2 - 3
    return float((n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * plain + 6))
