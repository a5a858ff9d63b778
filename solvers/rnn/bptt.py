"""Back-propagation through time in a network with one hidden unit."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import real, vector
from solvers.graph.note import Note
from solvers.graph.term import Term, Vector, product, total
from solvers.rnn.gradient import PASCANU

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

bptt = Derivation(
    "bptt",
    "The derivative of the last hidden state with respect to the first, for one tanh unit",
    source=PASCANU,
    notes=(Note("The inputs of the network do not depend on its hidden state."),),
)
bptt.input("weight", "w", "recurrent weight", real("-1000", "1000"))
bptt.input("states", "h", "hidden states after h_0", vector(real("-1", "1")), element="h_{{{i}}}")


@bptt.quantity("d", "derivative of each state with respect to the one before", element="d_{{{i}}}")
def factors(weight: Term, states: Vector) -> Vector:
    return tuple(weight * (1 - h**2) for h in states)


@bptt.quantity(
    r"\partial h_T / \partial h_0", "derivative of the last state with respect to the first"
)
def gradient(factors: Vector) -> Term:
    return product(factors)


bptt.mistake(
    "weight_forgotten",
    "the recurrent weight was left out of the factors",
    share="0.25",
    factors=lambda states: tuple(1 - h**2 for h in states),
)
bptt.mistake(
    "activation_forgotten",
    "the derivative of tanh was left out of the factors",
    share="0.25",
    factors=lambda weight, states: tuple(weight for _ in states),
)
bptt.mistake(
    "not_squared",
    "1 - h was taken as the derivative of tanh instead of 1 - h^2",
    share="0.25",
    factors=lambda weight, states: tuple(weight * (1 - h) for h in states),
)
bptt.mistake(
    "added",
    "the factors were added up instead of multiplied",
    gradient=lambda factors: total(factors),
)
bptt.mistake(
    "weight_once",
    "the weight was counted once instead of at each step",
    share="0.25",
    gradient=lambda weight, states: product((weight, *(1 - h**2 for h in states))),
)


@bptt.proof
def carry_the_derivative_forward(
    weight: Fraction, states: Sequence[Fraction]
) -> Mapping[str, object]:
    """Carries the derivative by h_0 forward, from state to state."""
    slope, factors = Fraction(1), []
    for state in states:
        slope, before = slope * weight * (1 - state) * (1 + state), slope
        factors.append(slope / before if before else weight * (1 - state) * (1 + state))
    return {"factors": factors, "gradient": slope}
