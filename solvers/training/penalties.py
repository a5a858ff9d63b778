"""Penalties on weights: L2, L1 and early stopping on a parabola."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import real, whole
from solvers.graph.term import Term, maximum

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from fractions import Fraction

POSITIVE = real("1e-6", "1e6")

penalties = Derivation(
    "penalties",
    "L2, L1 and early stopping on a parabola",
    source="Goodfellow, Bengio and Courville, Deep learning (2016), 7.1 and 7.8",
)
penalties.input("curvature", "a", "curvature of the loss", POSITIVE)
penalties.input("optimum", "c", "weight at the minimum of the loss, above 0", POSITIVE)
penalties.input("strength", r"\lambda", "strength of the penalty", POSITIVE)
penalties.input("rate", r"\eta", "learning rate", POSITIVE)
penalties.input("start", "w_0", "weight at the start", POSITIVE)
penalties.input("steps", "n", "steps", whole(1, 1000))


@penalties.quantity(r"w_{\mathrm{L2}}", "minimum with the L2 penalty")
def ridge(curvature: Term, optimum: Term, strength: Term) -> Term:
    return curvature * optimum / (curvature + strength)


@penalties.quantity(r"w_{\mathrm{L1}}", "minimum with the L1 penalty")
def lasso(optimum: Term, strength: Term, curvature: Term) -> Term:
    return maximum(0, optimum - strength / curvature)


@penalties.quantity("s", "factor of a step where the loss has no gradient, with the L2 penalty")
def shrinkage(rate: Term, strength: Term) -> Term:
    return 1 - rate * strength


@penalties.quantity("w_n", "weight after n such steps")
def shrunk(start: Term, shrinkage: Term, steps: Term) -> Term:
    return start * shrinkage**steps


@penalties.quantity(r"w_{\mathrm{early}}", "weight after n steps from 0 without a penalty")
def early(optimum: Term, rate: Term, curvature: Term, steps: Term) -> Term:
    return optimum * (1 - (1 - rate * curvature) ** steps)


penalties.mistake(
    "penalty_doubled",
    "the penalty was differentiated without its factor 1/2",
    share="0.5",
    ridge=lambda curvature, optimum, strength: curvature * optimum / (curvature + 2 * strength),
    shrinkage=lambda rate, strength: 1 - 2 * rate * strength,
)
penalties.mistake(
    "penalties_exchanged",
    "the L1 and the L2 penalty were exchanged",
    share="0.25",
    ridge=lambda optimum, strength, curvature: maximum(0, optimum - strength / curvature),
    lasso=lambda curvature, optimum, strength: curvature * optimum / (curvature + strength),
)
penalties.mistake(
    "curvature_forgotten",
    "the curvature of the loss was left out",
    share="0.25",
    lasso=lambda optimum, strength: maximum(0, optimum - strength),
    ridge=lambda optimum, strength: optimum / (1 + strength),
)
penalties.mistake(
    "rate_left_out",
    "the learning rate was left out",
    share="0.25",
    shrinkage=lambda strength: 1 - strength,
)
penalties.mistake(
    "shrunk_once",
    "only one step was taken",
    share="0.25",
    shrunk=lambda start, shrinkage: start * shrinkage,
)
penalties.mistake(
    "remaining_part",
    "that is the distance that is left to the minimum",
    share="0.25",
    early=lambda optimum, rate, curvature, steps: optimum * (1 - rate * curvature) ** steps,
)


@penalties.proof
def by_search_and_steps(
    curvature: Fraction,
    optimum: Fraction,
    strength: Fraction,
    rate: Fraction,
    start: Fraction,
    steps: int,
) -> Mapping[str, object]:
    """Find each minimum by bisection of the derivative, and take the steps one by one."""

    def slope_l2(w: Fraction) -> Fraction:
        return curvature * (w - optimum) + strength * w

    def slope_l1(w: Fraction) -> Fraction:
        return curvature * (w - optimum) + strength

    weight, free = start, 0 * start
    for _ in range(steps):
        weight = weight - rate * (strength * weight)
        free = free - rate * (curvature * (free - optimum))
    return {
        "ridge": _zero_of(slope_l2, optimum),
        "lasso": _zero_of(slope_l1, optimum),
        "shrunk": weight,
        "early": free,
    }


def _zero_of(slope: Callable[[Fraction], Fraction], high: Fraction) -> float:
    """Return where a rising slope is 0, between 0 and `high`; 0 where it is never negative."""
    low, top = 0 * high, high
    for _ in range(70):
        middle = (low + top) / 2
        low, top = (middle, top) if slope(middle) < 0 else (low, middle)
    return float(low)
