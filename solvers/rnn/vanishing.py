"""A gradient over many time steps: its size, how soon it is negligible, and when it explodes."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import UNIT, real, vector, whole
from solvers.graph.term import Condition, Term, Vector, ceil, floor, log10, minimum, term
from solvers.rnn.gradient import BENGIO, rnn_gradient

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

POWER = "the factor was multiplied by the number of factors instead of raised to that power"
LOG10_E = Fraction("0.4342944819032518")
RATE = real("1e-9", "1000")
PAIR = (Fraction(1), Fraction(1, 2))

vanishing = Derivation(
    "vanishing", "A gradient through the states of one tanh unit over many steps", source=BENGIO
)
vanishing.input("steps", "T", "time steps of the unfolded network", whole(2, 2_000))
vanishing.input("derivative", "d_1", "derivative of the activation at each step", UNIT)
vanishing.input("smaller", "d_2", "smaller derivative", UNIT, default=Fraction(1, 10))
vanishing.input("weight", "w", "recurrent weight", RATE, default=1)
vanishing.input("slope", "d", "derivative of the activation", UNIT, default=Fraction(1, 2))
vanishing.input("digits", "k", "zeros of the limit 10^-k", whole(1, 300), default=6)
vanishing.input("one", "c", "weight and derivative", vector(RATE), default=PAIR,
                element="c_{{{i}}}")  # fmt: skip
vanishing.input("other", "e", "weight and derivative", vector(RATE), default=PAIR,
                element="e_{{{i}}}")  # fmt: skip


@vanishing.requires("weight times slope must lie between 0 and 1")
def shrinks(weight: Term, slope: Term) -> Condition:
    return Condition(weight * slope, "<", term(1))


@vanishing.requires("the slope must not be 0")
def is_slope(slope: Term) -> Condition:
    return Condition(slope, ">", term(0))


@vanishing.quantity("n", "factors in the product, one for each step after the first")
def factors(steps: Term) -> Term:
    return steps - 1


@vanishing.quantity("g_1", "magnitude with the larger derivative")
def first(derivative: Term, factors: Term) -> Term:
    return derivative**factors


@vanishing.quantity("g_2", "magnitude with the smaller derivative")
def second(smaller: Term, factors: Term) -> Term:
    return smaller**factors


@vanishing.quantity("q", "factor of one step")
def rate(weight: Term, slope: Term) -> Term:
    return weight * slope


@vanishing.quantity(r"n_{\min}", "smallest number of factors with a product below the limit")
def horizon(digits: Term, rate: Term) -> Term:
    return floor(digits / (0 - log10(rate))) + 1


@vanishing.quantity("r_1", "0 if the product vanishes, 1 if it stays, 2 if it explodes")
def regime_one(one: Vector) -> Term:
    return _regime(one[0] * one[1])


@vanishing.quantity("r_2", "0 if the product vanishes, 1 if it stays, 2 if it explodes")
def regime_other(other: Vector) -> Term:
    return _regime(other[0] * other[1])


def _regime(rate: Term) -> Term:
    return minimum(1, floor(rate)) + minimum(1, ceil(rate) - 1)


vanishing.add_mistake(rnn_gradient.mistakes["one_factor_too_many"])
vanishing.mistake(
    "multiplied", POWER,
    first=lambda derivative, factors: derivative * factors,
    second=lambda smaller, factors: smaller * factors,
)  # fmt: skip
vanishing.mistake(
    "one_too_few", "with this number of factors the product is not yet below the limit",
    share="0.5", horizon=lambda digits, rate: floor(digits / (0 - log10(rate))),
)  # fmt: skip
vanishing.mistake(
    "one_too_many", "one factor fewer is enough",
    share="0.5", horizon=lambda digits, rate: floor(digits / (0 - log10(rate))) + 2,
)  # fmt: skip
vanishing.mistake(
    "weight_forgotten", "the recurrent weight was left out of the factor", share="0.25",
    rate=lambda slope: slope,
)  # fmt: skip
vanishing.mistake(
    "natural_logarithm", "k was divided by a natural logarithm; powers of 10 take log10",
    share="0.5", horizon=lambda digits, rate: floor(digits * LOG10_E / (0 - log10(rate))) + 1,
)  # fmt: skip


@vanishing.proof
def multiply_step_by_step(
    steps: int,
    derivative: Fraction,
    smaller: Fraction,
    weight: Fraction,
    slope: Fraction,
    digits: int,
    one: Sequence[Fraction],
    other: Sequence[Fraction],
) -> Mapping[str, object]:
    """Walks back from the last state to the first and multiplies, and goes on to the limit."""
    large = small = Fraction(1)
    for _ in range(steps, 1, -1):
        large, small = large * derivative, small * smaller
    product, count, limit = weight * slope, 1, Fraction(1, 10**digits)
    while product >= limit:
        product, count = product * weight * slope, count + 1
    return {
        "factors": len(range(2, steps + 1)),
        "first": large,
        "second": small,
        "rate": Fraction(slope) / (1 / Fraction(weight)),
        "horizon": count,
        "regime_one": _grown(*one),
        "regime_other": _grown(*other),
    }


def _grown(weight: Fraction, slope: Fraction) -> int:
    """Return what becomes of 1 that is multiplied by both again and again."""
    size = Fraction(1)
    for _ in range(4):
        size = size * weight * slope
    return 1 + (size > 1) - (size < 1)
