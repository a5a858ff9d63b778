"""Compare two values: a counter-example is certain, or there is none.

Two values differ where the intervals that hold them do not meet. They are the same where they are
exactly equal, or agree at every random point to 60 digits, which `numbers.proves_zero` may confirm.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any, TypeAlias

from mpmath import iv

from examgen.audit.numbers import DIGITS, Undefined, exact, interval
from examgen.audit.reading import Node, NotRead

Options: TypeAlias = Mapping[str, Any]
POINTS, TRIES = 6, 30


@dataclass(frozen=True)
class Finding:
    """The result of a comparison, and how it is known.

    Attributes:
        zero: an expression that is zero if they are the same, where points alone say so.
    """

    same: bool
    how: str
    zero: Node | None = None

    @property
    def is_certain(self) -> bool:
        """Return whether it is known without points at random."""
        return not self.same or self.how in {EXACTLY, WITHIN}


EXACTLY, WITHIN, DIGITS_AGREE = "exactly", "within the tolerance", f"at points, to {DIGITS} digits"
DIFFERENT = Finding(same=False, how="different for certain")


def has(node: Node, ops: frozenset[str]) -> bool:
    """Return whether one of these occurs."""
    return node.op in ops or any(has(part, ops) for part in node.args)


def _depth(node: Node) -> int:
    return 1 + max(map(_depth, node.args), default=0) if node.op == "list" else 0


def same(right: Node, given: Node, options: Options) -> Finding:
    """Compare values, and flat or nested lists of them place by place."""
    if right.op == "list" or given.op == "list":
        lists = [node.op == "list" for node in (right, given)]
        if not all(lists) or _depth(right) != _depth(given):
            raise NotRead("another number of brackets")
        if options.keys() & {"sigfigs", "decimals", "accuracy", "log10"}:
            raise NotRead("several numbers that are rounded")
        if len(right.args) != len(given.args):
            return DIFFERENT
        pairs = zip(right.args, given.args, strict=True)
        found = [same(one, other, options) for one, other in pairs]
        return next((item for item in found if not item.same or not item.is_certain), found[0])
    if right.names() | given.names():
        return same_expression(right, given, options)
    return close(right, given, options)


def close(right: Node, given: Node, options: Options, worth: Fraction = Fraction(1)) -> Finding:
    """Compare numbers within the tolerance; `worth` is the unit of `abs`."""
    wanted, value = exact(right), exact(given)
    if wanted is None or value is None:
        return _close_intervals(right, given, options)
    if "log10" in options:
        same = _decades(value, wanted, tolerance(options, "log10"))
    elif places := _places(wanted, options):
        same = not places[0] or _rounded(value, places[1]) == _rounded(wanted, places[1])
    else:
        slack = tolerance(options, "rel") * abs(wanted) + tolerance(options, "abs") * worth
        same = abs(value - wanted) <= slack
    how = EXACTLY if value == wanted else WITHIN
    return Finding(same, how if same else DIFFERENT.how)


def tolerance(options: Options, name: str) -> Fraction:
    """Return a tolerance, or nothing where there is none."""
    text = str(options.get(name, 0)).strip()
    try:
        return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)
    except ValueError as error:
        raise NotRead(f"the option {name}") from error


def _places(wanted: Fraction, options: Options) -> tuple[bool, int] | None:
    """Return to how many decimal places values have to agree, by decimals or figures."""
    if "decimals" in options:
        return True, int(options["decimals"])
    figures = options.get("accuracy", options.get("sigfigs"))
    if figures is None or "rel" in options or "abs" in options:
        return None
    size = abs(wanted) or Fraction(1)
    power = len(str(size.numerator)) - len(str(size.denominator))
    power -= Fraction(10) ** power > size
    return bool(int(figures)), int(figures) - 1 - power


def _rounded(value: Fraction, places: int) -> int:
    size = math.floor(abs(value) * Fraction(10) ** places + Fraction(1, 2))
    return size if value > 0 else -size


def _decades(value: Fraction, wanted: Fraction, decades: Fraction) -> bool:
    if value * wanted <= 0:
        return value == wanted
    ratio = max(value / wanted, wanted / value)
    return bool(ratio**decades.denominator <= Fraction(10) ** decades.numerator)


def _close_intervals(right: Node, given: Node, options: Options) -> Finding:
    if options.keys() & {"log10", "sigfigs", "decimals", "accuracy"}:
        raise NotRead("an irrational number that is rounded")
    try:
        wanted, value = interval(right, {}), interval(given, {})
    except Undefined as error:
        raise NotRead("no certain value") from error
    slack = [tolerance(options, name) for name in ("rel", "abs")]
    rel, plus = (iv.mpf(item.numerator) / item.denominator for item in slack)
    if slack == [0, 0]:
        return meet(wanted, value) or Finding(same=True, how=DIGITS_AGREE, zero=less(right, given))
    over = abs(value - wanted) - rel * abs(wanted) - plus
    if over.a > 0:
        return DIFFERENT
    if over.b > 0:
        raise NotRead("no certain value")
    return Finding(same=True, how=WITHIN)


def meet(one: Any, other: Any) -> Finding | None:  # noqa: ANN401 - mpmath has no types
    """Compare intervals: different, or None for agreement.

    Raises:
        Undefined: they meet, but are too wide to agree.
    """
    if one.b < other.a or other.b < one.a:
        return DIFFERENT
    if abs(one - other).b > iv.mpf(10) ** -DIGITS * (1 + abs(one).b):
        raise Undefined
    return None


def less(right: Node, given: Node) -> Node:
    """Return a difference."""
    return Node("-", (right, given))


def points(names: set[str], seed: str, *, positive: bool) -> list[dict[str, Fraction]]:
    """Return random points, the same for the same seed."""
    draw = Random(seed)  # noqa: S311 - nothing is kept secret by it
    signs = (1,) if positive else (1, -1)
    return [
        {
            name: Fraction(draw.choice(signs) * draw.randint(1, 10**4), draw.choice((997, 3989)))
            for name in sorted(names)
        }
        for _ in range(TRIES)
    ]


def same_expression(right: Node, given: Node, options: Options) -> Finding:
    """Compare expressions: exactly as they are read, else at random points."""
    if right == given:
        return Finding(same=True, how=EXACTLY)
    agreed, positive = 0, options.get("domain") == "positive"
    for point in points(right.names() | given.names(), repr((right, given)), positive=positive):
        try:
            found = meet(interval(right, point), interval(given, point))
        except Undefined:
            continue
        if found is not None:
            return found
        agreed += 1
        if agreed == POINTS:
            return Finding(same=True, how=DIGITS_AGREE, zero=less(right, given))
    raise NotRead("no certain values at enough points")
