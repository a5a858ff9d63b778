"""Effort: more digits are more work, and what is free costs nothing."""

from __future__ import annotations

from fractions import Fraction

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


def test_digits_are_the_significant_ones() -> None:
    assert [digits(Fraction(n)) for n in (0, 1, 1000, 1230, 123456789)] == [1, 1, 1, 3, 5]
