"""Irreducibility, against SymPy's factorization."""

from __future__ import annotations

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from answers.algebra.irreducible import is_irreducible
from answers.algebra.univariate import Univariate
from answers.syntax.errors import NotDecidable

coefficients = st.lists(st.integers(-9, 9), min_size=2, max_size=7).filter(lambda found: found[-1])


def decided(of: list[int]) -> bool | None:
    try:
        return is_irreducible(Univariate.of(of))
    except NotDecidable:
        return None


@given(coefficients)
def test_what_is_decided_is_right(of: list[int]) -> None:
    poly = sympy.Poly(of[::-1], sympy.Symbol("x")).primitive()[1]
    assert decided(of) in {None, poly.is_irreducible}


@given(coefficients, coefficients)
def test_a_product_is_never_irreducible(one: list[int], other: list[int]) -> None:
    product = [0] * (len(one) + len(other) - 1)
    for n, a in enumerate(one):
        for m, b in enumerate(other):
            product[n + m] += a * b
    assert decided(product) is not True


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        pytest.param([3], False, id="a number"),
        pytest.param([1, 2], True, id="linear"),
        pytest.param([1, 0, 1], True, id="no real root"),
        pytest.param([-2, 0, 1], True, id="irrational roots"),
        pytest.param([1, 2, 1], False, id="a square"),
        pytest.param([1, 0, 0, 0, 1], True, id="x^4+1 splits modulo every prime"),
        pytest.param([4, 0, 0, 0, 1], False, id="Sophie Germain"),
        pytest.param([1, 1, 1, 1, 1, 1, 1], True, id="cyclotomic of a prime"),
        pytest.param([-3, *[0] * 39, 1], True, id="Eisenstein of degree 40"),
        pytest.param([-1, -1, *[0] * 38, 1], True, id="Selmer of degree 40"),
        pytest.param([3, 3, 2, 6, 1, 2, 1], None, id="two cubics"),
    ],
)
def test_known_ones(of: list[int], expected: bool | None) -> None:  # noqa: FBT001
    assert decided(of) is expected
