"""Trends and contrasts, against scipy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from grader.statistics.fairness import contrast, trend

RANDOM = np.random.default_rng(7)
EFFORT = RANDOM.integers(20, 60, 150).astype(float)
SCORES = 0.8 - 0.005 * EFFORT + RANDOM.normal(0, 0.2, 150)


def test_a_trend_is_that_of_scipy() -> None:
    found = trend(EFFORT, SCORES)
    assert found is not None
    fit = stats.linregress(EFFORT, SCORES)
    half = fit.stderr * stats.t.ppf(0.975, 148)
    span = np.quantile(EFFORT, 0.9) - np.quantile(EFFORT, 0.1)
    assert found.slope == pytest.approx(fit.slope)
    assert found.effect.interval == pytest.approx(
        ((fit.slope - half) * span, (fit.slope + half) * span)
    )
    assert found.effect.wide == pytest.approx(found.effect.interval)


def test_a_contrast_is_welchs() -> None:
    group = EFFORT > 45
    found = contrast(SCORES, group)
    assert found is not None
    low, high = stats.ttest_ind(SCORES[group], SCORES[~group], equal_var=False).confidence_interval(
        0.95
    )
    assert found.interval == pytest.approx((low, high))


def test_the_more_comparisons_the_wider() -> None:
    one, many = trend(EFFORT, SCORES), trend(EFFORT, SCORES, 200)
    assert one is not None
    assert many is not None
    assert one.effect.interval == many.effect.interval
    assert many.effect.wide[0] < one.effect.wide[0] < one.effect.wide[1] < many.effect.wide[1]
    assert one.effect.warns
    assert not many.effect.warns


@pytest.mark.parametrize(
    ("effort", "scores"),
    [([], []), ([1, 2], [0, 1]), ([3, 3, 3, 3], [0, 1, 0, 1])],
    ids=["nobody", "two", "equal effort"],
)
def test_no_trend(effort: list[float], scores: list[float]) -> None:
    assert trend(np.array(effort, float), np.array(scores, float)) is None


def test_a_few_odd_papers_are_compared_at_their_extremes() -> None:
    effort = np.array([10.0] * 30 + [20.0])
    found = trend(effort, np.array([0.5, 0.6] * 15 + [0.2]))
    assert found is not None
    assert (found.light, found.heavy) == (10.0, 20.0)


def test_no_contrast_where_nothing_varies() -> None:
    assert contrast(np.array([1.0, 1, 0, 0]), np.array([True, True, False, False])) is None
    assert contrast(np.array([1.0, 0, 0]), np.array([True, False, False])) is None
