"""One unit of a highway network: a gate that mixes a transformed input with the input itself."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import real
from solvers.graph.note import Note
from solvers.graph.term import Term, relu, sigmoid

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

SMALL = real("-50", "50")

highway = Derivation(
    "highway",
    "One unit of a highway network",
    source="Srivastava, Greff and Schmidhuber, Highway networks (2015), equations 2 and 3",
    notes=(Note("The transformation is a ReLU unit, the gate a sigmoid unit."),),
)
highway.input("x", "x", "input", SMALL)
highway.input("weight_h", "w_H", "weight of the transformation", SMALL, default=1)
highway.input("bias_h", "b_H", "bias of the transformation", SMALL, default=0)
highway.input("weight_t", "w_T", "weight of the transform gate", SMALL, default=1)
highway.input("bias_t", "b_T", "bias of the transform gate", SMALL, default=0)


@highway.quantity("H", "transformed input")
def transformed(x: Term, weight_h: Term, bias_h: Term) -> Term:
    return relu(weight_h * x + bias_h)


@highway.quantity("T", "transform gate")
def transform_gate(x: Term, weight_t: Term, bias_t: Term) -> Term:
    return sigmoid(weight_t * x + bias_t)


@highway.quantity("C", "carry gate")
def carry_gate(transform_gate: Term) -> Term:
    return 1 - transform_gate


@highway.quantity("y", "output")
def output(transformed: Term, transform_gate: Term, x: Term, carry_gate: Term) -> Term:
    return transformed * transform_gate + x * carry_gate


highway.mistake(
    "gates_swapped",
    "transform and carry gate were exchanged",
    share="0.25",
    output=lambda transformed, transform_gate, x, carry_gate: (
        transformed * carry_gate + x * transform_gate
    ),
)
highway.mistake(
    "residual",
    "the input was added without the carry gate, as in a residual connection",
    share="0.25",
    output=lambda transformed, x: transformed + x,
)
highway.mistake(
    "carry_equals_transform",
    "the carry gate was taken equal to the transform gate instead of 1 - T",
    carry_gate=lambda transform_gate: transform_gate,
)
highway.mistake(
    "gate_bias_forgotten",
    "the bias of the gate was left out",
    share="0.5",
    transform_gate=lambda x, weight_t: sigmoid(weight_t * x),
)
highway.mistake(
    "relu_forgotten",
    "the transformation was left linear",
    share="0.5",
    transformed=lambda x, weight_h, bias_h: weight_h * x + bias_h,
)


@highway.proof
def forward_in_floats(
    x: Fraction, weight_h: Fraction, bias_h: Fraction, weight_t: Fraction, bias_t: Fraction
) -> Mapping[str, object]:
    """Runs the unit in floats, the gate by the identity of sigmoid and tanh."""
    inner = float(weight_t) * float(x) + float(bias_t)
    gate = (1 + math.tanh(inner / 2)) / 2
    raised = max(0.0, float(weight_h) * float(x) + float(bias_h))
    return {
        "transformed": raised,
        "transform_gate": gate,
        "carry_gate": (1 - math.tanh(inner / 2)) / 2,
        "output": float(x) + gate * (raised - float(x)),
    }
