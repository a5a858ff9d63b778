"""Values of expressions at a point, in floats or to many digits."""

from __future__ import annotations

import hashlib
import math
from fractions import Fraction
from functools import cache, partial
from typing import TYPE_CHECKING, Protocol, TypeAlias

from answers.algebra.identity_test import whole
from answers.algebra.rational_value import MAX_BITS
from answers.evaluation.cost import COSTS, Traits
from answers.syntax.functions.table import EXP, function_of
from answers.syntax.nodes import CONSTANTS, Add, Call, Div, Mul, Neg, Node, Num, Pow, Seq, Sym

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from answers.evaluation.sample_points import Point

_LARGEST_WHOLE = 10**12
_LARGE = 10**10


class Number(Protocol):
    """A complex number of either precision."""

    real: float
    imag: float

    def __abs__(self) -> float: ...
    def __add__(self, other: Number) -> Number: ...
    def __sub__(self, other: Number) -> Number: ...
    def __mul__(self, other: Number) -> Number: ...
    def __truediv__(self, other: Number) -> Number: ...
    def __neg__(self) -> Number: ...


class Undefined(Exception):
    """An expression has no value at a point, or none that can be computed."""


class Evaluator:
    """One point at which formulas are evaluated with one precision.

    Attributes:
        letters: the values of the letters.
        scale: the largest magnitude met on the way: how much rounding matters.
    """

    __slots__ = ("ceiling", "context", "letters", "scale")

    def __init__(self, context: Context, point: Point) -> None:
        self.context = context
        self.letters = {name: context.complex(*value) for name, value in point.items()}
        self.ceiling = context.ceiling
        self.scale = context.zero

    def value(self, formula: Formula) -> Number:
        """The value of a formula.

        Raises:
            Undefined: it has none here.
        """
        try:
            return formula(self)
        except (KeyError, ZeroDivisionError, ValueError, OverflowError, TypeError) as error:
            raise Undefined from error

    def kept(self, value: Number) -> Number:
        """A value on the way, measured."""
        magnitude = abs(value)
        if not magnitude <= self.scale:  # also where it is nan
            if not magnitude <= self.ceiling:
                raise Undefined
            self.scale = magnitude
        return value


Formula: TypeAlias = "Callable[[Evaluator], Number]"


def formula(node: Node, context: Context) -> Formula:
    """An expression made ready for many points."""
    try:
        return _formula(node, context)
    except (Undefined, ZeroDivisionError, ValueError, OverflowError, TypeError):
        return _undefined


def _undefined(_: Evaluator) -> Number:
    raise Undefined


def _formula(node: Node, context: Context) -> Formula:
    match node:
        case Num(number):
            return _constant(context.number(number), context)
        case Sym(name) if name in CONSTANTS:
            return _constant(context.constant(name), context)
        case Sym(name):
            return lambda at: at.kept(at.letters[name])
        case Add((first, *rest)):
            return _sum(_formula(first, context), [_formula(part, context) for part in rest])
        case Mul((first, *rest)):
            return _product(_formula(first, context), [_formula(part, context) for part in rest])
        case Neg(of):
            inner = _formula(of, context)
            return lambda at: -inner(at)
        case Div(above, below):
            over, under = _formula(above, context), _formula(below, context)
            return lambda at: at.kept(over(at) / under(at))
        case Pow(Sym("e"), exponent) if whole(exponent) is None:
            return _call(EXP.name, (exponent,), context)
        case Pow(base, exponent):
            under, over, power = (
                _formula(base, context),
                _formula(exponent, context),
                whole(exponent),
            )
            return lambda at: at.kept(context.power(under(at), over(at), power))
        case Call(name, args):
            return _call(name, args, context)
        case Seq(_, items, _):
            return _call("list of", items, context)
        case _:
            raise Undefined


