"""Functions of whole numbers, of signs and places, and of truth: exact for exact arguments."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.ground.errors import DerivationError
from solvers.graph.functions.arithmetic import Function
from solvers.graph.number import CONTEXT, Exact, approx_text, to_decimal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MAX_FACTORIAL = 2_000
_MOST_PLACES = 40


def _whole(name: str, args: Sequence[Exact], least: int | None = None) -> list[int]:
    """Return arguments as whole numbers; DerivationError where one is none, or too small."""
    for value in args:
        is_whole = isinstance(value, Fraction) and value.denominator == 1
        if not is_whole or (least is not None and value < least):
            kind = "whole numbers" if least is None else f"whole numbers from {least} on"
            raise DerivationError(f"{name} is of {kind}, not of {approx_text(value, 6)}")
    return [int(value) for value in args]


def _factorial(args: Sequence[Exact]) -> Exact:
    (n,) = _whole("factorial", args, 0)
    if n > MAX_FACTORIAL:
        raise DerivationError(f"factorial({n}) has too many digits; the largest is {MAX_FACTORIAL}")
    return Fraction(math.factorial(n))


def _binomial(args: Sequence[Exact]) -> Exact:
    n, k = _whole("binomial", args, 0)
    if min(k, n - k) > MAX_FACTORIAL:
        raise DerivationError(f"binomial({n}, {k}) has too many digits")
    return Fraction(math.comb(n, k))


def _gcd(args: Sequence[Exact]) -> Exact:
    return Fraction(math.gcd(*_whole("gcd", args)))


def _lcm(args: Sequence[Exact]) -> Exact:
    return Fraction(math.lcm(*_whole("lcm", args)))


def _mod(args: Sequence[Exact]) -> Exact:
    value, by = args
    if not by:
        raise DerivationError("a formula divides by zero for these inputs")
    if isinstance(value, Fraction) and isinstance(by, Fraction):
        return value - by * math.floor(value / by)
    one, two = to_decimal(value), to_decimal(by)
    times = Decimal(math.floor(CONTEXT.divide(one, two)))
    return CONTEXT.subtract(one, CONTEXT.multiply(two, times))


def _round(args: Sequence[Exact]) -> Exact:
    """Return a number rounded to decimal places, a half away from zero as at school."""
    if len(args) > 2:
        raise DerivationError("round takes a number and how many decimal places are kept")
    (places,) = _whole("round", args[1:] or [Fraction(0)])
    if abs(places) > _MOST_PLACES:
        raise DerivationError(f"round to {places} places; at most {_MOST_PLACES} are kept")
    value = args[0] if isinstance(args[0], Fraction) else Fraction(args[0])
    scaled = abs(value) * Fraction(10) ** places
    size = Fraction(math.floor(scaled + Fraction(1, 2))) / Fraction(10) ** places
    return size if value >= 0 else -size


def _sign(args: Sequence[Exact]) -> Exact:
    return Fraction((args[0] > 0) - (args[0] < 0))


def _middle(args: Sequence[Exact]) -> Exact:
    """Return the median: the middle one of the ordered values, or halfway between two."""
    ordered, half = sorted(args, key=to_decimal), len(args) // 2
    if len(args) % 2:
        return ordered[half]
    low, high = ordered[half - 1], ordered[half]
    if isinstance(low, Fraction) and isinstance(high, Fraction):
        return (low + high) / 2
    return CONTEXT.divide(CONTEXT.add(to_decimal(low), to_decimal(high)), 2)


def _at(args: Sequence[Exact]) -> Exact:
    """Return the value at a place, counted from 1, of the ordered ones."""
    (place,) = _whole("the place", args[:1], 1)
    return sorted(args[1:], key=to_decimal)[place - 1]


def _relation(sign: str, holds: Callable[[Decimal | Fraction, Decimal | Fraction], bool],
              latex: str, text: str) -> Function:  # fmt: skip
    def evaluate(args: Sequence[Exact]) -> Exact:
        left, right = args
        if not (isinstance(left, Fraction) and isinstance(right, Fraction)):
            left, right = to_decimal(left), to_decimal(right)
        return Fraction(holds(left, right))

    return Function(sign, evaluate, f"{{0}} {latex} {{1}}", count=2, binds=-1,
                    inside=0, text=f"{{0}} {text} {{1}}")  # fmt: skip


def _joining(word: str, holds: Callable[[Sequence[Exact]], bool]) -> Function:
    def evaluate(args: Sequence[Exact]) -> Exact:
        return Fraction(holds(args))

    return Function(word, evaluate, rf"{{0}} \text{{{{ {word} }}}} {{1}}", count=2, binds=-1,
                    inside=-1, text=f"{{0}} {word} {{1}}")  # fmt: skip


def _pick(args: Sequence[Exact]) -> Exact:
    return args[1] if args[0] else args[2]


RELATIONS = {
    relation.name: relation
    for relation in (
        _relation("<", lambda a, b: a < b, "<", "<"),
        _relation("<=", lambda a, b: a <= b, r"\le", "≤"),
        _relation(">", lambda a, b: a > b, ">", ">"),
        _relation(">=", lambda a, b: a >= b, r"\ge", "≥"),
        _relation("==", lambda a, b: a == b, "=", "="),
        _relation("!=", lambda a, b: a != b, r"\ne", "≠"),
    )
}
AND, OR = _joining("and", all), _joining("or", any)
NOT = Function(
    "not", lambda args: Fraction(not args[0]), r"\neg\left({0}\right)", binds=-1, text="not ({0})"
)
IF = Function(
    "if",
    _pick,
    r"\begin{{cases}} {1} & {0} \\ {2} & \text{{else}} \end{{cases}}",
    count=3,
    picks=True,
    inside=-1,
    text="({1} if {0}, else {2})",
)
ORDERED = Function("ordered", _at, r"x_{{({0})}}", count=None)
MEDIAN = Function("median", _middle, r"\operatorname{{med}}\left({}\right)", count=None)
ALL = (
    Function("factorial", _factorial, "{0}!", inside=3, text="{0}!"),
    Function("binomial", _binomial, r"\binom{{{0}}}{{{1}}}", count=2),
    Function("gcd", _gcd, r"\gcd\left({}\right)", count=None),
    Function("lcm", _lcm, r"\operatorname{{lcm}}\left({}\right)", count=None),
    Function(
        "mod", _mod, r"{0} \bmod {1}", count=2, binds=-1, inside=1, text="{0} mod {1}", sympy="Mod"
    ),
    Function("round", _round, r"\operatorname{{round}}\left({}\right)", count=None),
    Function("sign", _sign, r"\operatorname{{sgn}}\left({}\right)"),
    MEDIAN,
)
