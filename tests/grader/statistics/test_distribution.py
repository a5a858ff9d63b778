"""The distribution of totals, against scipy and numpy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from grader.statistics.distribution import distribution

TOTALS = np.array([2.0, 3.5, 3.5, 4.0, 5.0, 7.5, 8.0, 8.0, 9.5, 10.0])


def test_the_moments_are_those_of_scipy() -> None:
    found = distribution(TOTALS, 10)
    assert (found.count, found.mean, found.least, found.greatest) == (10, 6.1, 2.0, 10.0)
    assert found.quartiles == pytest.approx((3.625, 6.25, 8.0))
    assert found.deviation == pytest.approx(stats.tstd(TOTALS))
    assert found.skewness == pytest.approx(stats.skew(TOTALS, bias=False))
    assert found.kurtosis == pytest.approx(stats.kurtosis(TOTALS, bias=False))
    assert found.counts[0] == 0
    assert (sum(found.counts), found.counts[-1]) == (10, 2)


@pytest.mark.parametrize("totals", [[], [5.0], [5.0, 5.0, 5.0, 5.0]], ids=["none", "one", "equal"])
def test_what_has_no_spread_has_no_shape(totals: list[float]) -> None:
    found = distribution(np.array(totals), 10)
    assert found.skewness is found.kurtosis is None
    assert sum(found.counts) == len(totals)
    assert (found.mean, found.quartiles) == ((5.0, (5.0, 5.0, 5.0)) if totals else (None, None))