def _constant(value: Number, context: Context) -> Formula:
    magnitude = abs(value)
    if not magnitude <= context.ceiling:
        raise Undefined

    def constant(at: Evaluator) -> Number:
        if magnitude > at.scale:  # noqa: PLR1730 - max() takes thrice the time here
            at.scale = magnitude
        return value

    return constant


def _call(name: str, args: tuple[Node, ...], context: Context) -> Formula:
    steps = [_formula(arg, context) for arg in args]
    function = context.function(name)
    reach = context.ceiling if function_of(name).takes_large else context.reach

    def within(value: Number) -> Number:
        if abs(value) > reach:
            raise Undefined
        return value

    if len(steps) == 1:
        step = steps[0]
        return lambda at: at.kept(function(within(step(at))))
    return lambda at: at.kept(function(*[within(step(at)) for step in steps]))


def _sum(first: Formula, rest: list[Formula]) -> Formula:
    def value(at: Evaluator) -> Number:
        total = first(at)
        for step in rest:
            total = total + step(at)
        return at.kept(total)

    return value


def _product(first: Formula, rest: list[Formula]) -> Formula:
    def value(at: Evaluator) -> Number:
        result = first(at)
        for step in rest:
            result = result * step(at)
        return at.kept(result)

    return value


class Context:
    """Arithmetic and functions of one precision: mpmath's, with its arguments kept in bounds.

    Attributes:
        zero: the number, as all others here, in this precision.
        ceiling: nothing is larger.
        reach: the largest argument of a function that is not tame.
        noise: what rounding may add up to, as a part of the largest number met on the way.
        plain_bases: from and to: their small powers are numbers of ordinary size.
    """

    def __init__(self, digits: int) -> None:
        import mpmath  # noqa: PLC0415 - 40 ms, and most answers do not need it

        self.is_float = digits <= 15
        self.digits = digits
        self.largest_power = 1_000 if self.is_float else 300_000
        self.mp = mpmath.fp
        if not self.is_float:
            self.mp = mpmath.MPContext()
            self.mp.dps = digits
        number = self.mp.mpf
        self.zero = number(0)
        self.ceiling = 1e300 if self.is_float else number(10) ** 100_000
        self.reach = number(10**5)
        self.noise = 1e-9 if self.is_float else number(10) ** (10 - digits)
        large = number(10) ** (4 if self.is_float else 1_000)
        self.plain_bases = 1 / large, large
        self._prepared: dict[str, Callable[..., Number]] = {}

    def digits_lost(self, scale: float, size: float) -> int:
        """How many digits are lost where a number on the way is far larger than what comes out.

        Beside it, anything would be taken for rounding. What comes out may be no more than that, so
        the same is asked again with these digits, until nothing smaller than 1/scale is hidden.
        """
        if scale <= _LARGE * max(size, 1):
            return 0
        lost: float = self.mp.log10(scale / max(size, 1 / scale))
        return math.ceil(lost)

    def number(self, value: Fraction) -> Number:
        """An exact number."""
        above, below = value.as_integer_ratio()
        if self.is_float:
            return above / below  # type: ignore[return-value]
        whole: Number = self.mp.mpf(above)
        return whole if below == 1 else whole / self.mp.mpf(below)

    def exact(self, number: float) -> Fraction:
        """A real number as a fraction, without its last digits: what is 4 but for rounding is 4.

        Raises:
            Undefined: it is so large or so small that nobody could write it out.
        """
        if self.is_float:
            return Fraction(number)
        if number and abs(self.mp.mag(number)) > MAX_BITS:
            raise Undefined
        return Fraction(self.mp.nstr(number, self.digits - 5, min_fixed=0, max_fixed=0))

    def complex(self, real: Fraction, imaginary: Fraction) -> Number:
        """A complex number; a real one where the imaginary part is zero."""
        if not imaginary:
            return self.number(real)
        result: Number = self.mp.mpc(self.number(real), self.number(imaginary))
        return result

    def constant(self, name: str) -> Number:
        """One of the constants e, i, pi."""
        values = {"e": self.mp.e, "pi": self.mp.pi, "i": self.mp.mpc(0, 1)}
        if name not in values:
            raise Undefined
        return values[name] * self.mp.mpf(1)  # type: ignore[no-any-return]

    def power(self, base: Number, exponent: Number, power: int | None) -> Number:
        """A power; a whole exponent is taken exactly."""
        if power is not None and abs(power) > _LARGEST_WHOLE:
            raise Undefined
        size = abs(base)
        low, high = self.plain_bases
        if power is not None and -70 < power < 70 and low < size < high:
            return base**power  # type: ignore[operator, no-any-return]
        # A bound for the logarithm to base 2, without taking one.
        if size and abs(exponent) * (abs(self.mp.mag(size)) - 1) > self.largest_power:
            raise Undefined
        if not size and (power is None or power <= 0):
            raise Undefined
        result: Number = base**power if power is not None else self.mp.power(base, exponent)  # type: ignore[operator]
        return result

    def function(self, name: str) -> Callable[..., Number]:
        """What a name stands for; one that is unknown is some smooth function of its own."""
        known = function_of(name)
        if known.evaluate is None:
            if known.exact is not None:
                raise Undefined
            return partial(self._unknown, name)
        if name not in self._prepared:
            values = known.evaluate(self.mp)
            self._prepared[name] = self._of_reals(values) if known.is_real else values
        return self._prepared[name]

    def _of_reals(self, function: Callable[..., Number]) -> Callable[..., Number]:
        """Return a function that has no value for arguments that are not real."""

        def checked(*args: Number) -> Number:
            if any(abs(arg.imag) > 1e-12 * (1 + abs(arg)) for arg in args):
                raise Undefined
            return function(*(self.mp.mpf(arg.real) for arg in args))

        return checked

    def _unknown(self, name: str, *args: Number) -> Number:
        total = self.number(Fraction(0))
        for place, arg in enumerate(args):
            a, b, c = _coefficients(f"{name}/{len(args)}/{place}")
            wave = self.mp.sin(self.number(a) * arg + self.number(b))
            total = total + self.number(c) * wave + self.number(b) * arg * arg
        return total


