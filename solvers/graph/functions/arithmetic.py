"""The functions a formula may use besides arithmetic: how each is computed and printed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.ground.errors import DerivationError
from solvers.graph.number import CONTEXT, Exact, to_decimal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MAX_ARGUMENT = 10_000
SATURATED = 100  # tanh differs from 1 by e^-200, beyond the last digit
NEGLIGIBLE = -35


@dataclass(frozen=True)
class Function:
    """A named function of exact numbers.

    Attributes:
        name: as it is written in a formula.
        evaluate: from the arguments' values to the function's value.
        latex: a format with `{}` in place of the arguments (joined by commas), or with `{0}`, `{1}`
            in the places of each.
        count: how many arguments it takes; None for one or more.
        rounds: floor and ceil: printed together with what they round in a worked step.
        picks: the first argument, which is 1 or 0, picks one of the other two.
        binds: how tightly it binds as it is printed: -1 as a comparison, 3 as one letter.
        inside: how tightly its arguments have to bind; those that bind less get brackets.
        text: as `latex`, for terminals; by default its name and brackets.
        is_silent: an algorithm finds its value, and a worked step would say nothing.
        sympy: its name in SymPy where that is another one.
    """

    name: str
    evaluate: Callable[[Sequence[Exact]], Exact]
    latex: str
    count: int | None = 1
    rounds: bool = False
    picks: bool = False
    binds: int = 3
    inside: int = 0
    text: str = ""
    sympy: str = ""
    is_silent: bool = False


def _floor(args: Sequence[Exact]) -> Exact:
    return Fraction(math.floor(args[0]))


def _ceil(args: Sequence[Exact]) -> Exact:
    return Fraction(math.ceil(args[0]))


def _abs(args: Sequence[Exact]) -> Exact:
    value = args[0]
    return _opposite(value) if value < 0 else value


def _opposite(value: Exact) -> Exact:
    # Without the context, arithmetic on decimals falls back to Python's 28 digits.
    return -value if isinstance(value, Fraction) else CONTEXT.minus(value)


def _min(args: Sequence[Exact]) -> Exact:
    return min(args, key=to_decimal)


def _max(args: Sequence[Exact]) -> Exact:
    return max(args, key=to_decimal)


def _relu(args: Sequence[Exact]) -> Exact:
    return args[0] if args[0] > 0 else Fraction(0)


def _sqrt(args: Sequence[Exact]) -> Exact:
    return root_power(args[0], Fraction(1, 2))


def root_power(base: Exact, exponent: Fraction) -> Exact:
    """Return a power with a broken exponent: exact for square roots of squares, else 65 digits."""
    if base < 0:
        raise DerivationError(f"{base} has no real power {exponent}")
    if isinstance(base, Fraction) and exponent.denominator == 2:
        above, below = math.isqrt(base.numerator), math.isqrt(base.denominator)
        if above**2 == base.numerator and below**2 == base.denominator:
            return Fraction(above, below) ** exponent.numerator
    if exponent == Fraction(1, 2):
        return CONTEXT.sqrt(to_decimal(base))
    return CONTEXT.power(to_decimal(base), to_decimal(exponent))


def _exponential(value: Exact) -> Decimal:
    if not -MAX_ARGUMENT <= value <= MAX_ARGUMENT:
        raise DerivationError(f"exp({value}) is out of range")
    return CONTEXT.exp(to_decimal(value))


def _exp(args: Sequence[Exact]) -> Exact:
    return _exponential(args[0]) if args[0] else Fraction(1)


def _log10(args: Sequence[Exact]) -> Exact:
    if args[0] <= 0:
        raise DerivationError(f"log10({args[0]}) is not a real number")
    result = CONTEXT.log10(to_decimal(args[0]))
    whole = int(result)
    return Fraction(whole) if args[0] == Fraction(10) ** whole else result


def _ln(args: Sequence[Exact]) -> Exact:
    if args[0] <= 0:
        raise DerivationError(f"ln({args[0]}) is not a real number")
    return Fraction(0) if args[0] == 1 else CONTEXT.ln(to_decimal(args[0]))


def _tanh(args: Sequence[Exact]) -> Exact:
    value = to_decimal(args[0])
    if not value:
        return Fraction(0)
    if abs(value) > SATURATED:
        return Decimal(1).copy_sign(value)
    if value.adjusted() < NEGLIGIBLE:
        return value  # the cubic term of the series is beyond the last digit
    # (e^2x - 1) / (e^2x + 1) cancels near zero: work with as many more digits as are lost.
    context = CONTEXT.copy()
    context.prec += max(-value.adjusted(), 0) + 2
    square = context.exp(context.multiply(value, 2))
    return CONTEXT.divide(context.subtract(square, 1), context.add(square, 1))


def _sigmoid(args: Sequence[Exact]) -> Exact:
    if not args[0]:
        return Fraction(1, 2)
    return CONTEXT.divide(Decimal(1), CONTEXT.add(Decimal(1), _exponential(_opposite(args[0]))))


FLOOR = Function("floor", _floor, r"\left\lfloor {} \right\rfloor", rounds=True, text="⌊{}⌋")
CEIL = Function(
    "ceil", _ceil, r"\left\lceil {} \right\rceil", rounds=True, text="⌈{}⌉", sympy="ceiling"
)
SQRT = Function("sqrt", _sqrt, r"\sqrt{{{}}}", text="√({})")
EXP = Function("exp", _exp, r"\exp\left({}\right)")
LOG10 = Function("log10", _log10, r"\log_{{10}}\left({}\right)")
LN = Function("ln", _ln, r"\ln\left({}\right)", sympy="log")
TANH = Function("tanh", _tanh, r"\tanh\left({}\right)")
SIGMOID = Function("sigmoid", _sigmoid, r"\sigma\left({}\right)", text="σ({})")
RELU = Function("relu", _relu, r"\operatorname{{ReLU}}\left({}\right)")
ABS = Function("abs", _abs, r"\left| {} \right|", text="|{}|", sympy="Abs")
MIN = Function("min", _min, r"\min\left({}\right)", count=None, sympy="Min")
MAX = Function("max", _max, r"\max\left({}\right)", count=None, sympy="Max")
ALL = (FLOOR, CEIL, SQRT, EXP, LOG10, LN, TANH, SIGMOID, RELU, ABS, MIN, MAX)
