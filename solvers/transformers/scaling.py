"""Scaling laws: the best size of a model for a budget, and what a training takes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import UNIT, real, whole
from solvers.graph.note import Note
from solvers.graph.term import sqrt

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from solvers.graph.term import Term

scaling = Derivation(
    "scaling",
    "Compute-optimal training",
    source="Kaplan et al., Scaling laws for neural language models (2020), 2.1; Hoffmann et al., "
    "Training compute-optimal large language models (2022), table 3",
    notes=(
        Note("Training takes 6 operations for each parameter and token.", ("work", "best")),
        Note("20 tokens for each parameter are optimal.", ("best",)),
    ),
)
scaling.input("parameters", "N", "parameters of a given model", whole(1, 10**15))
scaling.input("tokens", "D", "tokens of its training", whole(1, 10**18))
scaling.input("budget", "C", "operations of another budget", real("1", "1e30"))
scaling.input("devices", "p", "devices", whole(1, 10**7))
scaling.input("speed", "s", "operations of a device in a second, at most", real("1", "1e18"))
scaling.input("used", "u", "share of that speed that is reached", UNIT)


@scaling.quantity(r"C_N", "operations of the training")
def work(parameters: Term, tokens: Term) -> Term:
    return 6 * parameters * tokens


@scaling.quantity("t", "days of the training")
def days(work: Term, devices: Term, speed: Term, used: Term) -> Term:
    return work / (devices * speed * used) / 86_400


@scaling.quantity("r", "tokens for each parameter")
def ratio(tokens: Term, parameters: Term) -> Term:
    return tokens / parameters


@scaling.quantity(r"N_{\mathrm{opt}}", "optimal parameters for the budget")
def best(budget: Term) -> Term:
    return sqrt(budget / 120)


@scaling.quantity(r"D_{\mathrm{opt}}", "optimal tokens for the budget")
def best_tokens(best: Term) -> Term:
    return 20 * best


scaling.mistake(
    "forward_only",
    "only the forward pass was counted; the backward pass takes twice as much",
    share="0.25",
    work=lambda parameters, tokens: 2 * parameters * tokens,
    best=lambda budget: sqrt(budget / 40),
)
scaling.mistake(
    "ratio_left_out",
    "as many tokens as parameters were taken; 20 times as many are optimal",
    share="0.25",
    best=lambda budget: sqrt(budget / 6),
)
scaling.mistake(
    "root_forgotten",
    "the root was not taken: parameters and tokens grow together",
    share="0.25",
    best=lambda budget: budget / 120,
)
scaling.mistake(
    "full_speed",
    "the devices were taken to reach their full speed",
    share="0.25",
    days=lambda work, devices, speed: work / (devices * speed) / 86_400,
)
scaling.mistake(
    "one_device",
    "only one device was counted",
    share="0.25",
    days=lambda work, speed, used: work / (speed * used) / 86_400,
)


@scaling.proof
def by_logarithms(
    parameters: int,
    tokens: int,
    budget: Fraction,
    devices: int,
    speed: Fraction,
    used: Fraction,
) -> Mapping[str, object]:
    """Count one pass forward and two back, and search the optimum by bisection."""
    passes = [2 * parameters * tokens] * 3
    seconds = sum(passes) / devices / float(speed) / float(used)
    low, high = 1.0, float(budget)
    for _ in range(300):
        middle = math.sqrt(low * high)
        spent = 3 * 2 * middle * (20 * middle)
        low, high = (middle, high) if spent < budget else (low, middle)
    return {
        "work": sum(passes),
        "days": seconds / 60 / 60 / 24,
        "best": low,
        "best_tokens": float(budget) / (6 * low),
    }
