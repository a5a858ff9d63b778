"""The gradient that an LSTM's cell state keeps, against a vanilla recurrent unit."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import UNIT, real, vector, whole
from solvers.graph.note import Note
from solvers.graph.term import Term, absolute, exp, floor, ln
from solvers.rnn.gradient import cell_gradient, gate_product, rnn_gradient

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

GERS = "Gers, Schmidhuber and Cummins, Learning to forget (2000)"
HALF = Fraction(1, 2)

cell_memory = Derivation(
    "cell_memory",
    "How long an LSTM's cell state keeps its gradient",
    source=GERS,
    notes=(
        Note(
            "Only the direct path through the cell state counts: the gates are held fixed.",
            ("product", "kept", "half_life"),
        ),
    ),
)
cell_memory.input(
    "forget_gates", "f_{1:m}", "forget gates at the first steps", vector(UNIT), element="f_{{{i}}}"
)
cell_memory.input("gate", "f", "forget gate, the same at each step", real("0.01", "0.999"))
cell_memory.input("steps", "T", "time steps", whole(2, 2_000))
cell_memory.input("weight", "w", "recurrent weight of the vanilla unit", real("-10", "10"))
cell_memory.input("derivative", r"\tanh'", "derivative of its activation at each step", UNIT)
cell_memory.quantity(
    r"\partial C_t / \partial C_0", "gradient through the first steps", name="product"
)(gate_product)


@cell_memory.quantity("n", "steps from the first state to the last")
def factors(steps: Term) -> Term:
    return steps - 1


@cell_memory.quantity(
    r"\partial C_T / \partial C_1", "gradient of the last cell state with respect to the first"
)
def kept(gate: Term, factors: Term) -> Term:
    return gate**factors


@cell_memory.quantity(
    r"|\partial h_T / \partial h_1|",
    "gradient of the last state of the vanilla unit with respect to the first",
)
def vanilla(weight: Term, derivative: Term, factors: Term) -> Term:
    return (absolute(weight) * derivative) ** factors


@cell_memory.quantity(r"n_{1/2}", "steps until less than half of the gradient is left")
def half_life(gate: Term) -> Term:
    return floor(ln(HALF) / ln(gate)) + 1


@cell_memory.quantity("b_f", "bias that gives this forget gate where the rest of its input is 0")
def gate_bias(gate: Term) -> Term:
    return ln(gate / (1 - gate))


for name in ("added", "first_left_out", "complement"):
    cell_memory.add_mistake(cell_gradient.mistakes[name])
cell_memory.add_mistake(rnn_gradient.mistakes["one_factor_too_many"])
cell_memory.mistake(
    "one_factor_too_few",
    "a factor too few was counted; between T states there are T - 1 steps",
    share="0.5",
    factors=lambda steps: steps - 2,
)
cell_memory.mistake(
    "factor_times_steps",
    "the factor was multiplied by the number of steps instead of raised to that power",
    kept=lambda gate, factors: gate * factors,
    vanilla=lambda weight, derivative, factors: absolute(weight) * derivative * factors,
)
cell_memory.mistake(
    "weight_forgotten",
    "the recurrent weight was left out of the factors",
    share="0.25",
    vanilla=lambda derivative, factors: derivative**factors,
)
cell_memory.mistake(
    "activation_forgotten",
    "the derivative of tanh was left out of the factors",
    share="0.25",
    vanilla=lambda weight, factors: absolute(weight) ** factors,
)
cell_memory.mistake(
    "rounded_down",
    "the number of steps was rounded down; after it more than half is left",
    share="0.5",
    half_life=lambda gate: floor(ln(HALF) / ln(gate)),
)
cell_memory.mistake(
    "linear_loss",
    "each step was taken to lose the same amount instead of the same part",
    half_life=lambda gate: floor(HALF / (1 - gate)) + 1,
)
cell_memory.mistake(
    "bias_sign",
    "the bias has the wrong sign",
    share="0.25",
    gate_bias=lambda gate: ln((1 - gate) / gate),
)
cell_memory.mistake(
    "sigmoid_of_gate",
    "the sigmoid was taken instead of its inverse",
    gate_bias=lambda gate: 1 / (1 + exp(0 - gate)),
)


@cell_memory.proof
def walk_through_time(
    forget_gates: Sequence[Fraction],
    gate: Fraction,
    steps: int,
    weight: Fraction,
    derivative: Fraction,
) -> Mapping[str, object]:
    """Passes a gradient of 1 back, step after step, and searches the bias by halving."""
    through, left, count, kept, other = Fraction(1), Fraction(1), 0, Fraction(1), Fraction(1)
    for one in reversed(forget_gates):
        through *= one
    while left >= HALF:
        left, count = left * gate, count + 1
    for _ in range(steps, 1, -1):
        kept, other = kept * gate, other * derivative * abs(weight)
    return {
        "product": through,
        "factors": steps - 1,
        "kept": kept,
        "vanilla": other,
        "half_life": count,
        "gate_bias": _bias_of(float(gate)),
    }


def _bias_of(gate: float) -> float:
    """Return where the sigmoid has a value, found by halving an interval."""
    low, high = -40.0, 40.0
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if (1 + math.tanh(middle / 2)) / 2 < gate else (low, middle)
    return low
