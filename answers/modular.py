"""Exact identity testing: two expressions at random points modulo random primes.

A rational function is zero if it vanishes at enough random points of a large field (Schwartz and
Zippel). What is not rational (sin, an unknown F, a root) stands for an independent letter whose
value is a hash of the function's name and the residues of its arguments: equal arguments give
equal letters, so that `sigma(W x + b)` and `sigma(b + x W)` agree, while sin(2x) and 2 sin x cos x
are left to numerical evaluation.

Three points with primes above 2^61 and degrees below 10^12 leave a chance of error below 2^-60.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from answers.reading.tree import (
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
)

if TYPE_CHECKING:
    from collections.abc import Iterator

POINTS = 3
MAX_DEGREE = 10**12
_BASE = 1 << 61
# Offsets d for which 2^61 + d is prime and leaves 1 when divided by 4 (so that -1 has a root).
# Found by sympy.nextprime; the tests check them all.
_OFFSETS = (
    21, 57, 65, 197, 221, 305, 365, 429, 477, 545, 617, 645, 885, 965, 1049, 1161, 1257, 1305,
    1397, 1409, 1445, 1485, 1557, 1577, 1625, 1721, 1749, 1841, 1877, 1917, 1949, 1985, 2045,
    2145, 2177, 2369, 2421, 2457, 2477, 2577, 2597, 2877, 2961, 3069, 3149, 3189, 3201, 3257,
    3297, 3345, 3429, 3621, 3737, 3797, 3809, 3821, 3965, 3977, 4005, 4061, 4481, 4725, 4749,
    4797, 4829, 4917, 4929, 5105, 5109, 5141, 5177, 5301, 5337, 5397, 5441, 5481, 5529, 5769,
    5897, 5961, 6197, 6209, 6449, 6597, 6645, 6729, 6801, 6881, 6885, 6929, 6941, 6969, 7085,
    7101, 7197, 7205, 7217, 7277, 7281, 7361, 7409, 7449, 7497, 7701, 7925, 8345, 8505, 8537,
    8541, 8549, 8597, 8609, 8625, 8661, 8717, 8889, 8969, 9005, 9009, 9185, 9197, 9221, 9317,
    9617, 9621, 9837, 9977, 10017, 10061, 10077, 10157, 10241, 10301, 10325, 10461, 10469,
    10485, 10517, 10577, 10605, 10689, 10737, 10857, 10889, 10985, 10997, 11169, 11181, 11349,
    11357, 11585, 11805, 11981, 12357, 12365, 12369, 12389, 12557, 12645, 12657, 12741, 13181,
    13281, 13301, 13617, 13629, 13769, 13905, 14085, 14237, 14301, 14325, 14345, 14477, 14525,
    14697, 14709, 14841, 14849, 14865, 14885, 15089, 15201, 15245, 15401, 15437, 15477, 15789,
    15809, 15821, 15861, 15989, 16017, 16061, 16109, 16145, 16241, 16281, 16481, 16485, 16545,
    16697, 16797, 16869, 17205, 17237, 17361, 17369, 17517, 17537, 17549, 17685, 17849, 18041,
    18045, 18089, 18101, 18165, 18305, 18425, 18717, 18749, 18941, 19245, 19265, 19317, 19425,
    19541, 19557, 19565, 19581, 19937, 20037, 20097, 20141, 20169, 20285, 20549, 20609, 20649,
    20745, 20945, 21245, 21249, 21401, 21561, 21785, 21905, 22061, 22145, 22301, 22325, 22329,
    22389, 22409, 22445,
)  # fmt: skip


class NotRational(Exception):
    """A part of an expression has no residue here: a comparison, or a degree out of bounds."""


class Pole(Exception):
    """A point at which an expression divides by zero; another point is taken."""


class Field:
    """One prime field with a value for every letter."""

    def __init__(self, seed: bytes, number: int) -> None:
        self.seed = seed + bytes([number % 256, number // 256])
        pick = int.from_bytes(self._hash("prime"), "big")
        self.prime = _BASE + _OFFSETS[pick % len(_OFFSETS)]
        self.letters: dict[str, int] = {}

    def _hash(self, text: str) -> bytes:
        return hashlib.blake2b(text.encode(), key=self.seed[:64], digest_size=16).digest()

    def letter(self, name: str) -> int:
        """The value of a letter; `i` is a root of -1."""
        if name not in self.letters:
            value = int.from_bytes(self._hash(name), "big") % self.prime
            if name == "i":
                value = self._root_of_minus_one()
            self.letters[name] = value
        return self.letters[name]

    def _root_of_minus_one(self) -> int:
        quarter = (self.prime - 1) // 4
        return next(
            r
            for b in range(2, 100)
            if (r := pow(b, quarter, self.prime)) ** 2 % self.prime == self.prime - 1
        )

    def value(self, node: Node) -> int:
        """The residue of an expression.

        Raises:
            NotRational: the expression has none.
            Pole: it divides by zero at this point.
        """
        match node:
            case Num(value):
                return value.numerator * self._inverse(value.denominator) % self.prime
            case Sym(name):
                return self.letter(name)
            case Add(terms):
                return sum(map(self.value, terms)) % self.prime
            case Mul(factors):
                result = 1
                for factor in factors:
                    result = result * self.value(factor) % self.prime
                return result
            case Neg(of):
                return -self.value(of) % self.prime
            case Div(above, below):
                return self.value(above) * self._inverse(self.value(below)) % self.prime
            case Pow(base, exponent):
                return self._power(base, exponent)
            case Call(name, args):
                return self._opaque(name, args)
            case Seq(_, items, _):
                return self._opaque("list", items)
            case _:
                raise NotRational

    def _inverse(self, value: int) -> int:
        if value % self.prime == 0:
            raise Pole
        return pow(value, -1, self.prime)

    def _power(self, base: Node, exponent: Node) -> int:
        power = whole(exponent)
        if power is None:
            return self._opaque("^", (base, exponent))
        if abs(power) > MAX_DEGREE:
            raise NotRational
        value = self.value(base)
        if power < 0:
            return pow(self._inverse(value), -power, self.prime)
        if not value and not power:
            raise Pole
        return pow(value, power, self.prime)

    def _opaque(self, name: str, args: tuple[Node, ...]) -> int:
        residues = ",".join(str(self.value(arg)) for arg in args)
        return int.from_bytes(self._hash(f"{name}({residues})"), "big") % self.prime


def whole(node: Node) -> int | None:
    """The integer that an exponent is, if it is written as one."""
    match node:
        case Num(value) if value.denominator == 1:
            return value.numerator
        case Neg(of):
            inner = whole(of)
            return None if inner is None else -inner
        case Add(terms):
            parts = [whole(term) for term in terms]
            return None if None in parts else sum(p for p in parts if p is not None)
        case Mul(factors):
            result = 1
            for factor in factors:
                part = whole(factor)
                if part is None or abs(result * part) > MAX_DEGREE:
                    return None
                result *= part
            return result
        case Pow(base, exponent):
            under, over = whole(base), whole(exponent)
            if under is None or over is None or not 0 <= over <= 60 or abs(under) > 10**6:
                return None
            return int(min(under**over, MAX_DEGREE + 1))
        case _:
            return None


def degree(node: Node) -> int:
    """A bound for the degree of an expression, and of its numerator and denominator."""
    match node:
        case Num():
            return 0
        case Sym() | Call() | Seq():
            return 1
        case Add(parts) | Mul(parts):
            return sum(map(degree, parts))
        case Neg(of):
            return degree(of)
        case Div(above, below):
            return degree(above) + degree(below)
        case Pow(base, exponent):
            power = whole(exponent)
            return 1 if power is None else degree(base) * abs(power)
        case _:
            return 0


def fields(seed: bytes) -> Iterator[Field]:
    """Fields with independent primes and letters; the same seed gives the same fields."""
    for number in range(20):
        yield Field(seed, number)


def same(left: Node, right: Node, seed: bytes) -> bool | None:
    """Whether two expressions are the same function, their non-rational parts being letters.

    True is a proof but for a chance below 2^-60. False is a proof only where both are rational
    functions. None: cannot be decided here.
    """
    if degree(left) + degree(right) > MAX_DEGREE:
        return None
    agreed = 0
    for field in fields(seed):
        try:
            if field.value(left) != field.value(right):
                return False
        except Pole:
            continue
        except NotRational:
            return None
        agreed += 1
        if agreed == POINTS:
            return True
    return None


def is_rational(node: Node) -> bool:
    """Whether an expression is built from letters and numbers by + - * / and whole powers."""
    match node:
        case Num():
            return True
        case Sym(name):
            return name not in {"e", "pi", "i", "inf"}
        case Add(parts) | Mul(parts):
            return all(map(is_rational, parts))
        case Neg(of):
            return is_rational(of)
        case Div(above, below):
            return is_rational(above) and is_rational(below)
        case Pow(base, exponent):
            return is_rational(base) and whole(exponent) is not None
        case _:
            return False
