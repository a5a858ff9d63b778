"""Sums of squares and products of a sample, of which variances and correlations are made.

They are functions of their own, since a worked step cannot show the squares of twelve values.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from solvers.graph.functions.arithmetic import Function
from solvers.graph.number import CONTEXT, Exact, to_decimal

if TYPE_CHECKING:
    from collections.abc import Sequence


def _products(one: Sequence[Exact], other: Sequence[Exact]) -> Exact:
    """Return the sum of the products of the distances from the two means."""
    count = len(one)
    if all(isinstance(value, Fraction) for value in (*one, *other)):
        xs, ys = ([Fraction(value) for value in side] for side in (one, other))
        exact = sum((x * y for x, y in zip(xs, ys, strict=True)), Fraction(0))
        return exact - sum(xs, Fraction(0)) * sum(ys, Fraction(0)) / count
    total = Decimal(0)
    means = [CONTEXT.divide(_total(side), count) for side in (one, other)]
    for x, y in zip(one, other, strict=True):
        a, b = (CONTEXT.subtract(to_decimal(v), m) for v, m in zip((x, y), means, strict=True))
        total = CONTEXT.fma(a, b, total)
    return total


def _total(values: Sequence[Exact]) -> Decimal:
    total = Decimal(0)
    for value in values:
        total = CONTEXT.add(total, to_decimal(value))
    return total


def _ss(args: Sequence[Exact]) -> Exact:
    return _products(args, args)


def _sp(args: Sequence[Exact]) -> Exact:
    half = len(args) // 2
    return _products(args[:half], args[half:])


SS = Function("ss", _ss, r"\operatorname{{SS}}\left({}\right)", count=None, text="SS({})")
SP = Function("sp", _sp, r"\operatorname{{SP}}\left({}\right)", count=None, text="SP({})")
