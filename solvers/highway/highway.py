"""Highway networks: a gate that mixes a transformed input with the input, and what it costs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import real, whole
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
    share="0.25",
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


highway_layers = Derivation(
    "highway_layers",
    "Parameters of highway layers",
    source="Srivastava, Greff and Schmidhuber, Highway networks (2015), equations 2 and 3",
)
highway_layers.input("units", "n", "units of a layer", whole(1, 10**6))
highway_layers.input("layers", "L", "layers", whole(1, 10**4), default=1)


@highway_layers.quantity("N_T", "parameters of the transform gate of a layer")
def gate_parameters(units: Term) -> Term:
    return units * (units + 1)


@highway_layers.quantity("N", "parameters of a layer")
def layer_parameters(units: Term) -> Term:
    return 2 * units * (units + 1)


@highway_layers.quantity(r"N_{\mathrm{gates}}", "parameters of all gates")
def gate_total(layers: Term, gate_parameters: Term) -> Term:
    return layers * gate_parameters


highway_layers.mistake(
    "biases_forgotten",
    "the biases were left out",
    share="0.5",
    gate_parameters=lambda units: units**2,
    layer_parameters=lambda units: 2 * units**2,
)
highway_layers.mistake(
    "carry_counted",
    "the carry gate was given parameters of its own; it is 1 - T",
    share="0.5",
    layer_parameters=lambda units: 3 * units * (units + 1),
    gate_total=lambda layers, gate_parameters: 2 * layers * gate_parameters,
)
highway_layers.mistake(
    "gate_forgotten",
    "only the transformation was counted, not its gate",
    share="0.25",
    layer_parameters=lambda units: units * (units + 1),
)
highway_layers.mistake(
    "transformation_counted",
    "the transformations were counted with their gates; a residual layer has them too",
    share="0.5",
    gate_total=lambda layers, layer_parameters: layers * layer_parameters,
)
highway_layers.mistake(
    "one_layer",
    "the gate of one layer was counted instead of those of all",
    share="0.25",
    gate_total=lambda gate_parameters: gate_parameters,
)


@highway_layers.proof
def unit_by_unit(units: int, layers: int) -> Mapping[str, object]:
    """Walks over the units: each has a weight for each input and a bias, in both of its roles."""
    roles = {"transformation": 0, "gate": 0}
    for _ in range(units):
        for role in roles:
            roles[role] += units + 1
    return {
        "gate_parameters": roles["gate"],
        "layer_parameters": sum(roles.values()),
        "gate_total": sum(roles["gate"] for _ in range(layers)),
    }
