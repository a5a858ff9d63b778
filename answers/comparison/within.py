"""Decide by sure bounds whether an irrational number lies within a tolerance."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from answers.comparison.outcome import Found
from answers.evaluation.evaluate import ball, bounds, value
from answers.evaluation.precision import BITS, Undefined
from answers.normal_forms.build import complex_number
from answers.numbers.tolerance import close_complex, within_tolerance

if TYPE_CHECKING:
    from answers.options import Options
    from answers.syntax.nodes import Node

    Ends = tuple[Fraction, Fraction]

_NONE = Fraction(0)


def within(mine: Node, theirs: Node, options: Options) -> Found:
    """Return whether one number without variables lies within the tolerance of another."""
    for bits in BITS:
        ours, expected = bounds(mine, bits), bounds(theirs, bits)
        if ours is None or expected is None:
            return _in_the_plane(mine, theirs, options)
        found = between(ours, expected, options)
        if found is not Found.UNDECIDED:
            return found
    return Found.UNDECIDED


def between(mine: Ends, theirs: Ends, options: Options) -> Found:
    """Return what holds for all numbers between two pairs of ends.

    What is within a tolerance, or rounds to the same, is convex on each side of zero, and so is
    what lies beyond it on one side: the four corners say it of all.
    """
    met = {within_tolerance(one, other, options) for one in mine for other in theirs}
    if met == {True} and (theirs[0] > 0 or theirs[1] < 0 or theirs[0] == theirs[1]):
        return Found.SAME
    is_apart = mine[1] < theirs[0] or theirs[1] < mine[0]
    return Found.DIFFERENT if met == {False} and is_apart else Found.UNDECIDED


def _in_the_plane(mine: Node, theirs: Node, options: Options) -> Found:
    """Return whether a complex number lies within a distance of another."""
    if not options.has_tolerance or options.log10 is not None:
        return Found.UNDECIDED
    exact = complex_number(mine), complex_number(theirs)
    if exact[0] is not None and exact[1] is not None:
        return Found.SAME if close_complex(exact[0], exact[1], options) else Found.DIFFERENT
    for bits in BITS:
        try:
            ours, expected = value(mine, {}, bits), value(theirs, {}, bits)
        except Undefined:
            return Found.UNDECIDED
        distance = abs(ours - expected)
        slack = ball(options.rel or _NONE) * abs(expected) + ball(options.abs or _NONE)
        if distance <= slack or distance > slack:
            return Found.SAME if distance <= slack else Found.DIFFERENT
    return Found.UNDECIDED
