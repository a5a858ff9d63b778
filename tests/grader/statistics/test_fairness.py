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
    span = found.heavy - found.light
    assert (found.light >= EFFORT).mean() >= 0.1
    assert (found.heavy <= EFFORT).mean() >= 0.1
    assert found.slope == pytest.approx(fit.slope)
    assert found.effect.interval == pytest.approx(
        ((fit.slope - half) * span, (fit.slope + half) * span)
    )
    assert found.effect.wide == pytest.approx(found.effect.interval)


def test_a_contrast_is_students() -> None:
    group = EFFORT > 45
    found = contrast(SCORES, group)
    assert found is not None
    low, high = stats.ttest_ind(SCORES[group], SCORES[~group], equal_var=True).confidence_interval(
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
    "effort",
    [[], [1.0, 2.0], [3.0] * 90, [3.0] * 88 + [9.0] * 2, list(range(29))],
    ids=["nobody", "two", "equal effort", "a few odd papers", "too few"],
)
def test_no_trend(effort: list[float]) -> None:
    assert trend(np.array(effort, float), np.linspace(0, 1, len(effort))) is None


def test_contrasts_of_groups_without_spread() -> None:
    """Half of the class has all marks, half has none; or one group is too small."""
    group = np.arange(60) < 30
    found = contrast(group.astype(float), group)
    assert found is not None
    assert (found.difference, found.interval, found.warns) == (1.0, (1.0, 1.0), True)
    assert contrast(np.ones(60), np.arange(60) < 29) is None


@pytest.mark.parametrize("share", [0.5, 0.9, 0.95])
def test_fair_variants_are_rarely_warned_of(share: float) -> None:
    """Of 20,000 fair comparisons that stand in tables of 200, at most 20 warn: 0.2 a table."""
    group = np.arange(300) < 30
    random = np.random.default_rng(3)
    rows = (random.random((20_000, 300)) < share).astype(float)
    effects = [contrast(row, group, 200) for row in rows]
    assert sum(effect is not None and effect.warns for effect in effects) <= 20
