"""Functions of balls: what rows of the table of functions are computed with.

A ball is a number with a bound for its error (Arb, a part of FLINT). A function of a ball is a ball
that holds all values; where there are none, or where they have no bound, it is not finite.
"""

from __future__ import annotations

from functools import reduce

from flint import acb, arb, fmpq, fmpz

sin, cos, tan = acb.sin, acb.cos, acb.tan
cot, sec, csc = acb.cot, acb.sec, acb.csc
asin, acos, atan = acb.asin, acb.acos, acb.atan
sinh, cosh, tanh = acb.sinh, acb.cosh, acb.tanh
coth, sech, csch = acb.coth, acb.sech, acb.csch
asinh = acb.asinh
exp, log, erf = acb.exp, acb.log, acb.erf
conj, floor, ceil = acb.conjugate, arb.floor, arb.ceil

_HALF = fmpq(1, 2)
_MAX_INDEX = 1 << 20
_MAX_POWER = 10**12


def pi() -> arb:
    """Return pi."""
    return arb.pi()


def number(value: int) -> arb:
    """Return a real number."""
    return arb(value)


def log_to(x: acb, base: acb | int) -> acb:
    """Return a logarithm to a base."""
    return x.log() / acb(base).log()


def gamma(x: acb) -> acb:
    """Return the gamma function."""
    return x.gamma()


def factorial(x: acb) -> acb:
    """Return the factorial."""
    return (x + 1).gamma()


def binomial(n: acb, k: acb) -> acb:
    """Return a binomial coefficient."""
    return (n + 1).gamma() * (k + 1).rgamma() * (n - k + 1).rgamma()


def absolute(x: acb) -> acb:
    """Return the absolute value."""
    return acb(abs(x))


def real(x: acb) -> acb:
    """Return the real part."""
    return acb(x.real)


def imaginary(x: acb) -> acb:
    """Return the imaginary part."""
    return acb(x.imag)


def argument(x: acb) -> acb:
    """Return the argument, which zero has none of."""
    return acb("nan") if x.contains(0) else acb(x.arg())


def acosh(x: acb) -> acb:
    """Return the inverse of cosh."""
    return (x + sqrt(x + 1) * sqrt(x - 1)).log()


def atanh(x: acb) -> acb:
    """Return the inverse of tanh."""
    return ((1 + x).log() - (1 - x).log()) / 2


def sign(x: arb) -> arb:
    """Return 1, 0 or -1."""
    if x > 0 or x < 0:
        return arb(1 if x > 0 else -1)
    return arb(0) if x.is_zero() else arb(-1).union(arb(1))


def largest(*args: arb) -> arb:
    """Return the largest of some numbers."""
    return reduce(arb.max, args)


def smallest(*args: arb) -> arb:
    """Return the smallest of some numbers."""
    return reduce(arb.min, args)


def nearest(x: arb) -> arb:
    """Return the nearest whole number, the larger of two."""
    return (x + arb(_HALF)).floor()


def modulo(a: arb, b: arb) -> arb:
    """Return the remainder with the sign of the divisor."""
    return a - b * (a / b).floor()


def sqrt(x: acb) -> acb:
    """Return the principal square root."""
    return power(x, acb(arb(_HALF))) if x.contains(0) else x.sqrt()


def root(x: acb, n: acb) -> acb:
    """Return a root: the real one of an odd index of a real number, else the principal one."""
    index = _whole(n)
    if index is None or index % 2 == 0:
        return power(x, 1 / n)
    return real_root(x, index)


def real_root(x: acb, index: int) -> acb:
    """Return a root of an odd index, which negative numbers have, too."""
    if not x.imag.is_zero() or x.real > 0:
        return power(x, 1 / acb(index))
    if x.real < 0:
        size = (-x.real).root(abs(index))
        return -acb(size if index > 0 else 1 / size)
    if index < 0:
        return acb("nan")
    size = abs(x).upper().root(index)
    return acb((-size).union(size))


def _whole(x: acb) -> int | None:
    """Return the whole number that a ball is; None where it is none of ordinary size."""
    if not x.imag.is_zero() or not x.real.is_exact() or not abs(x.real) < _MAX_INDEX:
        return None
    found = x.real.unique_fmpz()
    return None if found is None else int(found)


def power(base: acb, exponent: acb) -> acb:
    """Return the principal value of a power."""
    if not base.contains(0):
        return base**exponent
    if not exponent.real > 0:
        return acb("nan")
    size = abs(base).upper() ** exponent.real
    if base.imag.is_zero() and base.real >= 0:
        return acb(size.union(arb(0)))
    whole = (-size).union(size)
    return acb(whole, whole)


def whole_power(base: acb, exponent: int) -> acb:
    """Return a power with a whole exponent; zero has none that are not positive."""
    if abs(exponent) > _MAX_POWER or (exponent <= 0 and base.contains(0)):
        return acb("nan")
    return base ** fmpz(exponent)
