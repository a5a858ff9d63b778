"""Alpha and what belongs to it, against a published example and a table computed by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from grader.statistics.numbers import f_quantile, t_quantile
from grader.statistics.reliability import alpha, feldt, reliability
from tests.grader.statistics.tables import HAND, scores

# C. Zaiontz, Real Statistics Using Excel, "Cronbach's Alpha": 15 people, 10 questions; pingouin
# ships it as cronbach_alpha and documents 0.5917188485995826 with the interval 0.195 to 0.840.
PUBLISHED = [
    [3, 2, 2, 4, 1, 4, 5, 1, 4, 3],
    [5, 5, 4, 6, 3, 5, 1, 2, 5, 5],
    [7, 5, 3, 5, 5, 6, 4, 3, 3, 6],
    [2, 3, 4, 3, 3, 2, 2, 2, 6, 6],
    [6, 5, 5, 6, 5, 4, 4, 4, 6, 7],
    [1, 2, 2, 3, 4, 2, 5, 2, 3, 5],
    [4, 3, 3, 5, 3, 5, 2, 1, 2, 4],
    [2, 5, 4, 4, 3, 7, 2, 2, 4, 6],
    [6, 2, 5, 5, 5, 1, 6, 5, 2, 3],
    [5, 2, 4, 6, 4, 3, 5, 3, 1, 7],
    [4, 1, 3, 5, 2, 5, 3, 2, 3, 4],
    [4, 4, 2, 3, 2, 5, 3, 4, 2, 3],
    [5, 5, 5, 6, 2, 3, 3, 2, 4, 4],
    [6, 5, 5, 5, 4, 2, 2, 1, 4, 6],
    [4, 4, 3, 5, 5, 3, 1, 3, 2, 3],
]
# From the same source: eleven questions, right or wrong; 0.8016949152542373 is alpha of the nine
# complete rows in pingouin's documentation, and KR-20 is alpha of such items.
RIGHT_OR_WRONG = [
    [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
    [1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0],
    [1, 1, 1, 0, 1, 1, 0, 1, 1, 0, 0],
    [1, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0],
    [1, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0],
    [1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0],
    [0, 1, 0, 1, 1, 0, 0, 0, 0, 1, 0],
    [1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0],
    [1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0],
]

# name, marks, what each item gives, the reason why there is no alpha
REFUSED = [
    ("one student", [[1, 0]], [1, 1], "fewer than two students"),
    ("nobody", np.empty((0, 2)), [1, 1], "fewer than two students"),
    ("one item", [[1], [0]], [1], "fewer than two items"),
    ("equal totals", [[1, 0], [0, 1], [1, 0]], [1, 1], "all totals are equal"),
    ("equal up to rounding", [[0.1, 0.2], [0.3, 0.0]], [1, 1], "all totals are equal"),
]


def test_the_published_example() -> None:
    found = reliability(scores(PUBLISHED, [7] * 10))
    assert found.alpha == pytest.approx(0.5917188485995826, abs=1e-12)
    assert found.interval == pytest.approx((0.195, 0.840), abs=5e-4)
    assert found.kr20 is None


@pytest.mark.parametrize("marks", [1, 3], ids=["of one mark", "of three marks"])
def test_items_that_are_right_or_wrong(marks: int) -> None:
    out_of = [marks] * 5 + [1] * 6  # KR-20 counts each item as 1 or 0, whatever it gives
    found = reliability(scores(np.array(RIGHT_OR_WRONG) * out_of, out_of))
    assert found.kr20 == pytest.approx(0.8016949152542373, abs=1e-12)
    if marks == 1:
        assert found.alpha == pytest.approx(0.8016949152542373, abs=1e-12)


def test_the_table_computed_by_hand() -> None:
    found = reliability(HAND)
    assert (found.students, found.items, found.reason) == (4, 3, "")
    assert found.alpha == pytest.approx(0.5)
    assert found.sem == pytest.approx(1.0)
    assert found.deleted == pytest.approx((0.0, 0.8, 0.0))
    assert found.kr20 is None


@pytest.mark.parametrize(
    ("marks", "out_of", "reason"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_alpha_is_refused(marks: object, out_of: list[float], reason: str) -> None:
    found = reliability(scores(marks, out_of))
    assert [found.alpha, found.interval, found.sem, found.kr20] == [None] * 4
    assert reason in found.reason


def test_alpha_of_pools_is_of_what_everybody_had() -> None:
    had = [[1, 1, 1, 0], [1, 1, 1, 0], [1, 1, 0, 1], [1, 1, 0, 1]]
    marks = [[2, 2, 1, 0], [1, 0, 1, 0], [2, 1, 0, 0], [0, 0, 0, 1]]
    found = reliability(scores(marks, [2, 2, 1, 1], had))
    assert found.items == 2
    assert found.alpha == pytest.approx(alpha(np.array(marks, float)[:, :2]))
    refused = reliability(scores(marks, [1, 1, 5, 5], had))
    assert "2 of 7 marks, less than half" in refused.reason


def test_quantiles_and_intervals_are_those_of_scipy_stats() -> None:
    assert f_quantile(0.975, 9, 90) == pytest.approx(stats.f.ppf(0.975, 9, 90))
    assert t_quantile(0.975, 6.5) == pytest.approx(stats.t.ppf(0.975, 6.5))
    low, high = feldt(0.9, 5_000, 40)
    assert low == pytest.approx(1 - 0.1 * stats.f.ppf(0.975, 4_999, 4_999 * 39))
    assert high == pytest.approx(1 - 0.1 * stats.f.ppf(0.025, 4_999, 4_999 * 39))
