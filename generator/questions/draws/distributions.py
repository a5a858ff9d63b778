"""Random numbers of a distribution, exactly: rationals and decimals of 65 digits, no floats."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from solvers.graph.number import CONTEXT, to_decimal

if TYPE_CHECKING:
    from generator.questions.draws.stream import Stream

MOST_EVENTS = 1_000  # of a Poisson distribution


def round_places(value: Decimal, places: int) -> Decimal:
    """Return a number with so many decimal places; zero has no sign."""
    found = CONTEXT.quantize(value, Decimal(1).scaleb(-places))
    return found or abs(found)


def uniform(stream: Stream, low: Fraction, high: Fraction) -> Decimal:
    """Return a number between two others."""
    return CONTEXT.fma(to_decimal(high - low), stream.share(), to_decimal(low))


def standard_normal(stream: Stream) -> Decimal:
    """Return a number of the standard normal distribution, by Marsaglia's polar method."""
    while True:
        u, v = (CONTEXT.fma(stream.share(), Decimal(2), Decimal(-1)) for _ in range(2))
        square = CONTEXT.fma(u, u, CONTEXT.multiply(v, v))
        if 0 < square < 1:
            inside = CONTEXT.divide(CONTEXT.multiply(Decimal(-2), CONTEXT.ln(square)), square)
            return CONTEXT.multiply(u, CONTEXT.sqrt(inside))


def normal(stream: Stream, mean: Fraction, sd: Fraction) -> Decimal:
    """Return a number of a normal distribution."""
    return shift_and_scale(standard_normal(stream), mean, sd)


def shift_and_scale(z: Decimal, mean: Fraction, sd: Fraction) -> Decimal:
    """Return a number of the standard normal distribution as one of another mean and spread."""
    return CONTEXT.fma(z, to_decimal(sd), to_decimal(mean))


def normal_pair(stream: Stream, cor: Fraction) -> tuple[Decimal, Decimal]:
    """Return two numbers of standard normal distributions with a correlation."""
    one, other = standard_normal(stream), standard_normal(stream)
    rest = CONTEXT.sqrt(to_decimal(1 - cor * cor))
    return one, CONTEXT.fma(to_decimal(cor), one, CONTEXT.multiply(rest, other))


def exponential(stream: Stream, mean: Fraction) -> Decimal:
    """Return a number of an exponential distribution."""
    return CONTEXT.multiply(-to_decimal(mean), CONTEXT.ln(stream.share()))


def binomial(stream: Stream, trials: int, p: Fraction) -> int:
    """Return how many of some trials succeed."""
    chance = to_decimal(p)
    return sum(stream.share() < chance for _ in range(trials))


def poisson(stream: Stream, mean: Fraction) -> int:
    """Return how many events happen, by their waiting times."""
    waited, count = exponential(stream, Fraction(1)), 0
    while waited < to_decimal(mean) and count < MOST_EVENTS:
        waited, count = CONTEXT.add(waited, exponential(stream, Fraction(1))), count + 1
    return count
