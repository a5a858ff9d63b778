"""Options: shares by thirds, and distractors that nobody takes."""

from __future__ import annotations

import numpy as np
import pytest

from grader.statistics.choices import option_figures

NAN = float("nan")


def test_options_of_six_students() -> None:
    # a is right; the last one leaves the item blank; nobody takes d
    chosen, right = np.array([0, 0, 1, 0, 2, -1]), np.zeros(6, dtype=int)
    totals = np.array([9.0, 8, 7, 6, 5, 4])
    a, b, c, d = option_figures("abcd", chosen, right, totals)
    assert (a.lower, a.middle, a.upper) == pytest.approx((0, 0.5, 1))
    assert (c.lower, c.middle, c.upper) == pytest.approx((0.5, 0, 0))
    assert [option.count for option in (a, b, c, d)] == [3, 1, 1, 0]
    assert [option.functional for option in (a, b, c, d)] == [None, True, True, False]
    assert a.right_for == 6


def test_an_option_that_is_right_in_some_variants() -> None:
    a, b = option_figures("ab", np.array([0, 0, 1, 1]), np.array([0, 0, 0, 1]), np.full(4, NAN))
    assert (a.right_for, a.distracts) == (3, 0.0)
    assert b.distracts == pytest.approx(1 / 3)
    assert a.upper is None
    assert option_figures("a", np.empty(0), np.empty(0), np.empty(0))[0].share is None
