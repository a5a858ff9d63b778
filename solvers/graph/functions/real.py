"""Functions of a scientific calculator and of statistics, computed by mpmath to all digits kept."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias

from examgen.ground.errors import DerivationError
from solvers.graph.functions.arithmetic import MAX_ARGUMENT, Function
from solvers.graph.number import CONTEXT, PRECISION, Exact, approx_text, to_decimal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import ModuleType

    from mpmath.ctx_mp_python import mpf

    Computed: TypeAlias = Callable[[ModuleType, Sequence[mpf]], object]
    Evaluate: TypeAlias = Callable[[Sequence[Exact]], Exact]

WORKING = PRECISION + 25
# Where a decimal is a multiple of pi/12, it is one to so many digits.
_SNAP = Decimal(10) ** -(PRECISION + 5)
_HALF = Fraction(1, 2)
_LARGEST = MAX_ARGUMENT**3
# The multiples of pi/12 at which these are rational; the others repeat them.
_SINES = {0: Fraction(0), 2: _HALF, 6: Fraction(1), 10: _HALF, 12: Fraction(0)}
_TANGENTS = {0: Fraction(0), 3: Fraction(1), 9: Fraction(-1)}


def _mpmath() -> ModuleType:
    """Return mpmath, which takes 30 ms to import and which few questions need."""
    return import_module("mpmath")


def _computed(name: str, value: Computed) -> Evaluate:
    """Return a function by what mpmath computes; DerivationError where that is no real number."""

    def evaluate(args: Sequence[Exact]) -> Exact:
        mpmath = _mpmath()
        with mpmath.workdps(WORKING):
            given = [mpmath.mpf(str(to_decimal(arg))) for arg in args]
            try:
                found = value(mpmath, given)
            except (ValueError, ZeroDivisionError, OverflowError) as error:
                raise _not_real(name, args) from error
            if isinstance(found, mpmath.mpc) or not mpmath.isfinite(found):
                raise _not_real(name, args)
            return CONTEXT.plus(Decimal(mpmath.nstr(found, WORKING, strip_zeros=False)))

    return evaluate


def _not_real(name: str, args: Sequence[Exact]) -> DerivationError:
    shown = ", ".join(approx_text(arg, 6) for arg in args)
    return DerivationError(f"{name}({shown}) is not a real number")


def _real(name: str, known: Mapping[Fraction, Fraction] | None = None) -> Evaluate:
    """Return a function of mpmath, with the arguments at which it is rational.

    Args:
        name: in mpmath.
        known: its rational values, by the rational arguments.
    """
    computed = _computed(name, lambda mpmath, args: getattr(mpmath, name)(args[0]))
    rational = known or {}

    def evaluate(args: Sequence[Exact]) -> Exact:
        value = args[0]
        if not -_LARGEST < value < _LARGEST:
            raise DerivationError(f"{name}({approx_text(value, 6)}) is out of range")
        found = rational.get(value) if isinstance(value, Fraction) else None
        return computed(args) if found is None else found

    return evaluate


@cache
def pi_value() -> Decimal:
    """Return pi, to all digits that are kept."""
    mpmath = _mpmath()
    with mpmath.workdps(WORKING):
        return Decimal(mpmath.nstr(+mpmath.pi, WORKING, strip_zeros=False))


def _twelfths(value: Exact) -> int | None:
    """Return how many twelfths of pi an argument is; None where it is no whole number of them."""
    if isinstance(value, Fraction):
        return None if value else 0
    times = CONTEXT.divide(CONTEXT.multiply(value, 12), CONTEXT.plus(pi_value()))
    whole = times.to_integral_value()
    slack = CONTEXT.multiply(_SNAP, max(abs(whole), Decimal(1)))
    return int(whole) if abs(CONTEXT.subtract(times, whole)) < slack else None


def _sine(place: int) -> Fraction | None:
    """Return the sine of so many twelfths of pi, where it is rational."""
    place %= 24
    value = _SINES.get(place % 12)
    return value if value is None or place < 12 else -value


_SIN, _COS, _TAN = map(_real, ("sin", "cos", "tan"))


def _sin(args: Sequence[Exact]) -> Exact:
    place = _twelfths(args[0])
    value = None if place is None else _sine(place)
    return _SIN(args) if value is None else value


def _cos(args: Sequence[Exact]) -> Exact:
    place = _twelfths(args[0])
    value = None if place is None else _sine(place + 6)
    return _COS(args) if value is None else value


def _tan(args: Sequence[Exact]) -> Exact:
    place = _twelfths(args[0])
    if place is not None and place % 12 == 6:
        raise _not_real("tan", args)
    value = None if place is None else _TANGENTS.get(place % 12)
    return _TAN(args) if value is None else value


def _log2(args: Sequence[Exact]) -> Exact:
    value = args[0]
    if value <= 0:
        raise _not_real("log2", args)
    if isinstance(value, Fraction) and 1 in {value.numerator, value.denominator}:
        power = value.numerator.bit_length() - value.denominator.bit_length()
        if value == Fraction(2) ** power:
            return Fraction(power)
    return CONTEXT.divide(CONTEXT.ln(to_decimal(value)), CONTEXT.ln(Decimal(2)))


def _cbrt(args: Sequence[Exact]) -> Exact:
    value = args[0]
    if isinstance(value, Fraction):
        above, below = (_whole_root(part) for part in (abs(value.numerator), value.denominator))
        if above is not None and below is not None:
            return Fraction(above if value > 0 else -above, below)
    return _computed("cbrt", lambda mp, x: mp.sign(x[0]) * mp.cbrt(abs(x[0])))(args)


def _whole_root(number: int) -> int | None:
    """Return the cube root of a whole number where it is whole.

    >>> _whole_root(10**60), _whole_root(9)
    (100000000000000000000, None)
    """
    low, high = 0, 1 << (number.bit_length() // 3 + 1)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if middle**3 < number else (low, middle)
    return low if low**3 == number else None


def _normal_cdf(mpmath: ModuleType, args: Sequence[mpf]) -> object:
    return mpmath.ncdf(args[0])


def _normal_quantile(mpmath: ModuleType, args: Sequence[mpf]) -> object:
    if not 0 < args[0] < 1:
        raise ValueError
    return mpmath.sqrt(2) * mpmath.erfinv(2 * args[0] - 1)


def _t_cdf(mpmath: ModuleType, args: Sequence[mpf]) -> mpf:
    t, freedom = args
    if freedom <= 0:
        raise ValueError
    tail = mpmath.betainc(freedom / 2, 0.5, 0, freedom / (freedom + t * t), regularized=True) / 2
    return 1 - tail if t > 0 else tail


def _chi2_cdf(mpmath: ModuleType, args: Sequence[mpf]) -> mpf:
    x, freedom = args
    if freedom <= 0 or x < 0:
        raise ValueError
    return mpmath.gammainc(freedom / 2, 0, x / 2, regularized=True)


def _quantile(cdf: Callable[[ModuleType, Sequence[mpf]], mpf], *, least: int) -> Computed:
    """Return the quantile of a distribution, by bisection and then by the secant method."""

    def value(mpmath: ModuleType, args: Sequence[mpf]) -> object:
        share, freedom = args
        if not 0 < share < 1 or freedom <= 0:
            raise ValueError
        low, high = mpmath.mpf(least), mpmath.mpf(1)
        while cdf(mpmath, (low, freedom)) > share:
            low *= 2
        while cdf(mpmath, (high, freedom)) < share:
            high *= 2
        for _ in range(4):
            middle = (low + high) / 2
            is_left = cdf(mpmath, (middle, freedom)) < share
            low, high = (middle, high) if is_left else (low, middle)
        return mpmath.findroot(
            lambda x: cdf(mpmath, (x, freedom)) - share, (low, high), solver="anderson"
        )

    return value


def _in_brackets(name: str) -> str:
    return rf"\{name}\left({{}}\right)"


def _upright(name: str) -> str:
    return rf"\operatorname{{{{{name}}}}}\left({{}}\right)"


_ZERO_TO_ZERO = {Fraction(0): Fraction(0)}
_ZERO_TO_ONE = {Fraction(0): Fraction(1)}
_ONE_TO_ZERO = {Fraction(1): Fraction(0)}
PI = Function("pi", lambda _: pi_value(), r"\pi", count=0, text="π")
E = Function("e", lambda _: CONTEXT.exp(Decimal(1)), "e", count=0, text="e", sympy="E")
CONSTANTS = (PI, E)
ALL = (
    Function("sin", _sin, _in_brackets("sin")),
    Function("cos", _cos, _in_brackets("cos")),
    Function("tan", _tan, _in_brackets("tan")),
    Function("asin", _real("asin", _ZERO_TO_ZERO), _in_brackets("arcsin")),
    Function("acos", _real("acos", _ONE_TO_ZERO), _in_brackets("arccos")),
    Function("atan", _real("atan", _ZERO_TO_ZERO), _in_brackets("arctan")),
    Function("sinh", _real("sinh", _ZERO_TO_ZERO), _in_brackets("sinh")),
    Function("cosh", _real("cosh", _ZERO_TO_ONE), _in_brackets("cosh")),
    Function("asinh", _real("asinh", _ZERO_TO_ZERO), _upright("arsinh")),
    Function("acosh", _real("acosh", _ONE_TO_ZERO), _upright("arcosh")),
    Function("atanh", _real("atanh", _ZERO_TO_ZERO), _upright("artanh")),
    Function("log2", _log2, r"\log_{{2}}\left({}\right)"),
    Function("cbrt", _cbrt, r"\sqrt[3]{{{}}}", text="∛({})"),
    Function("normal_cdf", _computed("normal_cdf", _normal_cdf), r"\Phi\left({}\right)"),
    Function(
        "normal_quantile",
        _computed("normal_quantile", _normal_quantile),
        r"\Phi^{{-1}}\left({}\right)",
    ),
    Function("t_cdf", _computed("t_cdf", _t_cdf), r"F_{{t}}\left({}\right)", count=2),
    Function(
        "t_quantile",
        _computed("t_quantile", _quantile(_t_cdf, least=-1)),
        r"F_{{t}}^{{-1}}\left({}\right)",
        count=2,
    ),
    Function("chi2_cdf", _computed("chi2_cdf", _chi2_cdf), r"F_{{\chi^2}}\left({}\right)", count=2),
    Function(
        "chi2_quantile",
        _computed("chi2_quantile", _quantile(_chi2_cdf, least=0)),
        r"F_{{\chi^2}}^{{-1}}\left({}\right)",
        count=2,
    ),
)
