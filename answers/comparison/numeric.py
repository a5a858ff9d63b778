"""Numerical comparison of expressions: first in floats to find a difference, then to 60 digits.

A difference at one point refutes; agreement at several independent points to many digits proves,
but for a chance that is far below 2^-60 for functions that are analytic around the points. What
jumps or bends (abs, floor, max, ...) is looked at in more places.
"""

from __future__ import annotations

import math
from dataclasses import replace
from enum import Enum
from functools import cached_property
from itertools import cycle, islice
from typing import TYPE_CHECKING

from answers.algebra.identity_test import whole
from answers.comparison.branches import unseen_branches
from answers.comparison.breakpoints import points_in_pieces
from answers.comparison.saturation import gentle_points, is_gentle, steep_arguments, steepness
from answers.evaluation.cost import COSTS, DIGITS, FLOATS, MAX_DIGITS, Traits
from answers.evaluation.evaluate import Evaluator, Number, Undefined, context_of, formula
from answers.evaluation.sample_points import Domain, Point, points, shown_point
from answers.syntax.nodes import CONSTANTS, Call, Node, Num, Pow, children, symbols
from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.evaluation.evaluate import Context, Formula

POINTS = 2
GENTLE_POINTS = 4
SMOOTH_POINTS = 4
BENT_POINTS = 48  # where it is not known on which sides of what bends they lie
BESIDE_POINTS = 8  # of several letters beside those near what bends: one in each range
SPARE_POINTS = 40  # where a side has no value, another is taken
MAX_LINES = 4
_SMALL = 2  # points with small numbers, good to read
_ORDINARY = 10**8  # larger constants need more digits from the first


class Found(Enum):
    """The outcome of a comparison."""

    SAME = "same"
    DIFFERENT = "different"
    UNDECIDED = "undecided"


@record
class Comparison:
    """What was found, and where: the point and both values as text.

    Undecided with a point: there only one of them has a real value.

    Attributes:
        gap: how far apart the values are, as a part of the largest number met on the way.
        is_partial: they agree, but not everywhere they could differ.
        digits: how many it takes to say that they agree, beside the largest number on the way.
    """

    found: Found
    point: str = ""
    left: str = ""
    right: str = ""
    gap: float = 0
    is_partial: bool = False
    digits: int = 0


_UNKNOWN = Comparison(Found.UNDECIDED)


def compare(left: Node, right: Node, domain: Domain, seed: bytes) -> Comparison:
    """Compares two expressions over a domain.

    Args:
        left: the student's expression, named "yours" in a counter-example.
        right: the expected one.
        domain: `REAL`: equal wherever both sides are real; `POSITIVE`: for positive letters;
            `COMPLEX`: for complex letters.
        seed: chooses the points.
    """
    seen = Traits.of(left, right)
    names = tuple(sorted(seen.names - CONSTANTS))
    is_real = bool(names) and domain is not Domain.COMPLEX and "i" not in seen.names
    is_bent = seen.bends or (seen.is_cut and (domain is Domain.COMPLEX or "i" in seen.names))
    plan = _Plan((left, right), names, domain, seed, seen, is_real=is_real, is_bent=is_bent)
    found = _compared(plan)
    if found.found is Found.UNDECIDED and is_real:
        # (-1)^n is real at too few points to tell; where it is not, it can be compared as well.
        anywhere = _compared(replace(plan, is_real=False))
        return anywhere if anywhere.found is Found.SAME else found
    return found


