"""Maxima and minima: of two numbers by bars, of more by the set of what they are taken of."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from flint import arb, fmpq

from answers.evaluation.ball_functions import largest, smallest
from answers.normal_forms.radicals import absolute
from answers.syntax.errors import TooLarge
from answers.syntax.functions.table import MAX, MIN

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from answers.algebra.multivariate import Balls
    from answers.algebra.quotient import Quotient
    from answers.algebra.space import Space

    Extreme = Callable[..., arb]


def _extreme(sign: int, extreme: Extreme, space: Space, *args: Quotient) -> Quotient:
    """Return the largest (1) or smallest (-1) of some numbers."""
    if any(map(space.holds_imaginary, args)):
        raise TooLarge
    each = sorted({arg.key: arg for arg in args}.items(), key=lambda pair: str(pair[0]))
    numbers = [number for _, number in each]
    if len(numbers) == 1:
        return numbers[0]
    if len(numbers) == 2 or space.is_pointwise:
        one, *rest = numbers
        other = _extreme(sign, extreme, space, *rest)
        gap = space.times(space.constant(sign), absolute(space, space.minus(one, other)))
        total = space.plus(space.plus(one, other), gap)
        return space.times(space.constant(fmpq(1, 2)), total)
    values = [number.ball() for number in numbers]

    def ball(known: Balls) -> arb:
        return extreme(*[value(known) for value in values])

    return space.quotient((extreme.__name__, tuple(key for key, _ in each)), ball)


RULES: Mapping[str, Callable[..., Quotient]] = {
    MAX.name: partial(_extreme, 1, largest),
    MIN.name: partial(_extreme, -1, smallest),
}
