"""The primes of the identity test are primes, and such as it needs."""

from __future__ import annotations

import pytest
import sympy

from answers.algebra.identity_test import _BASE, _OFFSETS, Field


@pytest.mark.parametrize("offset", _OFFSETS)
def test_each_is_a_prime_with_a_root_of_minus_one(offset: int) -> None:
    assert sympy.isprime(_BASE + offset)
    assert (_BASE + offset) % 4 == 1


def test_i_is_a_root_of_minus_one() -> None:
    field = Field(b"seed", 0)
    assert field.letter("i") ** 2 % field.prime == field.prime - 1


def test_there_are_as_many_as_are_promised() -> None:
    assert len(set(_OFFSETS)) == 200