@record
class _Plan:
    """Where two expressions are compared.

    Attributes:
        sides: both expressions.
        names: their letters.
        traits: of both together.
        is_real: points at which a side is not real are passed over.
        is_bent: both sides of what bends are looked at.
    """

    sides: tuple[Node, Node]
    names: tuple[str, ...]
    domain: Domain
    seed: bytes
    traits: Traits
    is_real: bool
    is_bent: bool

    def points(self) -> Iterator[Point]:
        """The points to try; the first ones have small numbers."""
        anywhere = self.anywhere(self.most)
        yield from islice(anywhere, _SMALL)
        yield from self.pieces or ()
        yield from anywhere

    @property
    def most(self) -> int:
        """How many points are tried at random."""
        return SPARE_POINTS + (BENT_POINTS if self.is_bent else SMOOTH_POINTS)

    def anywhere(self, count: int) -> Iterator[Point]:
        """Points that are chosen blindly."""
        return points(self.names, self.domain, self.seed, count, self.traits.largest)

    @cached_property
    def pieces(self) -> list[Point] | None:
        """Points between what bends; None where it is not known where that is."""
        if not self.is_bent or self.domain is Domain.COMPLEX or len(self.names) > MAX_LINES:
            return None
        count = 2 * len(self.names) if len(self.names) > 1 else 1
        lines = list(zip(cycle(self.names), self.anywhere(count), strict=False))[:count]
        return points_in_pieces(self.sides, lines, self.domain, self.seed)

    def is_enough(self, tried: int, agreed: int) -> bool:
        """Whether digits may be spent on two sides that agree in floats."""
        if not self.names:
            return True
        if tried <= _SMALL:
            return False
        if not self.is_bent:
            return agreed >= SMOOTH_POINTS
        if self.pieces is None:
            return agreed >= BENT_POINTS
        beside = 0 if len(self.names) == 1 else BESIDE_POINTS
        return tried >= _SMALL + len(self.pieces) + beside and agreed >= SMOOTH_POINTS


def _compared(plan: _Plan) -> Comparison:
    usable: list[tuple[float, Point]] = []
    one_sided: Comparison | None = None
    floats = _Pair.of(plan.sides, FLOATS, is_real=plan.is_real)
    affordable = plan.traits.affordable(FLOATS)
    for tried, point in enumerate(islice(plan.points(), affordable), 1):
        outcome = floats.at(point)
        if outcome.found is Found.DIFFERENT:
            return outcome
        if outcome.found is Found.SAME:
            usable.append((outcome.gap, point))
        elif outcome.point:
            one_sided = outcome
        if plan.is_enough(tried, len(usable)):
            break
    else:
        if affordable < plan.most:
            return _UNKNOWN
    if one_sided and not usable:
        return replace(one_sided, found=Found.DIFFERENT)
    usable.sort(key=lambda pair: -pair[0])  # where floats are least sure, digits are spent first
    chosen = [point for _, point in usable] or list(islice(plan.points(), 12))
    found = _precisely(plan, chosen)
    if found.found is Found.SAME and plan.is_bent:
        return _in_branches(plan, floats, chosen)
    return found


def _in_branches(plan: _Plan, floats: _Pair, chosen: list[Point]) -> Comparison:
    """What two sides that agree at some points are where other branches of theirs hold."""
    if len(plan.names) == 1 and plan.pieces is not None:
        return Comparison(Found.SAME)
    others = list(plan.anywhere(BENT_POINTS))
    is_sure = True
    for there in unseen_branches(plan.sides, chosen, others, plan.domain):
        for outcome in map(floats.at, there):
            if outcome.found is Found.DIFFERENT:
                return outcome
        is_sure &= bool(there)
    return Comparison(Found.SAME if is_sure else Found.UNDECIDED, is_partial=not is_sure)


def _precisely(plan: _Plan, chosen: list[Point]) -> Comparison:
    needed = DIGITS + 2 * max(map(_smallness, plan.sides))
    if needed > MAX_DIGITS:
        return Comparison(Found.UNDECIDED)
    # Few precisions, since each has its own arithmetic.
    digits = next(step for step in COSTS if step >= needed)
    pair = _Pair.of(plan.sides, digits, is_real=plan.is_real)
    agreed: list[Point] = []
    for point in chosen[: plan.traits.affordable(digits)]:
        outcome = pair.at(point)
        used = digits
        while outcome.found is Found.SAME and outcome.digits > used:
            used = outcome.digits
            outcome = _at_digits(plan, used, point)
        if outcome.found is Found.DIFFERENT:
            return outcome
        if outcome.found is Found.SAME:
            agreed.append(point)
        if len(agreed) >= POINTS:
            break
    if len(agreed) < (POINTS if plan.names else 1):
        return Comparison(Found.UNDECIDED)
    return _where_gentle(plan, pair, agreed, chosen)


def _where_gentle(plan: _Plan, pair: _Pair, agreed: list[Point], chosen: list[Point]) -> Comparison:
    """What two sides that agree at some points are where no function of theirs is at a limit."""
    left = plan.traits.affordable(pair.context.digits)
    for inner in dict.fromkeys(steep_arguments(plan.sides)):
        if is_gentle(inner, agreed):
            continue
        left -= GENTLE_POINTS
        if left < 0:
            return Comparison(Found.UNDECIDED, is_partial=True)
        tried = islice(gentle_points(inner, chosen, plan.domain, plan.seed), GENTLE_POINTS)
        outcomes = list(map(pair.at, tried)) or [_with_its_digits(plan, inner, chosen)]
        for outcome in outcomes:
            if outcome.found is Found.DIFFERENT:
                return outcome
        if not any(outcome.found is Found.SAME for outcome in outcomes):
            return Comparison(Found.UNDECIDED, is_partial=True)
    return Comparison(Found.SAME)


