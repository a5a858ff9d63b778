"""LSTM layers: how many parameters they have, and one step of a cell of size one.

Sizes are those of `torch.nn.LSTM`. PyTorch keeps two bias vectors for each gate; textbooks one.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.term import Term, sigmoid, tanh
from solvers.rnn.gates import SMALL, array_sizes, gated_layer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

HOCHREITER = "Hochreiter and Schmidhuber (1997); Gers, Schmidhuber and Cummins (2000)"
GERS = "Gers and Schmidhuber, Recurrent nets that time and count (2000)"
GREFF = "Greff et al., LSTM: a search space odyssey (2017), variant CIFG"

lstm = gated_layer("lstm", "Parameters of an LSTM layer", HOCHREITER)


@lstm.quantity("N", "parameters of four gates: forget, input, candidate, output", name="parameters")
def lstm_parameters(gate_parameters: Term) -> Term:
    return 4 * gate_parameters


lstm.mistake(
    "three_gates",
    "three gates were counted; the candidate values need weights too",
    share="0.5",
    parameters=lambda gate_parameters: 3 * gate_parameters,
)


@lstm.proof
def lstm_arrays(input_size: int, hidden_size: int, biases: int) -> Mapping[str, object]:
    """Adds up the sizes of the arrays of the four gates, as numpy has them."""
    return {"parameters": array_sizes(input_size, hidden_size, biases, gates=4)}


lstm_peephole = gated_layer("lstm_peephole", "Parameters of an LSTM layer with peepholes", GERS)


@lstm_peephole.quantity("N_p", "peephole weights: one vector for each of the three gates")
def peephole_parameters(hidden_size: Term) -> Term:
    return 3 * hidden_size


@lstm_peephole.quantity("N", "parameters of the layer", name="parameters")
def lstm_peephole_parameters(gate_parameters: Term, peephole_parameters: Term) -> Term:
    return 4 * gate_parameters + peephole_parameters


lstm_peephole.mistake(
    "peepholes_forgotten",
    "the peephole weights were left out",
    share="0.25",
    peephole_parameters=lambda: 0,
)
lstm_peephole.mistake(
    "full_peepholes",
    "the peepholes were counted as full matrices; they are diagonal",
    share="0.25",
    peephole_parameters=lambda hidden_size: 3 * hidden_size**2,
)
lstm_peephole.mistake(
    "four_peepholes",
    "four peepholes were counted; the candidate values have none",
    share="0.5",
    peephole_parameters=lambda hidden_size: 4 * hidden_size,
)


@lstm_peephole.proof
def peephole_arrays(input_size: int, hidden_size: int, biases: int) -> Mapping[str, object]:
    """Adds up the sizes of the gates' arrays and of the three peephole vectors."""
    peepholes = array_sizes(0, hidden_size, 1, gates=3) - 3 * hidden_size**2
    gates = array_sizes(input_size, hidden_size, biases, gates=4)
    return {"peephole_parameters": peepholes, "parameters": gates + peepholes}


lstm_coupled = gated_layer(
    "lstm_coupled", "Parameters of an LSTM layer with coupled forget and input gates", GREFF
)


@lstm_coupled.quantity(
    "N", "parameters of forget gate, candidate and output gate", name="parameters"
)
def lstm_coupled_parameters(gate_parameters: Term) -> Term:
    return 3 * gate_parameters


lstm_coupled.mistake(
    "input_gate_counted",
    "the input gate was counted; it is 1 - f and has no weights of its own",
    share="0.25",
    parameters=lambda gate_parameters: 4 * gate_parameters,
)


@lstm_coupled.proof
def coupled_arrays(input_size: int, hidden_size: int, biases: int) -> Mapping[str, object]:
    """Adds up the sizes of the arrays of the three gates that have weights."""
    return {"parameters": array_sizes(input_size, hidden_size, biases, gates=3)}


lstm_step = Derivation("lstm_step", "One step of an LSTM cell of size one", source=HOCHREITER)
lstm_step.input("x", "x_t", "input", SMALL)
lstm_step.input("hidden_previous", "h_{t-1}", "previous hidden state", SMALL)
lstm_step.input("cell_previous", "C_{t-1}", "previous cell state", SMALL)
for letter, gate in (
    ("f", "forget gate"),
    ("i", "input gate"),
    ("c", "candidate"),
    ("o", "output gate"),
):
    lstm_step.input(f"weight_x{letter}", f"w_{{x{letter}}}", f"weight of the input, {gate}", SMALL)
    lstm_step.input(f"weight_h{letter}", f"w_{{h{letter}}}", f"weight of the state, {gate}", SMALL)
    lstm_step.input(f"bias_{letter}", f"b_{letter}", f"bias, {gate}", SMALL, default=0)


