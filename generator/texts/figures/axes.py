"""Axes: which numbers are at them, and where a number is on the paper."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING

from generator.texts.figures.syntax import Misdrawn

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from generator.texts.figures.parts import Parts

PER_TICK = {"x": 12, "y": 9}  # millimetres
MOST_TICKS = 40


@dataclass(frozen=True)
class Axis:
    """An axis of a plot.

    Attributes:
        length: in millimetres.
    """

    low: Fraction
    high: Fraction
    step: Fraction
    length: Fraction

    def at(self, value: Fraction) -> str:
        """Return how many millimetres a number is from the beginning, as TikZ reads it."""
        return millimetres((value - self.low) / (self.high - self.low) * self.length)

    def holds(self, value: Fraction) -> bool:
        """Return whether a number is on the axis."""
        return self.low <= value <= self.high

    @property
    def ticks(self) -> Sequence[Fraction]:
        """Return the numbers that are marked."""
        first, last = ceil(self.low / self.step), floor(self.high / self.step)
        return [self.step * at for at in range(first, last + 1)]


def millimetres(length: Fraction) -> str:
    """Return a length of the paper to a hundredth of a millimetre.

    >>> millimetres(Fraction(100, 3))
    '33.33'
    """
    return f"{float(length):.2f}".rstrip("0").rstrip(".").replace("-0", "0", length == 0)


def axis(name: str, values: Iterable[Fraction], parts: Parts, length: Fraction) -> Axis:
    """Return the axis for some numbers, or between the ends that its figure states.

    Raises:
        Misdrawn: its beginning is not below its end, or too many numbers would be at it.
    """
    known = [*values]
    low, high = (parts.number(f"{name}{end}") for end in ("min", "max"))
    least = min(known, default=Fraction(0)) if low is None else low
    most = max(known, default=Fraction(1)) if high is None else high
    if least == most and low is None and high is None:
        least, most = least - 1, most + 1
    if least >= most:
        raise Misdrawn(f"{name}min={least} is not below {name}max={most}; correct them")
    step = parts.number(f"{name}step") or round_step((most - least) * PER_TICK[name] / length)
    if step <= 0 or (most - least) / step > MOST_TICKS:
        raise Misdrawn(f"{name}step={step} marks too many numbers; state a larger one")
    first = low if low is not None else floor(least / step) * step
    last = high if high is not None else ceil(most / step) * step
    return Axis(first, last, step, length)


def round_step(least: Fraction) -> Fraction:
    """Return the least of 1, 2, 5, 10, 20, ... times a power of ten that is not below a number.

    >>> round_step(Fraction("0.31")), round_step(Fraction(7))
    (Fraction(1, 2), Fraction(10, 1))
    """
    power = Fraction(1)
    while power * 10 < least:
        power *= 10
    while power >= least:
        power /= 10
    return next(power * by for by in (1, 2, 5, 10, 20) if power * by >= least)
