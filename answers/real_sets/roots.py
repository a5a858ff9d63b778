"""One real root of a polynomial: a narrow interval or ball around it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from flint import arb, arb_poly, ctx, fmpq

from answers.evaluation.evaluate import fraction
from answers.syntax.errors import NotDecidable
from examgen.ground.record import record

if TYPE_CHECKING:
    from answers.algebra.real_roots import Ends
    from answers.real_sets.real_polynomial import Cut

_NEWTON_STEPS = 40
_FAR = 1 << 24


@record
class Root:
    """A root of a polynomial by an interval (low, high] around it; one point where it is known."""

    of: Cut
    low: Fraction
    high: Fraction

    def ball(self, bits: int) -> arb:
        """Return the root as a ball of about so many bits."""
        ctx.prec = bits + 32
        if (self.high - self.low) * (1 << bits) <= 1:
            return _between(self.low, self.high)
        return _by_newton(self, bits)


def bisect(of: Cut, low: Fraction, high: Fraction, width: Fraction) -> Ends:
    """Return a narrower interval (low, high] around the root in it; (root, root) if it is met."""
    above = of.sign_at(high)
    while above and high - low > width:
        middle = (low + high) / 2
        sign = of.sign_at(middle)
        if not sign:
            return middle, middle
        low, high = (low, middle) if sign == above else (middle, high)
    return (low, high) if above else (high, high)


def narrow_to(of: Cut, low: Fraction, high: Fraction, width: Fraction) -> Ends:
    """Return an interval (low, high] around the root in it that is about as narrow as a width."""
    if (high - low) / width < _FAR:
        return bisect(of, low, high, width)
    bits = (width.denominator // width.numerator).bit_length()
    found = Root(of, low, high).ball(bits)
    ends = fraction(found.lower()), fraction(found.upper())
    if ends[0] is None or ends[1] is None:
        raise NotDecidable
    return ends[0], ends[1]


def _by_newton(root: Root, bits: int) -> arb:
    """Return a narrow ball around a root: no zero of a function leaves what a Newton step gives."""
    of = arb_poly(root.of.balls(bits + 32))
    slope, low, high = of.derivative(), root.low, root.high
    least = Fraction(1, 1 << bits)
    found = _between(low, high)
    while high - low > least and slope(found).contains(0):
        low, high = bisect(root.of, low, high, (high - low) / 16)
        found = _between(low, high)
    for _ in range(_NEWTON_STEPS):
        steep = slope(found)
        if low == high or steep.contains(0):
            break
        middle = found.mid()
        step = (middle - of(middle) / steep).intersection(found)
        if not step.rad() * 2 < found.rad():
            break
        found = step
    return found


def _between(low: Fraction, high: Fraction) -> arb:
    one, other = (arb(fmpq(x.numerator, x.denominator)) for x in (low, high))
    return one.union(other)