def _with_its_digits(plan: _Plan, inner: Node, chosen: list[Point]) -> Comparison:
    """As many digits as show how close a function is to its limit, where that is least close."""
    sizes = list(steepness(inner, chosen))
    least = min(sizes)
    # e^-2u is 10^-0.87u
    return _at_digits(plan, DIGITS + least, chosen[sizes.index(least)])


def _at_digits(plan: _Plan, needed: float, point: Point) -> Comparison:
    """The comparison at a point to so many digits, if they can be afforded."""
    digits = next((step for step in COSTS if step >= needed), MAX_DIGITS)
    if needed > MAX_DIGITS or not plan.traits.affordable(digits):
        return _UNKNOWN
    return _Pair.of(plan.sides, digits, is_real=plan.is_real).at(point)


@record
class _Pair:
    """Two expressions made ready for one precision."""

    left: Formula
    right: Formula
    context: Context
    is_real: bool

    @classmethod
    def of(cls, sides: tuple[Node, Node], digits: int, *, is_real: bool) -> _Pair:
        context = context_of(digits)
        mine, theirs = (formula(side, context) for side in sides)
        return cls(mine, theirs, context, is_real)

    def at(self, point: Point) -> Comparison:
        """Compares them at one point."""
        evaluator = Evaluator(self.context, point)
        try:
            mine, theirs = evaluator.value(self.left), evaluator.value(self.right)
        except Undefined:
            return _UNKNOWN
        floats, scale = self.context.is_float, evaluator.scale
        limit = scale * self.context.noise
        real = (_is_real(mine, limit), _is_real(theirs, limit))
        if self.is_real and not all(real):
            shown = (shown_point(point), _shown(mine), _shown(theirs)) if any(real) else ()
            return Comparison(Found.UNDECIDED, *shown)
        difference = abs(mine - theirs)
        gap = float(difference / scale) if floats and scale else 0
        if difference <= limit:
            size = max(abs(mine), abs(theirs))
            lost = 0 if floats else self.context.digits_lost(scale, size)
            return Comparison(Found.SAME, gap=gap, digits=DIGITS + lost)
        if difference > limit * 1000:
            values = _shown_apart(mine, theirs, self.context)
            return Comparison(Found.DIFFERENT, shown_point(point), *values)
        return Comparison(Found.SAME if floats else Found.UNDECIDED, gap=gap)


def _is_real(value: Number, limit: float) -> bool:
    return abs(value.imag) <= limit


def _smallness(node: Node) -> int:
    """How many digits the smallest or largest constant of an expression is away from 1."""
    match node:
        case Num(value):
            above = 0 if abs(value.numerator) < _ORDINARY else _digits(value.numerator)
            below = 0 if value.denominator == 1 else _digits(value.denominator)
            return min(max(above, below), MAX_DIGITS)
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
    floats = context_of(FLOATS)
    try:
        return math.ceil(min(abs(Evaluator(floats, {}).value(formula(node, floats))), 500))
    except Undefined:
        return 500


def _size(node: Node) -> int:
    return _digits(node.value.numerator) if isinstance(node, Num) else 1


def _digits(number: int) -> int:
    """How many decimal digits a number has, or one more."""
    return number.bit_length() * 3011 // 10_000 + 1


def _shown_apart(mine: Number, theirs: Number, context: Context) -> tuple[str, str]:
    """Two different values with as many digits as it takes to see it, or how far apart they are."""
    for figures in (6, 15):
        shown = _shown(mine, figures), _shown(theirs, figures)
        if shown[0] != shown[1]:
            return shown
    apart = context.mp.nstr(abs(mine - theirs), 2)
    return _shown(mine), f"{_shown(theirs)} ({apart} away)"


def _shown(value: Number, figures: int = 6) -> str:
    real, imaginary = float(value.real), float(value.imag)
    shown = f"{real:.{figures}g}"
    is_real = abs(imaginary) < 1e-12 * (abs(real) + 1)
    return shown if is_real else f"{shown}{imaginary:+.{figures}g}i"
