"""Irreducibility, against SymPy's factorization."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from answers.algebra.polynomial import Monomial, Polynomial

coefficients = st.lists(st.integers(-9, 9), min_size=2, max_size=7).filter(lambda found: found[-1])


def is_irreducible(of: list[int]) -> bool:
    terms: dict[Monomial, int | Fraction] = {
        ((("x", n),) if n else ()): c for n, c in enumerate(of) if c
    }
    return Polynomial(terms).is_irreducible()


@given(coefficients)
def test_it_is_what_sympy_says(of: list[int]) -> None:
    poly = sympy.Poly(of[::-1], sympy.Symbol("x")).primitive()[1]
    assert is_irreducible(of) is poly.is_irreducible


@given(coefficients, coefficients)
def test_a_product_is_never_irreducible(one: list[int], other: list[int]) -> None:
    product = [0] * (len(one) + len(other) - 1)
    for n, a in enumerate(one):
        for m, b in enumerate(other):
            product[n + m] += a * b
    assert not is_irreducible(product)


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
        pytest.param([3, 3, 2, 6, 1, 2, 1], False, id="two cubics"),
    ],
)
def test_known_ones(of: list[int], expected: bool) -> None:  # noqa: FBT001
    assert is_irreducible(of) is expected
