"""Rotary position embeddings of one pair of features."""

from __future__ import annotations

import cmath
from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import REAL, real, vector, whole
from solvers.graph.functions.real import ALL
from solvers.graph.note import Note
from solvers.graph.term import Apply, Condition, Term, Vector, equal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

SIN, COS = (next(f for f in ALL if f.name == name) for name in ("sin", "cos"))

rotary = Derivation(
    "rotary",
    "Rotary position embeddings of one pair of features",
    source="Su et al., RoFormer (2021), 3.2; Vaswani et al., Attention is all you need (2017), 3.5",
    notes=(
        Note(
            r"At position $m$ a pair $(x, y)$ turns counter-clockwise by the angle $m \theta_i$.",
            ("turned",),
        ),
    ),
)
rotary.input("width", "d", "features of a head", whole(2, 10**6))
rotary.input("pair", "i", "pair, counted from 0", whole(0, 10**6))
rotary.input("base", "b", "base", real("1.000001", "1e9"), default=10_000)
rotary.input("position", "m", "position of the query", whole(0, 10**7))
rotary.input("other", "n", "position of the key", whole(0, 10**7))
rotary.input("query", "q", "pair of the query", vector(REAL), element="q_{{{i}}}")
rotary.input("key", "k", "pair of the key", vector(REAL), element="k_{{{i}}}")


@rotary.requires("query and key are pairs")
def are_pairs(query: Vector, key: Vector) -> Condition:
    return equal((len(query) != 2) + (len(key) != 2), 0)


@rotary.quantity(r"\theta_i", "angle of a step")
def theta(base: Term, pair: Term, width: Term) -> Term:
    return 1 / base ** (2 * pair / width)


@rotary.quantity(r"\alpha", "angle of the query")
def angle(position: Term, theta: Term) -> Term:
    return position * theta


@rotary.quantity("q'", "query after the turn", element="q'_{{{i}}}")
def turned(angle: Term, query: Vector) -> Vector:
    cosine, sine = Apply(COS, (angle,)), Apply(SIN, (angle,))
    return (cosine * query[0] - sine * query[1], sine * query[0] + cosine * query[1])


@rotary.quantity(r"\delta", "angle between the two turns")
def between(position: Term, other: Term, theta: Term) -> Term:
    return (position - other) * theta


@rotary.quantity("s", "product of the turned query and the turned key")
def score(query: Vector, key: Vector, between: Term) -> Term:
    straight = query[0] * key[0] + query[1] * key[1]
    across = query[0] * key[1] - query[1] * key[0]
    return Apply(COS, (between,)) * straight + Apply(SIN, (between,)) * across


_wrong = rotary.mistake
_wrong(
    "turned_backwards",
    "the pair was turned the other way: the sign of the sine",
    share="0.25",
    angle=lambda position, theta: -(position * theta),
)
_wrong(
    "two_left_out",
    "the factor 2 was left out",
    share="0.25",
    theta=lambda base, pair, width: 1 / base ** (pair / width),
)
_wrong(
    "positions_added",
    "the positions were added; only their difference matters",
    share="0.25",
    between=lambda position, other, theta: (position + other) * theta,
)
_wrong(
    "not_turned",
    "the positions were left out of the product",
    score=lambda query, key: query[0] * key[0] + query[1] * key[1],
)


@rotary.proof
def by_complex_numbers(
    width: int,
    pair: int,
    base: Fraction,
    position: int,
    other: int,
    query: Sequence[Fraction],
    key: Sequence[Fraction],
) -> Mapping[str, object]:
    """Turn both pairs as complex numbers, each by its own angle, and multiply."""
    step = cmath.exp(-cmath.log(float(base)) * 2 * pair / width).real
    q, k = (complex(*map(float, part)) for part in (query, key))
    ahead, behind = q * cmath.exp(1j * position * step), k * cmath.exp(1j * other * step)
    return {
        "theta": step,
        "turned": [ahead.real, ahead.imag],
        "score": (ahead * behind.conjugate()).real,
    }
