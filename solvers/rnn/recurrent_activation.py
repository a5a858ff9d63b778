"""A state that passes through an activation and the same weight at each step."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import REAL, real, vector, whole
from solvers.graph.term import Term, Vector, ceil, maximum, minimum
from solvers.rnn.gradient import PASCANU

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

POSITIVE = real("1e-6", "1000")

recurrent_activation = Derivation(
    "recurrent_activation", "A ReLU unit that feeds itself, without input or bias", source=PASCANU
)
recurrent_activation.input("weight", "w", "recurrent weight", POSITIVE)
recurrent_activation.input("steps", "t", "time steps", whole(1, 1_000))
recurrent_activation.input("initial", "h_0", "initial state", POSITIVE)
recurrent_activation.input(
    "arguments", "a", "arguments of the activation", vector(REAL), default=(Fraction(1),),
    element="a_{{{i}}}",
)  # fmt: skip


@recurrent_activation.quantity("h_t", "state after t steps")
def state(weight: Term, steps: Term, initial: Term) -> Term:
    return weight**steps * initial


@recurrent_activation.quantity(
    r"\mathrm{ReLU}'", "derivatives of ReLU", element=r"\mathrm{{ReLU}}'(a_{{{i}}})"
)
def slopes(arguments: Vector) -> Vector:
    return tuple(maximum(0, minimum(1, ceil(a))) for a in arguments)


recurrent_activation.mistake(
    "one_step_less", "the weight was counted once too few: it acts at each of the t steps",
    share="0.5", state=lambda weight, steps, initial: weight ** (steps - 1) * initial,
)  # fmt: skip
recurrent_activation.mistake(
    "one_step_more", "the weight was counted once too often: it acts at each of the t steps",
    share="0.5", state=lambda weight, steps, initial: weight ** (steps + 1) * initial,
)  # fmt: skip
recurrent_activation.mistake(
    "initial_forgotten", "the initial state was left out", share="0.25",
    state=lambda weight, steps: weight**steps,
)  # fmt: skip
recurrent_activation.mistake(
    "multiplied",
    "the weight was multiplied by the number of steps instead of raised to that power",
    state=lambda weight, steps, initial: weight * steps * initial,
)  # fmt: skip


@recurrent_activation.proof
def run_the_unit(
    weight: Fraction, steps: int, initial: Fraction, arguments: Sequence[Fraction]
) -> Mapping[str, object]:
    """Runs the unit step by step, and takes the slopes of secants of ReLU."""
    now = Fraction(initial)
    for _ in range(steps):
        now = max(Fraction(0), weight * now)
    return {"state": now, "slopes": [_secant(Fraction(a)) for a in arguments]}


def _secant(place: Fraction) -> Fraction:
    """Return the slope of ReLU over a short way below a place."""
    way = abs(place) / 2 or Fraction(1)
    return (max(Fraction(0), place) - max(Fraction(0), place - way)) / way
