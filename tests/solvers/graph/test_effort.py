"""Effort: more digits are more work, and what is free costs nothing."""

from __future__ import annotations

from fractions import Fraction

import pytest

from examgen.folder.key import FormulaKey, Model
from examgen.folder.model import solution_of
from solvers.catalogue import find
from solvers.graph.effort import Effort, digits, effort
from solvers.graph.solution import solve


def layer(inputs: int, outputs: int) -> Effort:
    given = {"in_features": Fraction(inputs), "out_features": Fraction(outputs)}
    return effort(solve(find("linear"), given), "parameters")


def test_more_digits_are_more_work() -> None:
    assert layer(10, 100).cost < layer(12, 20).cost < layer(123, 456).cost
    assert not layer(10, 100).calculator
    assert not layer(12, 34).calculator
    assert layer(1234, 5678).calculator


def test_a_floor_counts_where_it_rounds() -> None:
    given = {"height": Fraction(8), "kernel": Fraction(3), "stride": Fraction(2)}
    given |= {"in_channels": Fraction(1), "out_channels": Fraction(1)}
    assert effort(solve(find("conv2d"), given), "out_height").floors == 1
    given["height"] = Fraction(9)
    assert effort(solve(find("conv2d"), given), "out_height").floors == 0


def work(formula: str, a: str) -> int:
    model = Model(inputs={"a": a}, values=(FormulaKey("v", formula),))
    return effort(solution_of(model), "v").cost


# Counted by hand: 0.25^2 is 2 digits by 2, 0.0625^2 3 by 3, then with 5 digits 25 for each square.
COSTS = [
    ("a**2", "0.25", 4),
    ("a**4", "0.25", 4 + 9),
    ("a**5", "0.25", 4 + 9 + 5 * 2),
    ("a**80", "0.25", 4 + 9 + 5 * 2 + 4 * 25),
    ("a**1", "0.25", 0),
    ("a**0", "0.25", 0),
    ("a**80", "0.1", 0),
    ("a**7", "1000", 0),
    ("a**9", "-1", 0),
    ("abs(a)", "-0.25", 0),
    ("max(a, 3)", "0.25", 0),
    ("min(a, 3)", "0.25", 0),
    ("sqrt(a)", "16", 1),
    ("sqrt(a)", "1", 0),
    ("tanh(a)", "0", 0),
    ("sqrt(a)", "14", 12),
    ("tanh(a)", "0.5", 12),
    ("abs(a)**5", "-0.25", 4 + 9 + 5 * 2),
]


@pytest.mark.parametrize(("formula", "a", "cost"), COSTS)
def test_powers_and_functions(formula: str, a: str, cost: int) -> None:
    assert work(formula, a) == cost


@pytest.mark.parametrize("base", ["0.25", "0.2", "3", "-0.5", "1.7"])
def test_a_higher_power_is_more_work(base: str) -> None:
    costs = [work(f"a**{power}", base) for power in (1, 2, 4, 8, 20, 80)]
    assert costs == sorted(set(costs))


def test_digits_are_the_significant_ones() -> None:
    assert [digits(Fraction(n)) for n in (0, 1, 1000, 1230, 123456789)] == [1, 1, 1, 3, 5]