@lstm_step.quantity("f_t", "forget gate")
def forget_gate(
    weight_xf: Term, x: Term, weight_hf: Term, hidden_previous: Term, bias_f: Term
) -> Term:
    return sigmoid(weight_xf * x + weight_hf * hidden_previous + bias_f)


@lstm_step.quantity("i_t", "input gate")
def input_gate(
    weight_xi: Term, x: Term, weight_hi: Term, hidden_previous: Term, bias_i: Term
) -> Term:
    return sigmoid(weight_xi * x + weight_hi * hidden_previous + bias_i)


@lstm_step.quantity(r"\tilde{C}_t", "candidate value")
def candidate(
    weight_xc: Term, x: Term, weight_hc: Term, hidden_previous: Term, bias_c: Term
) -> Term:
    return tanh(weight_xc * x + weight_hc * hidden_previous + bias_c)


@lstm_step.quantity("o_t", "output gate")
def output_gate(
    weight_xo: Term, x: Term, weight_ho: Term, hidden_previous: Term, bias_o: Term
) -> Term:
    return sigmoid(weight_xo * x + weight_ho * hidden_previous + bias_o)


@lstm_step.quantity("C_t", "cell state")
def cell(forget_gate: Term, cell_previous: Term, input_gate: Term, candidate: Term) -> Term:
    return forget_gate * cell_previous + input_gate * candidate


@lstm_step.quantity("h_t", "hidden state")
def hidden(output_gate: Term, cell: Term) -> Term:
    return output_gate * tanh(cell)


lstm_step.mistake(
    "gates_swapped",
    "forget gate and input gate were exchanged",
    share="0.25",
    cell=lambda forget_gate, cell_previous, input_gate, candidate: (
        input_gate * cell_previous + forget_gate * candidate
    ),
)
lstm_step.mistake(
    "forget_gate_left_out",
    "the old cell state was kept whole, without the forget gate",
    share="0.25",
    cell=lambda cell_previous, input_gate, candidate: cell_previous + input_gate * candidate,
)
lstm_step.mistake(
    "output_without_tanh",
    "the cell state went out without tanh",
    share="0.25",
    hidden=lambda output_gate, cell: output_gate * cell,
)
lstm_step.mistake(
    "candidate_with_sigmoid",
    "the candidate was squashed by a sigmoid instead of tanh",
    share="0.25",
    candidate=lambda weight_xc, x, weight_hc, hidden_previous, bias_c: sigmoid(
        weight_xc * x + weight_hc * hidden_previous + bias_c
    ),
)


@lstm_step.proof
def lstm_step_in_floats(
    x: Fraction,
    hidden_previous: Fraction,
    cell_previous: Fraction,
    weight_xf: Fraction,
    weight_hf: Fraction,
    bias_f: Fraction,
    weight_xi: Fraction,
    weight_hi: Fraction,
    bias_i: Fraction,
    weight_xc: Fraction,
    weight_hc: Fraction,
    bias_c: Fraction,
    weight_xo: Fraction,
    weight_ho: Fraction,
    bias_o: Fraction,
) -> Mapping[str, object]:
    """Runs the step with numpy: all four gates by one matrix product, then split."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    matrix = np.array(
        [
            [weight_xf, weight_hf, bias_f],
            [weight_xi, weight_hi, bias_i],
            [weight_xc, weight_hc, bias_c],
            [weight_xo, weight_ho, bias_o],
        ],
        dtype=float,
    )
    f, i, c, o = (float(v) for v in matrix @ np.array([x, hidden_previous, 1], dtype=float))
    f, i, o = ((1 + math.tanh(v / 2)) / 2 for v in (f, i, o))
    c = math.tanh(c)
    state = f * float(cell_previous) + i * c
    return {
        "forget_gate": f,
        "input_gate": i,
        "candidate": c,
        "output_gate": o,
        "cell": state,
        "hidden": o * math.tanh(state),
    }
