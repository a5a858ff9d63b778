"""Balls hold the values that are known from elsewhere, and what has no value has none."""

from __future__ import annotations

from fractions import Fraction

import pytest

from answers.evaluation.evaluate import bounds, value
from answers.evaluation.number import real_value
from answers.evaluation.precision import Undefined
from answers.syntax.parser import read

# From Abramowitz and Stegun, "Handbook of Mathematical Functions", tables 1.1, 4.6, 4.14, 6.1, 7.1.
VALUES = [
    ("pi", "3.14159265358979323846"), ("e", "2.71828182845904523536"),
    ("sqrt(2)", "1.41421356237309504880"), ("ln(2)", "0.69314718055994530942"),
    ("sin(1)", "0.84147098480789650665"), ("cos(1)", "0.54030230586813971740"),
    ("tan(1)", "1.55740772465490223051"), ("asin(0.5)", "0.52359877559829887308"),
    ("atan(1)", "0.78539816339744830962"), ("sinh(1)", "1.17520119364380145688"),
    ("tanh(1)", "0.76159415595576488812"), ("erf(1)", "0.84270079294971486934"),
    ("0.5!", "0.88622692545275801365"), ("cbrt(-8)", "-2"), ("root(-32, 5)", "-2"),
    ("log_2(10)", "3.32192809488736234787"), ("binom(10, 3)", "120"), ("mod(-7, 3)", "2"),
    ("round(2.5)", "3"), ("max(1, 3, 2)", "3"), ("relu(-3)", "0"), ("sgn(-4)", "-1"),
    ("sigmoid(0)", "0.5"), ("acosh(3)", "1.76274717403908605047"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), VALUES, ids=[row[0] for row in VALUES])
@pytest.mark.parametrize("bits", [64, 256, 4_096])
def test_a_ball_holds_the_value(text: str, expected: str, bits: int) -> None:
    found = bounds(read(text), bits)
    assert found is not None
    low, high = found
    tenth = Fraction(1, 10**20) if "." in expected else Fraction(0)
    assert low - tenth <= Fraction(expected) <= high + tenth
    assert high - low < Fraction(1, 10**15)


@pytest.mark.parametrize("text", ["1/0", "ln(0)", "0^(-1)", "0^0", "tan(x)", "atanh(1)", "(-1)!"])
def test_what_has_no_value_has_no_ball(text: str) -> None:
    with pytest.raises(Undefined):
        value(read(text), {}, 64)


@pytest.mark.parametrize("text", ["sqrt(-1)", "ln(-1)", "asin(2)", "(-8)^(1/3)", "sqrt(2)-sqrt(2)"])
def test_what_is_not_surely_real_and_known_to_many_digits_is_not_stated(text: str) -> None:
    assert real_value(read(text)) is None
