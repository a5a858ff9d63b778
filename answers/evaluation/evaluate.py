"""Values of readings at a point as balls: surely within their bounds, with any precision."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from flint import acb, arb, ctx, fmpq

from answers.algebra.identity_test import as_integer
from answers.evaluation import ball_functions
from answers.evaluation.precision import Undefined
from answers.syntax.functions.table import function_of
from answers.syntax.nodes import Add, Call, Div, Mul, Neg, Node, Num, Pow, Seq, Sym

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from answers.evaluation.sample_points import Point
    from answers.syntax.functions.record import Function

Letters = dict[str, acb]
_FIGURES = 55
_STATED_BITS = (256, 1024, 4096)
_LARGE = 40_000  # bits of a number that nobody could write out


# The name of the function that a list in an expression is taken for, as in W*[h, x].
LIST = "list of"


def value(node: Node, letters: Letters, bits: int) -> acb:
    """Return a ball that holds the value of a reading.

    Raises:
        Undefined: there is none, or it has no bounds.
    """
    ctx.prec = bits
    try:
        found = _value(node, letters)
    except (KeyError, ZeroDivisionError, ValueError, OverflowError, TypeError) as error:
        raise Undefined from error
    if not found.is_finite():
        raise Undefined
    return found


def real(found: acb) -> arb:
    """Return a value that is surely real.

    Raises:
        Undefined: it is not.
    """
    if not found.imag.is_zero():
        raise Undefined
    return found.real


def ball(number: Fraction) -> arb:
    """Return an exact number as a ball of the present precision."""
    above, below = number.as_integer_ratio()
    return arb(above) if below == 1 else arb(fmpq(above, below))


def letters_at(point: Point, bits: int) -> Letters:
    """Return the letters of a point as balls."""
    ctx.prec = bits
    return {
        name: acb(ball(real), ball(imaginary)) if imaginary else acb(ball(real))
        for name, (real, imaginary) in point.items()
    }


def both_at(one: Node, other: Node, point: Point, bits: int) -> tuple[acb, acb]:
    """Return the values of two readings at a point; errors as for `value`."""
    letters = letters_at(point, bits)
    return value(one, letters, bits), value(other, letters, bits)


# -- by the node -----------------------------------------------------------------------------------


def _value(node: Node, letters: Letters) -> acb:
    return _VALUES[type(node)](node, letters)


def _number(node: Num, _: Letters) -> acb:
    return acb(ball(node.value))


def _letter(node: Sym, letters: Letters) -> acb:
    found = letters.get(node.name)
    return _constant(node.name) if found is None else found


def _constant(name: str) -> acb:
    match name:
        case "pi":
            return acb(arb.pi())
        case "e":
            return acb(arb.const_e())
        case "i":
            return acb(0, 1)
        case _:
            raise Undefined


def _sum(node: Add, letters: Letters) -> acb:
    first, *rest = node.terms
    total = _value(first, letters)
    for term in rest:
        total = total + _value(term, letters)
    return total


def _product(node: Mul, letters: Letters) -> acb:
    first, *rest = node.factors
    result = _value(first, letters)
    for factor in rest:
        result = result * _value(factor, letters)
    return result


def _opposite(node: Neg, letters: Letters) -> acb:
    return -_value(node.of, letters)


def _quotient(node: Div, letters: Letters) -> acb:
    return _value(node.above, letters) / _value(node.below, letters)


def _power(node: Pow, letters: Letters) -> acb:
    number = as_integer(node.exponent)
    if number is not None:
        return ball_functions.whole_power(_value(node.base, letters), number)
    exponent = _value(node.exponent, letters)
    if isinstance(node.base, Sym) and node.base.name == "e":
        return exponent.exp()
    return ball_functions.power(_value(node.base, letters), exponent)


def _call(node: Call, letters: Letters) -> acb:
    return call(node.name, [_value(arg, letters) for arg in node.args])


def _list(node: Seq, letters: Letters) -> acb:
    return unknown(LIST, [_value(item, letters) for item in node.items])


_VALUES: Mapping[type, Callable[..., acb]] = {
    Num: _number, Sym: _letter, Add: _sum, Mul: _product, Neg: _opposite, Div: _quotient,
    Pow: _power, Call: _call, Seq: _list,
}  # fmt: skip


# -- functions -------------------------------------------------------------------------------------


def call(name: str, args: Sequence[acb]) -> acb:
    """Return a function of balls; one that is unknown is some smooth function of its own."""
    function = function_of(name)
    if function.evaluate is None:
        if function.exact is not None:
            raise Undefined
        return unknown(name, args)
    if not all(arg.is_finite() for arg in args):
        raise Undefined
    if function.is_real:
        return acb(_prepared(function)(*[real(arg) for arg in args]))
    found: acb = _prepared(function)(*args)
    return found


_PREPARED: dict[int, tuple[Function, Callable[..., acb]]] = {}


def _prepared(function: Function) -> Callable[..., acb]:
    """Return how a function is computed, which its row says once."""
    known = _PREPARED.get(id(function))
    if known is None or known[0] is not function:
        assert function.evaluate is not None  # noqa: S101 - for the type checker
        known = _PREPARED[id(function)] = function, function.evaluate(ball_functions)
    return known[1]


def unknown(name: str, args: Sequence[acb]) -> acb:
    """Return the value of some smooth function that belongs to a name alone."""
    total = acb(0)
    for place, arg in enumerate(args):
        a, b, c = _coefficients(f"{name}/{len(args)}/{place}")
        total = total + arb(c) * (arb(a) * arg + arb(b)).sin() + arb(b) * arg * arg
    return total


@cache
def _coefficients(name: str) -> tuple[fmpq, fmpq, fmpq]:
    digest = hashlib.blake2b(name.encode(), digest_size=6).digest()
    first, second, third = (int.from_bytes(digest[i : i + 2], "big") for i in (0, 2, 4))
    return fmpq(first + 1, 40_009), fmpq(second + 1, 50_021), fmpq(third + 1, 30_011)


# -- numbers without variables ---------------------------------------------------------------------


def bounds(node: Node, bits: int) -> tuple[Fraction, Fraction] | None:
    """Return two rational numbers around a real number; None where it has none."""
    try:
        found = real(value(node, {}, bits))
    except Undefined:
        return None
    return ends(found)


def ends(found: arb) -> tuple[Fraction, Fraction] | None:
    """Return the ends of a real ball; None where nobody could write them out."""
    low, high = fraction(found.lower()), fraction(found.upper())
    return None if low is None or high is None else (low, high)


def fraction(number: arb) -> Fraction | None:
    """Return the middle of a ball as an exact number; None where nobody could write it out."""
    if not number.is_finite():
        return None
    mantissa, exponent = number.mid().man_exp()
    if not abs(exponent) < _LARGE:
        return None
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def real_value_of(node: Node) -> Fraction | None:
    """Return a real number to many figures, to be shown; None where it is not surely real."""
    for bits in _STATED_BITS:
        try:
            found = real(value(node, {}, bits))
        except Undefined:
            return None
        if found.is_zero():
            return Fraction(0)
        if found.rel_accuracy_bits() >= 200:
            size = fraction(found)
            text = found.mid().str(_FIGURES, radius=False)
            return None if size is None else Fraction(*Decimal(text).as_integer_ratio())
    return None
