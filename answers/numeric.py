"""Numerical comparison of expressions: first in floats to find a difference, then to 60 digits.

A difference at one point refutes; agreement at several independent points to many digits proves,
but for a chance that is far below 2^-60 for functions that are analytic around the points. What
jumps or bends (abs, floor, max, ...) is looked at in more places.
"""

from __future__ import annotations

import hashlib
import math
import time
from dataclasses import dataclass, field, replace
from enum import Enum
from fractions import Fraction
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Protocol, TypeAlias

from answers.modular import whole
from answers.reading.tree import (
    CONSTANTS,
    Add,
    Call,
    Div,
    Mul,
    Neg,
    Node,
    Num,
    Pow,
    Seq,
    Sym,
    children,
    spelled,
    symbols,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

# Of this thread: how busy the machine is decides about no verdict.
SECONDS = 0.18
DIGITS = 50
POINTS = 2
MAX_DIGITS = 4_000
PRECISIONS = (DIGITS, 100, 200, 400, 1_000, MAX_DIGITS)
_TAME = frozenset({"abs", "tanh", "sigmoid", "atan", "erf", "sign", "relu", "max", "min"})
_BENT = frozenset({"abs", "floor", "ceil", "round", "sign", "max", "min", "mod", "relu", "sqrt",
                   "root", "re", "im", "conj", "arg", "cbrt"})  # fmt: skip


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


class Domain(Enum):
    """Where two expressions have to agree."""

    REAL = "real"
    POSITIVE = "positive"
    COMPLEX = "complex"


class Undefined(Exception):
    """An expression has no value at a point, or none that can be computed."""


class Found(Enum):
    """The outcome of a comparison."""

    SAME = "same"
    DIFFERENT = "different"
    UNDECIDED = "undecided"


Point: TypeAlias = "dict[str, tuple[Fraction, Fraction]]"


@dataclass(frozen=True)
class Comparison:
    """What was found, and where: the point and both values as text.

    Undecided with a point: there only one of them has a real value.

    Attributes:
        gap: how far apart the values are, as a part of the largest number met on the way.
    """

    found: Found
    point: str = ""
    left: str = ""
    right: str = ""
    gap: float = 0


@dataclass
class Evaluator:
    """Evaluates expressions at one point with one precision.

    Attributes:
        scale: the largest magnitude met on the way: how much rounding matters.
    """

    context: _Context
    point: Point
    scale: float = field(default=0.0)

    def value(self, node: Node) -> Number:
        """The value of an expression.

        Raises:
            Undefined: it has none here.
        """
        try:
            return self._value(node)
        except (ZeroDivisionError, ValueError, OverflowError, TypeError) as error:
            raise Undefined from error

    def _value(self, node: Node) -> Number:
        match node:
            case Num(number):
                value = self.context.number(number)
            case Sym(name):
                value = self._letter(name) if name in self.point else self.context.constant(name)
            case Add(terms):
                value = self._value(terms[0])
                for term in terms[1:]:
                    value = value + self._value(term)
            case Mul(factors):
                value = self._value(factors[0])
                for factor in factors[1:]:
                    value = value * self._value(factor)
            case Neg(of):
                return -self._value(of)
            case Div(above, below):
                value = self._value(above) / self._value(below)
            case Pow(base, exponent):
                powers = (self._value(base), self._value(exponent))
                value = self.context.power(*powers, whole(exponent))
            case Call(name, args):
                value = self.context.call(name, [self._value(arg) for arg in args])
            case Seq(_, items, _):
                value = self.context.call("list of", [self._value(item) for item in items])
            case _:
                raise Undefined
        magnitude = abs(value)
        if not magnitude <= self.context.ceiling:  # also catches nan
            raise Undefined
        self.scale = max(self.scale, magnitude)
        return value

    def _letter(self, name: str) -> Number:
        real, imaginary = self.point[name]
        return self.context.complex(real, imaginary)


class _Context:
    """Arithmetic and functions of one precision: mpmath's, with its arguments kept in bounds."""

    def __init__(self, digits: int) -> None:
        import mpmath  # noqa: PLC0415 - 40 ms, and most answers do not need it

        self.is_float = digits <= 15
        self.digits = digits
        self.ceiling = 1e300 if self.is_float else float("inf")
        if self.is_float:
            self.mp = mpmath.fp
        else:
            self.mp = mpmath.MPContext()
            self.mp.dps = digits
            self.ceiling = self.mp.mpf(10) ** 100_000

    def number(self, value: Fraction) -> Number:
        """An exact number."""
        if self.is_float:
            return value.numerator / value.denominator  # type: ignore[return-value]
        above, below = self.mp.mpf(value.numerator), self.mp.mpf(value.denominator)
        result: Number = above / below
        return result

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
        size = abs(base)
        if size and abs(exponent) * abs(self.mp.log(size)) > (700 if self.is_float else 2e5):
            raise Undefined
        if not size and (power is None or power <= 0):
            raise Undefined
        result: Number = base**power if power is not None else self.mp.power(base, exponent)  # type: ignore[operator]
        return result

    def call(self, name: str, args: list[Number]) -> Number:
        """A function of arguments; an unknown one is some smooth function of its own."""
        if name not in _TAME and any(abs(arg) > 1e5 for arg in args):
            raise Undefined
        function = _functions(self).get(name)
        if function is not None:
            return function(*args)
        return self._unknown(name, args)

    def _unknown(self, name: str, args: list[Number]) -> Number:
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
def context_of(digits: int) -> _Context:
    """The arithmetic of a precision: floats up to 15 digits, else mpmath."""
    return _Context(digits)


@cache
def _functions(context: _Context) -> Mapping[str, Callable[..., Number]]:
    mp = context.mp
    one = mp.mpf(1)

    def real(function: Callable[..., Number]) -> Callable[..., Number]:
        def checked(*args: Number) -> Number:
            if any(abs(arg.imag) > 1e-12 * (1 + abs(arg)) for arg in args):
                raise Undefined
            return function(*(mp.mpf(arg.real) for arg in args))

        return checked

    def root(x: Number, n: Number) -> Number:
        odd = not n.imag and n.real == int(n.real) and int(n.real) % 2 == 1
        if odd and not x.imag and x.real < 0:
            return -mp.power(-x, one / n)  # type: ignore[no-any-return]
        return mp.power(x, one / n)  # type: ignore[no-any-return]

    def inverse(function: Callable[..., Number]) -> Callable[..., Number]:
        return lambda x: function(one / x)

    def over(function: Callable[..., Number]) -> Callable[..., Number]:
        return lambda x: one / function(x)

    def logarithm(x: Number, base: Number | None = None) -> Number:
        if not abs(x):
            raise Undefined
        return mp.log(x) if base is None else mp.log(x) / mp.log(base)  # type: ignore[no-any-return]

    return {
        "sin": mp.sin, "cos": mp.cos, "tan": mp.tan, "cot": over(mp.tan), "sec": over(mp.cos),
        "csc": over(mp.sin), "asin": mp.asin, "acos": mp.acos, "atan": mp.atan,
        "acot": inverse(mp.atan), "asec": inverse(mp.acos), "acsc": inverse(mp.asin),
        "sinh": mp.sinh, "cosh": mp.cosh, "tanh": mp.tanh, "coth": over(mp.tanh),
        "sech": over(mp.cosh), "csch": over(mp.sinh),
        "asinh": lambda x: mp.log(x + mp.sqrt(x * x + one)),
        "acosh": lambda x: mp.log(x + mp.sqrt(x + one) * mp.sqrt(x - one)),
        "atanh": lambda x: (mp.log(one + x) - mp.log(one - x)) / 2,
        "exp": mp.exp, "ln": logarithm, "log": logarithm,
        "log10": lambda x: logarithm(x, mp.mpf(10)), "log2": lambda x: logarithm(x, mp.mpf(2)),
        "sqrt": mp.sqrt, "root": root, "cbrt": lambda x: root(x, mp.mpf(3)),
        "abs": lambda x: mp.mpf(abs(x)), "floor": real(mp.floor), "ceil": real(mp.ceil),
        "round": real(lambda x: mp.floor(x + one / 2)), "sign": real(mp.sign),
        "max": real(lambda *a: max(a)),
        "min": real(lambda *a: min(a)), "mod": real(lambda a, b: a - b * mp.floor(a / b)),
        "sigmoid": lambda x: one / (one + mp.exp(-x)), "relu": real(lambda x: max(x, mp.mpf(0))),
        "factorial": lambda x: mp.gamma(x + one), "binomial": lambda n, k: mp.gamma(n + one)
        / (mp.gamma(k + one) * mp.gamma(n - k + one)),
        "re": lambda x: mp.mpf(x.real), "im": lambda x: mp.mpf(x.imag), "conj": mp.conj,
        "arg": mp.arg, "erf": mp.erf, "degrees": lambda x: x * mp.pi / 180,
    }  # fmt: skip


# -- choosing points and comparing ---------------------------------------------------------------


def compare(left: Node, right: Node, domain: Domain, seed: bytes) -> Comparison:
    """Compares two expressions over a domain.

    Args:
        left: the student's expression, named "yours" in a counter-example.
        right: the expected one.
        domain: `REAL`: equal wherever both sides are real; `POSITIVE`: for positive letters;
            `COMPLEX`: for complex letters.
        seed: chooses the points.
    """
    deadline = time.thread_time() + SECONDS
    seen = _Traits.of(left, right)
    names = tuple(sorted(seen.names - CONSTANTS))
    is_real = bool(names) and domain is not Domain.COMPLEX and "i" not in seen.names
    wanted = 10 if seen.bends else 4
    plan = _Plan(names, domain, seed, wanted, seen.largest, is_real, deadline)
    return _compared(left, right, plan)


@dataclass
class _Traits:
    """What decides where two expressions are compared.

    Attributes:
        names: letters and constants.
        bends: something jumps or bends, so that more points are looked at.
        largest: the largest number: around it lies where |x - 100| bends.
    """

    names: set[str] = field(default_factory=set)
    bends: bool = False
    largest: int = 1

    @classmethod
    def of(cls, *nodes: Node) -> _Traits:
        """The traits of some expressions together."""
        found, stack = cls(), list(nodes)
        while stack:
            node = stack.pop()
            if isinstance(node, Sym):
                found.names.add(node.name)
            elif isinstance(node, Num):
                found.largest = max(found.largest, min(math.ceil(abs(node.value)), 10**6))
            else:
                found.bends = found.bends or _bends(node)
                stack.extend(children(node))
        return found


def _bends(node: Node) -> bool:
    if isinstance(node, Pow):
        return whole(node.exponent) is None and bool(symbols(node.base))
    return isinstance(node, Call) and node.name in _BENT


@dataclass(frozen=True)
class _Plan:
    """Where two expressions are compared.

    Attributes:
        wanted: at how many points they must agree in floats before digits are spent on them.
        span: the largest number in the expressions.
        is_real: points at which a side is not real are passed over.
    """

    names: tuple[str, ...]
    domain: Domain
    seed: bytes
    wanted: int
    span: int
    is_real: bool
    deadline: float

    def points(self) -> Iterator[Point]:
        """The points to try."""
        return points(self.names, self.domain, self.seed, 40 + self.wanted, self.span)


def _compared(left: Node, right: Node, plan: _Plan) -> Comparison:
    usable: list[tuple[float, Point]] = []
    one_sided: Comparison | None = None
    for point in plan.points():
        outcome = _at(left, right, point, 15, is_real=plan.is_real)
        if outcome.found is Found.DIFFERENT:
            return outcome
        if outcome.found is Found.SAME:
            usable.append((outcome.gap, point))
        elif outcome.point:
            one_sided = outcome
        if len(usable) >= plan.wanted or not plan.names:
            break
        if time.thread_time() > plan.deadline:
            return Comparison(Found.UNDECIDED)
    if one_sided and not usable:
        return replace(one_sided, found=Found.DIFFERENT)
    usable.sort(key=lambda pair: -pair[0])  # where floats are least sure, digits are spent first
    chosen = [point for _, point in usable]
    return _precisely(left, right, plan, chosen or list(islice(plan.points(), 12)))


def _precisely(left: Node, right: Node, plan: _Plan, chosen: list[Point]) -> Comparison:
    needed = DIGITS + 2 * max(_smallness(left), _smallness(right))
    if needed > MAX_DIGITS:
        return Comparison(Found.UNDECIDED)
    # Few precisions, since each has its own arithmetic.
    digits = next(step for step in PRECISIONS if step >= needed)
    agreed = 0
    for point in chosen:
        outcome = _at(left, right, point, digits, is_real=plan.is_real)
        if outcome.found is Found.DIFFERENT:
            return outcome
        agreed += outcome.found is Found.SAME
        if agreed >= POINTS:
            break
        if time.thread_time() > plan.deadline:
            return Comparison(Found.UNDECIDED)
    enough = agreed >= (POINTS if plan.names else 1)
    return Comparison(Found.SAME if enough else Found.UNDECIDED)


def _at(left: Node, right: Node, point: Point, digits: int, *, is_real: bool) -> Comparison:
    evaluator = Evaluator(context_of(digits), point)
    try:
        mine, theirs = evaluator.value(left), evaluator.value(right)
    except Undefined:
        return Comparison(Found.UNDECIDED)
    floats = digits <= 15
    noise = 1e-9 if floats else evaluator.context.mp.mpf(10) ** (10 - digits)
    limit = evaluator.scale * noise
    real = (_is_real(mine, limit), _is_real(theirs, limit))
    if is_real and not all(real):
        shown = (_shown_point(point), _shown(mine), _shown(theirs)) if any(real) else ()
        return Comparison(Found.UNDECIDED, *shown)
    difference = abs(mine - theirs)
    gap = float(difference / evaluator.scale) if floats and evaluator.scale else 0
    if difference <= limit:
        return Comparison(Found.SAME, gap=gap)
    if difference > evaluator.scale * (1e-6 if floats else noise * 1000):
        return Comparison(Found.DIFFERENT, _shown_point(point), _shown(mine), _shown(theirs))
    return Comparison(Found.SAME if floats else Found.UNDECIDED, gap=gap)


def _is_real(value: Number, limit: float) -> bool:
    return abs(value.imag) <= limit


def _smallness(node: Node) -> int:
    """How many digits the smallest or largest constant of an expression is away from 1."""
    match node:
        case Num(value):
            return len(str(value.denominator)) if value.denominator < 10**4000 else 4000
        case Pow(base, exponent):
            power = whole(exponent)
            inner = _smallness(base)
            if power is None or symbols(base):
                return max(inner, _smallness(exponent))
            return min(max(inner, _size(base)) * abs(power), MAX_DIGITS)
        case Call(_, args) if not symbols(node):
            # tanh(45) and tanh(81) differ in the 39th digit only.
            return max(map(_magnitude, args), default=0)
        case _:
            return max(map(_smallness, children(node)), default=0)


def _magnitude(node: Node) -> int:
    try:
        return math.ceil(min(abs(Evaluator(context_of(15), {}).value(node)), 500))
    except Undefined:
        return 500


def _size(node: Node) -> int:
    return len(str(node.value.numerator)) if isinstance(node, Num) else 1


def points(
    names: Sequence[str], domain: Domain, seed: bytes, count: int, span: int = 1
) -> Iterator[Point]:
    """Points to try: two with small numbers, good to read, then random ones of varied size.

    Args:
        names: the letters.
        domain: which values they may take.
        seed: chooses the random points.
        count: how many random points there are.
        span: the largest number in the expressions. Some points reach as far as twice this number,
            where |x - 100| bends; some stay so close to 0 that tanh(100 x) is not yet 1.
    """
    small = (2, 3, 5, 7, 4, 6, 8, 9, 10, 11, 12, 13)
    half = (Fraction(1, 2), Fraction(1, 3), Fraction(2, 3), Fraction(1, 4), Fraction(3, 4))
    zero = Fraction(0)
    if domain is not Domain.COMPLEX:
        yield {n: (Fraction(small[i % 12] + i // 12), zero) for i, n in enumerate(names)}
        yield {n: (half[i % 5] + i // 5, zero) for i, n in enumerate(names)}
    near, far = Fraction(1, min(span * span, 10**4)), Fraction(max(span, 12))
    one, three, twelve = Fraction(1), Fraction(3), Fraction(12)
    ranges = (
        (zero, near), (zero, three), (far, 2 * far), (far, 2 * far),
        (zero, twelve), (zero, near), (zero, one), (one, twelve),
    )  # fmt: skip
    for number in range(count):
        low, high = ranges[number % len(ranges)]
        # Bits of the number as signs, so that any two letters go through all four combinations.
        turn = number + number // len(ranges)
        point = {}
        for place, name in enumerate(names, 1):
            real, imaginary = _coordinate(f"{name}#{number}", seed, low, high)
            turned = (turn & place).bit_count() % 2 and domain is not Domain.POSITIVE
            is_complex = domain is Domain.COMPLEX
            point[name] = (-real if turned else real, imaginary if is_complex else zero)
        yield point


def _coordinate(
    label: str, seed: bytes, low: Fraction, high: Fraction
) -> tuple[Fraction, Fraction]:
    digest = hashlib.blake2b(label.encode(), key=seed[:64], digest_size=8).digest()
    a, b = (int.from_bytes(digest[i : i + 4], "big") for i in (0, 4))
    value = low + (high - low) * Fraction(a % 999_983 + 1, 1_000_003)
    return value, Fraction(b % 999_983 - 500_000, 300_007)


def _shown_point(point: Point) -> str:
    def text(real: Fraction, imaginary: Fraction) -> str:
        shown = str(real) if real.denominator < 100 else f"{float(real):.4g}"
        return shown + (f"{float(imaginary):+.4g}i" if imaginary else "")

    return ", ".join(f"{spelled(name)}={text(*value)}" for name, value in point.items())


def _shown(value: Number) -> str:
    real, imaginary = float(value.real), float(value.imag)
    shown = f"{real:.6g}"
    return shown if abs(imaginary) < 1e-12 * (abs(real) + 1) else f"{shown}{imaginary:+.6g}i"


def real_value(node: Node, digits: int = 60) -> Fraction | None:
    """A number without letters to many digits; None where it is not real or has no value."""
    evaluator = Evaluator(context_of(digits), {})
    try:
        value = evaluator.value(node)
    except Undefined:
        return None
    if abs(value.imag) > evaluator.scale * evaluator.context.mp.mpf(10) ** (10 - digits):
        return None
    text: str = evaluator.context.mp.nstr(value.real, digits, min_fixed=0, max_fixed=0)
    return Fraction(text)
