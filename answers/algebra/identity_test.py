"""Exact identity testing: two expressions at a random point modulo a random prime.

A rational function is zero if it vanishes at a random point of a large field (Schwartz and
Zippel). What is not rational (sin, an unknown F, a root) stands for an independent letter whose
value is a hash of the function's name and the residues of its arguments: equal arguments give
equal letters, so that `sigma(W x + b)` and `sigma(b + x W)` agree, while sin(2x) and 2 sin x cos x
are left to numerical evaluation.

A prime above 2^127 and degrees below 10^19 leave a chance of error below 2^-63 at one point. The
prime is one of 200, chosen by a hash of both sides, so that no coefficient can be aimed at it.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from answers.syntax.nodes import (
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

MAX_DEGREE = 10**19
_BASE = 1 << 127
# Offsets d for which 2^127 + d is prime and leaves 1 when divided by 4 (so that -1 has a root).
# Found by sympy.nextprime; the tests check them all.
_OFFSETS = (
    29, 45, 65, 101, 273, 485, 545, 581, 681, 993, 1281, 1301, 1421, 1509, 1749, 1893, 1989,
    2345, 2349, 2549, 2825, 3101, 3125, 3353, 3413, 3669, 4113, 4361, 4641, 5001, 5393, 5481,
    5685, 6225, 6369, 6509, 6665, 6981, 7461, 7521, 7533, 7613, 7725, 7865, 7905, 7941, 7965,
    8021, 8165, 8409, 8873, 9033, 9305, 9333, 9605, 9689, 9725, 9909, 10149, 10209, 10265,
    10613, 10713, 11033, 11253, 11441, 11613, 11673, 11685, 12069, 12201, 12321, 12473, 12593,
    12981, 12993, 13385, 13833, 14013, 14021, 14141, 14165, 14409, 14501, 14585, 14829, 14853,
    14949, 15233, 15581, 15609, 15861, 15905, 15933, 16001, 16101, 16193, 16389, 16545, 16781,
    16869, 17049, 17073, 17849, 17889, 18125, 18141, 18161, 18365, 18549, 18573, 18809, 18845,
    18885, 19145, 19505, 19553, 19673, 19769, 19965, 20133, 20325, 20421, 20565, 20601, 20769,
    20829, 20985, 21149, 21225, 21305, 21821, 21945, 22029, 22421, 22793, 23589, 23613, 23673,
    23765, 23781, 23801, 24285, 24881, 24929, 24933, 25241, 25281, 25413, 25449, 25481, 25533,
    25605, 25901, 26289, 26589, 26733, 26813, 26853, 27213, 27621, 27645, 28001, 28053, 28125,
    28205, 28305, 28413, 28629, 28701, 28853, 29225, 29301, 29493, 29705, 29789, 29805, 30033,
    30053, 30233, 30281, 30545, 30621, 30725, 30729, 30893, 31125, 31133, 31413, 31905, 32805,
    32901, 33333, 33365, 33453, 34041, 34625, 34713, 34769, 34821,
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
        """Return the value of a letter; `i` is a root of -1."""
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
        """Return the residue of an expression.

        Raises:
            NotRational: the expression has none.
            Pole: it divides by zero at this point.
        """
        match node:
            case Num(value) if value.denominator == 1:
                return value.numerator % self.prime
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
        power = as_integer(exponent)
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


def as_integer(node: Node) -> int | None:
    """Return the integer that an exponent is, if it is written as one."""
    match node:
        case Num(value) if value.denominator == 1:
            return value.numerator
        case Neg(of):
            inner = as_integer(of)
            return None if inner is None else -inner
        case Add(terms):
            parts = [as_integer(term) for term in terms]
            return None if None in parts else sum(p for p in parts if p is not None)
        case Mul(factors):
            result = 1
            for factor in factors:
                part = as_integer(factor)
                if part is None or abs(result * part) > MAX_DEGREE:
                    return None
                result *= part
            return result
        case Pow(base, exponent):
            under, over = as_integer(base), as_integer(exponent)
            if under is None or over is None or not 0 <= over <= 60 or abs(under) > 10**6:
                return None
            return int(min(under**over, MAX_DEGREE + 1))
        case _:
            return None


def degree(node: Node) -> int:
    """Return a bound for the degree of an expression, and of its numerator and denominator."""
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
            power = as_integer(exponent)
            return 1 if power is None else degree(base) * abs(power)
        case _:
            return 0


def fields(seed: bytes) -> Iterator[Field]:
    """Yield fields with independent primes and letters; the same seed gives the same fields."""
    for number in range(20):
        yield Field(seed, number)


def are_identical(left: Node, right: Node, seed: bytes) -> bool | None:
    """Return whether two expressions are the same function, their non-rational parts being letters.

    True is a proof but for a chance below 2^-63. False is a proof only where both are rational
    functions. None: cannot be decided here.
    """
    if degree(left) + degree(right) > MAX_DEGREE:
        return None
    for field in fields(seed):
        try:
            return field.value(left) == field.value(right)
        except Pole:
            continue
        except NotRational:
            return None
    return None


def is_rational(node: Node) -> bool:
    """Return whether it is built of variables and numbers by + - * / and integer powers."""
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
            return is_rational(base) and as_integer(exponent) is not None
        case _:
            return False
