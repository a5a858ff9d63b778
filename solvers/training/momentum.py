"""Gradient descent on a parabola: plain, with momentum and with Nesterov's look-ahead."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import FLAG, REAL, real
from solvers.graph.note import Note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solvers.graph.term import Term

momentum = Derivation(
    "momentum",
    "Two steps of gradient descent, momentum and Nesterov on a parabola",
    source="Sutskever et al., On the importance of initialization and momentum (2013); "
    "torch.optim.SGD",
    notes=(
        Note(
            r"Nesterov's velocity takes the gradient at $w_t - \eta \mu v_t$.",
            ("nesterov_second",),
        ),
    ),
)
momentum.input("curvature", "a", "curvature of the loss", real("1e-6", "1e6"))
momentum.input("minimum", "c", "place of the minimum", REAL, default=0)
momentum.input("start", "w_0", "weight at the start", REAL)
momentum.input("rate", r"\eta", "learning rate", real("1e-9", "1e6"))
momentum.input("decay", r"\mu", "momentum", real("0", "1"))
momentum.input(
    "averaged",
    "d",
    "whether the velocity is an average",
    FLAG,
    default=0,
    says_when={
        0: r"The velocity is $v_{t+1} = \mu v_t + g_t$, as in PyTorch, and $v_0 = 0$.",
        1: r"The velocity is the average $v_{t+1} = \mu v_t + (1 - \mu) g_t$, and $v_0 = 0$.",
    },
)


@momentum.quantity("g_0", "gradient at the start")
def gradient(curvature: Term, start: Term, minimum: Term) -> Term:
    return curvature * (start - minimum)


@momentum.quantity(r"w_1^{\mathrm{SGD}}", "weight after one step of gradient descent")
def plain_first(start: Term, rate: Term, gradient: Term) -> Term:
    return start - rate * gradient


@momentum.quantity(r"w_2^{\mathrm{SGD}}", "weight after two steps of gradient descent")
def plain_second(plain_first: Term, rate: Term, curvature: Term, minimum: Term) -> Term:
    return plain_first - rate * (curvature * (plain_first - minimum))


@momentum.quantity("f", "share of each gradient that enters the velocity", inline=True)
def entering(averaged: Term, decay: Term) -> Term:
    return 1 - averaged * decay


@momentum.quantity("v_1", "velocity after one step")
def velocity_first(entering: Term, gradient: Term) -> Term:
    return entering * gradient


@momentum.quantity("w_1", "weight after one step with momentum")
def first(start: Term, rate: Term, velocity_first: Term) -> Term:
    return start - rate * velocity_first


@momentum.quantity("g_1", "gradient after one step with momentum")
def gradient_second(curvature: Term, first: Term, minimum: Term) -> Term:
    return curvature * (first - minimum)


@momentum.quantity("v_2", "velocity after two steps")
def velocity_second(
    decay: Term, velocity_first: Term, entering: Term, gradient_second: Term
) -> Term:
    return decay * velocity_first + entering * gradient_second


@momentum.quantity("w_2", "weight after two steps with momentum")
def second(first: Term, rate: Term, velocity_second: Term) -> Term:
    return first - rate * velocity_second


@momentum.quantity("u", "place at which Nesterov takes the second gradient")
def ahead(first: Term, rate: Term, decay: Term, velocity_first: Term) -> Term:
    return first - rate * decay * velocity_first


@momentum.quantity(r"w_2^{\mathrm{N}}", "weight after two steps of Nesterov's method")
def nesterov_second(
    first: Term,
    rate: Term,
    decay: Term,
    velocity_first: Term,
    entering: Term,
    curvature: Term,
    ahead: Term,
    minimum: Term,
) -> Term:
    return first - rate * (decay * velocity_first + entering * (curvature * (ahead - minimum)))


@momentum.quantity(r"\eta_{\max}", "rate from which plain gradient descent no longer converges")
def largest_rate(curvature: Term) -> Term:
    return 2 / curvature


momentum.mistake(
    "other_velocity",
    "the velocity of the other convention was taken: the factor 1 - mu of the gradient",
    share="0.5",
    averaged=lambda averaged: 1 - averaged,
)
momentum.mistake(
    "velocity_forgotten",
    "the velocity of the first step was forgotten",
    share="0.25",
    velocity_second=lambda entering, gradient_second: entering * gradient_second,
    nesterov_second=lambda first, rate, entering, curvature, ahead, minimum: (
        first - rate * entering * (curvature * (ahead - minimum))
    ),
)
momentum.mistake(
    "old_gradient",
    "the gradient of the first step was used again in the second",
    share="0.25",
    gradient_second=lambda gradient: gradient,
    plain_second=lambda plain_first, rate, gradient: plain_first - rate * gradient,
)
momentum.mistake(
    "ascent",
    "the gradient was added: that climbs the loss",
    share="0.25",
    plain_first=lambda start, rate, gradient: start + rate * gradient,
    first=lambda start, rate, velocity_first: start + rate * velocity_first,
)
momentum.mistake(
    "no_look_ahead",
    "the gradient was taken at the present weight, as in plain momentum",
    share="0.25",
    ahead=lambda first: first,
)
momentum.mistake(
    "one_over_curvature",
    "1 by the curvature reaches the minimum in one step; it diverges only from twice that",
    share="0.25",
    largest_rate=lambda curvature: 1 / curvature,
)


@momentum.proof
def by_matrix_powers(
    curvature: Fraction,
    minimum: Fraction,
    start: Fraction,
    rate: Fraction,
    decay: Fraction,
    averaged: int,
) -> Mapping[str, object]:
    """Multiply (distance from the minimum, velocity) by the matrix of a step, twice."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    part = 1 - decay if averaged else Fraction(1)
    state = np.array([start - minimum, 0], dtype=object)
    move = np.array([[1, -rate], [0, 1]], dtype=object)
    kept = np.array([[1, 0], [0, decay]], dtype=object)
    pull = np.array([[0, 0], [part * curvature, 0]], dtype=object)
    look = np.array([[1, -rate * decay], [0, 1]], dtype=object)
    step, ahead = move @ (kept + pull), move @ (kept + pull @ look)
    shrink = 1 - rate * curvature
    return {
        "plain_first": minimum + shrink * (start - minimum),
        "plain_second": minimum + shrink**2 * (start - minimum),
        "velocity_first": (step @ state)[1],
        "first": minimum + (step @ state)[0],
        "velocity_second": (step @ step @ state)[1],
        "second": minimum + (step @ step @ state)[0],
        "nesterov_second": minimum + (ahead @ ahead @ state)[0],
    }
