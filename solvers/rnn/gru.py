"""GRU layers: how many parameters they have, and one step of a cell of size one."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import FLAG
from solvers.graph.term import Term, sigmoid, tanh
from solvers.rnn.gates import SMALL, array_sizes, gated_layer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

CHO = "Cho et al., Learning phrase representations using RNN encoder-decoder (2014)"
CHUNG = "Chung et al., Empirical evaluation of gated recurrent neural networks (2014), section 3.2"
UPDATE = {
    0: r"The update gate weighs the candidate: $h_t = (1 - z_t)\,h_{t-1} + z_t\,\tilde{h}_t$.",
    1: (
        r"The update gate weighs the old state, as in PyTorch: "
        r"$h_t = z_t\,h_{t-1} + (1 - z_t)\,\tilde{h}_t$."
    ),
}

gru = gated_layer("gru", "Parameters of a GRU layer", CHO)


@gru.quantity("N", "parameters of reset gate, update gate and candidate", name="parameters")
def gru_parameters(gate_parameters: Term) -> Term:
    return 3 * gate_parameters


gru.mistake(
    "four_gates",
    "four gates were counted, as in an LSTM",
    share="0.25",
    parameters=lambda gate_parameters: 4 * gate_parameters,
)
gru.mistake(
    "two_gates",
    "only the two gates were counted; the candidate needs weights too",
    share="0.5",
    parameters=lambda gate_parameters: 2 * gate_parameters,
)


@gru.proof
def gru_arrays(input_size: int, hidden_size: int, biases: int) -> Mapping[str, object]:
    """Adds up the sizes of the arrays of reset gate, update gate and candidate."""
    return {"parameters": array_sizes(input_size, hidden_size, biases, gates=3)}


gru_step = Derivation("gru_step", "One step of a GRU cell of size one", source=CHUNG)
gru_step.input("x", "x_t", "input", SMALL)
gru_step.input("hidden_previous", "h_{t-1}", "previous hidden state", SMALL)
for letter, gate in (("r", "reset gate"), ("z", "update gate"), ("h", "candidate")):
    gru_step.input(f"weight_x{letter}", f"w_{{x{letter}}}", f"weight of the input, {gate}", SMALL)
    gru_step.input(f"weight_h{letter}", f"w_{{h{letter}}}", f"weight of the state, {gate}", SMALL)
    gru_step.input(f"bias_{letter}", f"b_{letter}", f"bias, {gate}", SMALL, default=0)
gru_step.input(
    "update_keeps", "k", "whether z keeps the old state", FLAG, default=0, says_when=UPDATE
)


@gru_step.quantity("r_t", "reset gate")
def reset_gate(
    weight_xr: Term, x: Term, weight_hr: Term, hidden_previous: Term, bias_r: Term
) -> Term:
    return sigmoid(weight_xr * x + weight_hr * hidden_previous + bias_r)


@gru_step.quantity("z_t", "update gate")
def update_gate(
    weight_xz: Term, x: Term, weight_hz: Term, hidden_previous: Term, bias_z: Term
) -> Term:
    return sigmoid(weight_xz * x + weight_hz * hidden_previous + bias_z)


@gru_step.quantity(r"\tilde{h}_t", "candidate state")
def candidate(
    weight_xh: Term,
    x: Term,
    weight_hh: Term,
    reset_gate: Term,
    hidden_previous: Term,
    bias_h: Term,
) -> Term:
    return tanh(weight_xh * x + weight_hh * (reset_gate * hidden_previous) + bias_h)


@gru_step.quantity("h_t", "hidden state")
def hidden(update_gate: Term, hidden_previous: Term, candidate: Term, update_keeps: Term) -> Term:
    textbook = (1 - update_gate) * hidden_previous + update_gate * candidate
    pytorch = update_gate * hidden_previous + (1 - update_gate) * candidate
    return (1 - update_keeps) * textbook + update_keeps * pytorch


gru_step.mistake(
    "update_reversed",
    "the update gate weighs the other term: the convention was reversed",
    share="0.5",
    update_keeps=lambda update_keeps: 1 - update_keeps,
)
gru_step.mistake(
    "reset_left_out",
    "the reset gate was not applied to the previous state",
    share="0.25",
    candidate=lambda weight_xh, x, weight_hh, hidden_previous, bias_h: tanh(
        weight_xh * x + weight_hh * hidden_previous + bias_h
    ),
)
gru_step.mistake(
    "candidate_with_sigmoid",
    "the candidate was squashed by a sigmoid instead of tanh",
    share="0.25",
    candidate=lambda weight_xh, x, weight_hh, reset_gate, hidden_previous, bias_h: sigmoid(
        weight_xh * x + weight_hh * (reset_gate * hidden_previous) + bias_h
    ),
)


@gru_step.proof
def gru_step_in_floats(
    x: Fraction,
    hidden_previous: Fraction,
    weight_xr: Fraction,
    weight_hr: Fraction,
    bias_r: Fraction,
    weight_xz: Fraction,
    weight_hz: Fraction,
    bias_z: Fraction,
    weight_xh: Fraction,
    weight_hh: Fraction,
    bias_h: Fraction,
    update_keeps: int,
) -> Mapping[str, object]:
    """Runs the step in floats, with the gates by the identity of sigmoid and tanh."""
    inputs, state = float(x), float(hidden_previous)

    def gate(weight: Fraction, recurrent: Fraction, bias: Fraction) -> float:
        return (
            1 + math.tanh((inputs * float(weight) + state * float(recurrent) + float(bias)) / 2)
        ) / 2

    reset, update = gate(weight_xr, weight_hr, bias_r), gate(weight_xz, weight_hz, bias_z)
    new = math.tanh(inputs * float(weight_xh) + float(weight_hh) * reset * state + float(bias_h))
    kept = update if update_keeps else 1 - update
    return {
        "reset_gate": reset,
        "update_gate": update,
        "candidate": new,
        "hidden": new + kept * (state - new),
    }