@cache
def _coefficients(name: str) -> tuple[Fraction, Fraction, Fraction]:
    digest = hashlib.blake2b(name.encode(), digest_size=6).digest()
    first, second, third = (int.from_bytes(digest[i : i + 2], "big") for i in (0, 2, 4))
    return Fraction(first + 1, 40_009), Fraction(second + 1, 50_021), Fraction(third + 1, 30_011)


@cache
def context_of(digits: int) -> Context:
    """The arithmetic of a precision: floats up to 15 digits, else mpmath."""
    return Context(digits)


def real_parts(node: Node, at: Iterable[Point]) -> Iterator[float | None]:
    """The real part of an expression in floats at each point; None where it has no value."""
    floats = context_of(15)
    prepared = formula(node, floats)
    for point in at:
        try:
            yield Evaluator(floats, point).value(prepared).real
        except Undefined:
            yield None


def real_value(node: Node, digits: int = 60) -> Fraction | None:
    """A number without letters to many digits; None where it is not real or has no value."""
    value = complex_value(node, digits)
    return None if value is None or value[1] else value[0]


def complex_value(node: Node, digits: int = 60) -> tuple[Fraction, Fraction] | None:
    """The real and imaginary part of a number; None where it has letters or no value."""
    context = context_of(digits)
    evaluator = Evaluator(context, {})
    try:
        value = evaluator.value(formula(node, context))
        needed = 60 + context.digits_lost(evaluator.scale, abs(value))
        if needed > max(digits, 60):
            more = next((step for step in COSTS if step >= needed), None)
            is_affordable = more is not None and Traits.of(node).affordable(more) > 0
            return complex_value(node, more) if more and is_affordable else None
        is_real = abs(value.imag) <= evaluator.scale * context.noise
        return context.exact(value.real), Fraction(0) if is_real else context.exact(value.imag)
    except Undefined:
        return None
