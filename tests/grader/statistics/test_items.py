"""Figures of items: a table computed by hand, scipy's correlations, and what is not defined."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from grader.statistics.items import ItemFigures, item_figures
from grader.statistics.numbers import highest, lowest
from grader.statistics.scores import Scores
from tests.grader.statistics.tables import HAND, scores

NAN = float("nan")

# attribute, the values for the three items of the table, worked out on paper
BY_HAND = [
    ("facility", (0.5, 0.5, 0.5)),
    ("deviation", (0.5773503, 0.5773503, 0.8164966)),  # roots of 1/3, 1/3, 2/3
    ("discrimination", (0.5773503, 0.0, 0.5)),
    ("efficiency", (1.0, 0.0, 0.5)),
    ("upper_lower", (1.0, 0.4259259, 0.7129630)),  # 1.08 students at each end
    ("with_total", (0.8164966, 0.4082483, 0.8660254)),
    ("intended", (25.0, 25.0, 50.0)),
    ("effective", (34.108138, 24.118095, 41.773767)),  # roots of 2/3, 1/3, 1 over their sum
]

# name, marks, out of, flags of the first item
FLAGS = [
    ("everybody right", [[1, 0], [1, 1], [1, 1]], [1, 1], ("very easy",)),
    ("nobody right", [[0, 0], [0, 1], [0, 1]], [1, 1], ("very hard",)),
    ("against the rest", [[1, 0], [0, 1], [0, 1]], [1, 1], ("negative discrimination",)),
    ("unremarkable", [[1, 1], [0, 0], [1, 1]], [1, 1], ()),
]


@pytest.mark.parametrize(("name", "values"), BY_HAND, ids=[row[0] for row in BY_HAND])
def test_the_table_computed_by_hand(name: str, values: tuple[float, ...]) -> None:
    found = [getattr(figures, name) for figures in item_figures(HAND, ())]
    assert found == pytest.approx(values, abs=1e-6)


def test_correlations_are_those_of_scipy() -> None:
    random = np.random.default_rng(1)
    ability = random.normal(size=200)
    marks = (random.normal(size=(200, 6)) < ability[:, None]).astype(float)
    figures = item_figures(scores(marks, [1] * 6), ())
    totals = marks.sum(axis=1)
    for item, own in enumerate(figures):
        with_total = stats.pointbiserialr(marks[:, item], totals).statistic
        rest = stats.pearsonr(marks[:, item], totals - marks[:, item]).statistic
        assert own.with_total == pytest.approx(with_total)
        assert own.discrimination == pytest.approx(rest)


@pytest.mark.parametrize(
    ("marks", "out_of", "flags"), [row[1:] for row in FLAGS], ids=[row[0] for row in FLAGS]
)
def test_flags(marks: object, out_of: object, flags: tuple[str, ...]) -> None:
    assert item_figures(scores(marks, out_of), ())[0].flags == flags


def test_an_item_that_is_often_omitted() -> None:
    some = np.array([[True], [False], [False], [False]])
    table = Scores(np.ones((4, 1)), np.ones((4, 1), bool), some, np.ones(1))
    assert item_figures(table, ())[0].flags == ("very easy", "often omitted")
    assert item_figures(table, ())[0].omitted == 0.25


def test_marks_that_wait() -> None:
    waits = [[1.0, 1.0, NAN], [0.0, 1.0, NAN], [1.0, 0.0, NAN], *[[0.0, 0.0, 1.0]] * 36]
    waits.append([NAN, 1.0, 1.0])  # one of 40: the item counts, this student has no total
    found = scores(waits, [1, 1, 1])
    assert found.items.tolist() == [True, True, False]
    assert found.students.sum() == 39
    assert found.most == 2.0
    first, _, last = item_figures(found, ())
    assert (first.waiting, last.waiting, last.counted) == (1, 3, False)
    assert last.facility == 1.0
    assert last.discrimination is last.intended is last.effective is None


def test_totals_of_pools_are_scaled_to_the_largest_paper() -> None:
    found = scores([[2, 1, 0], [2, 0, 4]], [2, 2, 4], [[1, 1, 0], [1, 0, 1]])
    assert found.totals.tolist() == [4.5, 6.0]  # 3 of 4 and 6 of 6 marks
    last = item_figures(found, ())[2]
    assert last.had == 1
    assert last.intended == pytest.approx(66.666667)  # 4 of 6 marks


def defined(figures: ItemFigures) -> bool:
    values = [value for value in vars(figures).values() if isinstance(value, float)]
    return bool(np.isfinite(values).all())


@given(
    st.integers(0, 6).flatmap(
        lambda n: st.lists(
            st.lists(st.sampled_from([0.0, 0.5, 1.0, NAN]), min_size=3, max_size=3),
            min_size=n,
            max_size=n,
        )
    )
)
def test_no_figure_is_ever_infinite_or_not_a_number(rows: list[list[float]]) -> None:
    table = scores(np.array(rows).reshape(-1, 3), [1, 1, 0])
    assert all(map(defined, item_figures(table, ())))


@given(st.lists(st.integers(0, 5), min_size=1), st.sampled_from([0.27, 1 / 3]))
def test_the_groups_have_their_size_whatever_is_tied(totals: list[int], share: float) -> None:
    values = np.array(totals, dtype=float)
    for group in (lowest(values, share), highest(values, share)):
        assert group.sum() == pytest.approx(share * values.size)
        assert ((group >= 0) & (group <= 1)).all()
