"""The work of a call of FLINT is counted before it: what would be too much is refused at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

import pytest

from answers.algebra import multivariate as poly
from answers.algebra.constants import is_zero
from answers.algebra.quotient import Quotient
from answers.algebra.space import Space
from answers.judge import Verdict, judge
from answers.normal_forms.build import difference
from answers.syntax.errors import TooLarge
from answers.syntax.parser import read

X, Y, Z = (poly.generator(n) for n in range(3))
ONE = poly.ONE
DENSE = poly.power(X + Y + Z + ONE, 16)

TOO_MUCH: list[tuple[str, Callable[[], object]]] = [
    ("a number that ends the process", lambda: poly.power(poly.constant(3), 10**12)),
    ("a long number to a power", lambda: poly.power(poly.constant(10**4_000), 40)),
    ("an exponent without bound", lambda: poly.power(X, 10**10)),
    ("many terms", lambda: poly.power(X + Y + ONE, 3_000)),
    ("a dense product", lambda: poly.times(DENSE, DENSE)),
    ("a divisor of dense polynomials", lambda: poly.common_divisor(DENSE, DENSE + ONE)),
    ("factors of high degree", lambda: poly.factor(poly.power(X, 90) + X + ONE)),
    ("factors in many variables", lambda: poly.factor(DENSE + ONE)),
    ("a relation used too often",
     lambda: poly.remainder(poly.power(X, 500) * Y, 250, X**2 - DENSE)),
    ("a resultant of high degree",
     lambda: poly.eliminate(poly.power(X, 40) + Y, poly.power(X, 40) + Z, 0)),
]  # fmt: skip


@pytest.mark.parametrize("call", [row[1] for row in TOO_MUCH], ids=[row[0] for row in TOO_MUCH])
def test_it_is_refused(call: Callable[[], object]) -> None:
    with pytest.raises(TooLarge):
        call()


def test_one_space_has_so_much_work_and_no_more() -> None:
    def total(space: Space) -> Quotient:
        parts = (space.over(space.one, space.of(X + (n + 1) * ONE)) for n in range(10_000))
        return reduce(space.plus, parts)

    with pytest.raises(TooLarge):
        total(Space())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("erf((10^18x)^40-i*10^6*x)", "x"), ("(x+y+z+w)^60", "(x+y+z+w)^59"),
        ("(10^4000x+1)^40", "(10^4000x-1)^40"), ("(x!)!", "(x!)!+1"), ("(x+10^15)!", "x!"),
        ("x^(1/1000000007)", "x^(1/1000000009)"), ("root(x,10^9+7)", "root(x,10^9+9)"),
        ("e^(e^(e^(e^(e^x))))", "e^(e^(e^(e^(e^(x+1)))))"), ("sin(10^4000x)", "sin(10^4000x+1)"),
        ("max(x,y,z,w,a,b,c,d)", "max(d,c,b,a,w,z,y,x)+1"),
        ("sqrt(x+sqrt(x+sqrt(x+sqrt(x+sqrt(x)))))", "sqrt(x+sqrt(x+sqrt(x+sqrt(x+sqrt(x+1)))))"),
        ("(sqrt(x)+cbrt(y)+z^(1/5)+w^(1/7))^12", "(sqrt(x)+cbrt(y)+z^(1/5)+w^(1/7))^12+1"),
    ],
    ids=lambda text: text[:24],
)  # fmt: skip
def test_what_is_hard_is_not_accepted(one: str, other: str) -> None:
    assert judge("expression", one, other).verdict in {Verdict.WRONG, Verdict.UNDECIDED}
    assert judge("number", "1", "(10^20+1/2)!").verdict in {Verdict.WRONG, Verdict.UNDECIDED}


# Which constants are zero: Ramanujan's and Cardano's radicals; the last are near misses.
CONSTANTS = [
    ("sqrt(2)+sqrt(3)", "sqrt(5+2sqrt(6))", True), ("sqrt(4+2sqrt(3))", "1+sqrt(3)", True),
    ("cbrt(7+5sqrt(2))", "1+sqrt(2)", True), ("cbrt(2+sqrt(5))", "(1+sqrt(5))/2", True),
    ("cbrt(cbrt(2)-1)", "cbrt(1/9)-cbrt(2/9)+cbrt(4/9)", True),
    ("sqrt(2)+sqrt(3)", "sqrt(5+2sqrt(7))", False), ("sqrt(2)", "99/70", False),
    ("sqrt(10)+sqrt(11)", "sqrt(5)+sqrt(18.0000000000000001)", False),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "expected"), CONSTANTS, ids=[c[0] for c in CONSTANTS])
def test_a_constant_is_zero(one: str, other: str, expected: bool) -> None:  # noqa: FBT001
    made = difference(read(one), read(other), is_positive=False)
    assert made is not None
    assert is_zero(made[0], made[1].above) is expected


def test_zero_has_no_generators() -> None:
    assert poly.generators(poly.ZERO) == []
    assert poly.degree(poly.ZERO, 3) == 0
