"""A reading as a quotient in a space: arithmetic, and the rules of functions."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache, reduce
from typing import TYPE_CHECKING

from flint import acb, arb

from answers.algebra import multivariate as poly
from answers.algebra.identity_test import as_integer
from answers.algebra.quotient import Quotient
from answers.algebra.space import Finer, NoValue, Space
from answers.evaluation.evaluate import LIST, call, real
from answers.evaluation.precision import Undefined
from answers.normal_forms import (
    angles,
    complex_parts,
    exponentials,
    extremes,
    factorials,
    inverse_angles,
    radicals,
)
from answers.syntax.errors import TooLarge
from answers.syntax.functions.table import function_of
from answers.syntax.nodes import Add, Call, Div, Mul, Neg, Node, Num, Pow, Seq, Sym
from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from answers.algebra.multivariate import Balls, Poly

    Known = Mapping[str, Quotient]
    Join = Callable[..., Quotient]

MAX_TURNS = 12
_ARGUMENT = "\x1e"
_LARGEST_STEP = 10**9
_NONE: Known = {}
_RULES: dict[str, Callable[..., Quotient]] = {
    **radicals.RULES, **angles.RULES, **inverse_angles.RULES, **exponentials.RULES,
    **factorials.RULES, **complex_parts.RULES, **extremes.RULES,
}  # fmt: skip


def join_readings(
    nodes: Sequence[Node], join: Join, *, is_positive: bool
) -> tuple[Space, Quotient] | None:
    """Return what readings are joined to, in a space that is fine enough for all of them.

    Args:
        nodes: the readings.
        join: takes a space, and the quotient of each reading.
        is_positive: variables are positive.

    Returns:
        None where there is none, where it would be too large, or where they ask for the parts of
        numbers that need not be real: the rules take all for real.
    """
    if any(map(complex_parts.asks_for_parts, nodes)):
        return None
    for is_coarse in (False, True):
        found = _in_space(nodes, join, Space(is_positive=is_positive, is_coarse=is_coarse))
        if found is not None:
            return found
    return None


def _in_space(nodes: Sequence[Node], join: Join, space: Space) -> tuple[Space, Quotient] | None:
    for _ in range(MAX_TURNS):
        try:
            found = join(space, *[_quotient(space, node, _NONE) for node in nodes])
            return space, space.of(found.above, found.below)
        except Finer:
            space = space.again()
        except (TooLarge, NoValue):
            return None
    return None


def difference(one: Node, other: Node, *, is_positive: bool) -> tuple[Space, Quotient] | None:
    """Return the difference of two readings, as `join_readings`."""
    return join_readings((one, other), Space.minus, is_positive=is_positive)


@record
class Held:
    """A difference of two readings, and where it has a value.

    Attributes:
        facts: what must not be negative.
        poles: what must not be zero.
    """

    of: Quotient
    facts: Sequence[Poly]
    poles: Sequence[Poly]


def differences_by_points(
    pairs: Sequence[tuple[Node, Node]],
) -> tuple[Space, list[Held | None]]:
    """Return differences of readings in one space; None for one that has no value anywhere.

    Raises:
        TooLarge: it would be too much work.
    """
    space = Space(is_pointwise=True)
    for _ in range(MAX_TURNS):
        try:
            return space, [_held(space, *pair) for pair in pairs]
        except Finer:
            space = space.again()
    raise TooLarge


def _held(space: Space, one: Node, other: Node) -> Held | None:
    facts, poles = len(space.facts), len(space.poles)
    try:
        of = space.minus(_quotient(space, one, _NONE), _quotient(space, other, _NONE))
    except NoValue:
        return None
    return Held(space.of(of.above, of.below), space.facts[facts:], space.poles[poles:])


def complex_number(node: Node) -> tuple[Fraction, Fraction] | None:
    """Return real and imaginary part where both are rational; None where they are not."""
    made = join_readings((node,), lambda _, of: of, is_positive=False)
    if made is None or not made[1].below.is_constant():
        return None
    parts = [part.number() for part in complex_parts.parts(*made)]
    if None in parts:
        return None
    real, imaginary = (Fraction(int(c.numer()), int(c.denom())) for c in parts if c is not None)
    return real, imaginary


# -- by the node -----------------------------------------------------------------------------------


def _quotient(space: Space, node: Node, known: Known) -> Quotient:
    match node:
        case Num(value):
            return Quotient(poly.constant(value.numerator), poly.constant(value.denominator))
        case Sym(name):
            return known[name] if name in known else _symbol(space, name)
        case Add(terms):
            return reduce(space.plus, [_quotient(space, term, known) for term in terms])
        case Mul(factors):
            return reduce(space.times, [_quotient(space, factor, known) for factor in factors])
        case Neg(of):
            return _quotient(space, of, known).negative()
        case Div(above, below):
            divisor = _quotient(space, below, known)
            if space.is_pointwise:
                space.poles.append(divisor.above)
            return space.over(_quotient(space, above, known), divisor)
        case Pow(base, exponent):
            return _power(space, base, exponent, known)
        case Call(name, args):
            return _function(space, name, [_quotient(space, arg, known) for arg in args])
        case Seq(_, items, _):
            return _opaque(space, LIST, [_quotient(space, item, known) for item in items])
        case _:
            raise TooLarge


def _symbol(space: Space, name: str) -> Quotient:
    match name:
        case "e":
            return exponentials.exponential(space, space.one)
        case "pi":
            return space.pi()
        case "i":
            return space.imaginary()
        case "inf":
            raise TooLarge
        case _:
            return space.letter(name)


def _power(space: Space, base: Node, exponent: Node, known: Known) -> Quotient:
    if isinstance(base, Sym) and base.name == "e":
        return exponentials.exponential(space, _quotient(space, exponent, known))
    number = as_integer(exponent)
    under = _quotient(space, base, known)
    if number is not None:
        if space.is_pointwise and number <= 0:
            space.poles.append(under.above)
        return space.power(under, number)
    return exponentials.power(space, under, _quotient(space, exponent, known))


# -- functions -------------------------------------------------------------------------------------


def _function(space: Space, name: str, args: list[Quotient]) -> Quotient:
    rule = _RULES.get(name)
    function = function_of(name)
    if function.takes(len(args)):
        if rule is not None:
            return rule(space, *args)
        if function.definition is not None:
            names = tuple(f"{_ARGUMENT}{n}" for n in range(len(args)))
            written = _definition(name, names)
            return _quotient(space, written, dict(zip(names, args, strict=True)))
    return _opaque(space, name, args)


@lru_cache(maxsize=256)
def _definition(name: str, names: tuple[str, ...]) -> Node:
    """Return what a function of some letters is in other functions."""
    definition = function_of(name).definition
    if definition is None:
        raise TooLarge
    return definition(*map(Sym, names))


def _opaque(space: Space, name: str, args: Sequence[Quotient]) -> Quotient:
    """Return a function of which nothing is known here but its values."""
    if any(map(space.holds_imaginary, args)):
        raise TooLarge
    values = [arg.ball() for arg in args]

    def ball(known: Balls) -> arb:
        try:
            return real(call(name, [acb(value(known)) for value in values]))
        except Undefined:
            return arb("nan")

    if all(space.is_constant(side) for arg in args for side in (arg.above, arg.below)):
        value = ball(space.constants())
        if value.is_exact() and value.is_finite() and abs(value) < _LARGEST_STEP:
            return space.constant(value.fmpq())  # as floor(pi)
    return space.quotient((name, tuple(arg.key for arg in args)), ball)
