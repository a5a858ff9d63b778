"""An LSTM cell: the shapes and number of its parameters, and the update of one cell state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.graph.domain import UNIT, real
from solvers.rnn.gates import array_sizes, gated_layer
from solvers.rnn.lstm import HOCHREITER, cell, lstm, lstm_parameters, lstm_step

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from solvers.graph.term import Term

STATE = real("-100", "100")

lstm_cell = gated_layer("lstm_cell", "Shapes, parameters and update of an LSTM cell", HOCHREITER)
lstm_cell.input("forget_gate", "f_t", "forget gate", UNIT)
lstm_cell.input("cell_previous", "C_{t-1}", "previous cell state", STATE)
lstm_cell.input("input_gate", "i_t", "input gate", UNIT)
lstm_cell.input("candidate", r"\tilde{C}_t", "candidate value", real("-1", "1"))


@lstm_cell.quantity("n_r", "rows of a weight matrix, one for each hidden unit")
def rows(hidden_size: Term) -> Term:
    return hidden_size


@lstm_cell.quantity("n_c", "columns of a weight matrix, one for each element of state and input")
def columns(hidden_size: Term, input_size: Term) -> Term:
    return hidden_size + input_size


lstm_cell.quantity("N", "parameters of the three gates and the candidate", name="parameters")(
    lstm_parameters
)
lstm_cell.quantity("C_t", "cell state")(cell)


lstm_cell.add_mistake(lstm.mistakes["three_gates"])
lstm_cell.mistake(
    "transposed",
    "rows and columns were exchanged",
    share="0.25",
    rows=lambda hidden_size, input_size: hidden_size + input_size,
    columns=lambda hidden_size: hidden_size,
)
lstm_cell.mistake(
    "input_only",
    "the matrix was given the input alone; it multiplies the previous hidden state too",
    share="0.25",
    columns=lambda input_size: input_size,
)
lstm_cell.mistake(
    "square_matrix",
    "the matrix was made square",
    rows=lambda hidden_size, input_size: hidden_size + input_size,
)
for name in ("gates_swapped", "forget_gate_left_out"):
    lstm_cell.add_mistake(lstm_step.mistakes[name])
lstm_cell.mistake(
    "input_gate_left_out",
    "the candidate was written whole, without the input gate",
    share="0.25",
    cell=lambda forget_gate, cell_previous, candidate: forget_gate * cell_previous + candidate,
)
lstm_cell.mistake(
    "gates_complementary",
    "the input gate was taken as 1 - f; only coupled gates are tied like this",
    share="0.25",
    cell=lambda forget_gate, cell_previous, candidate: (
        forget_gate * cell_previous + (1 - forget_gate) * candidate
    ),
)


@lstm_cell.proof
def cell_in_arrays(
    input_size: int,
    hidden_size: int,
    biases: int,
    forget_gate: Fraction,
    cell_previous: Fraction,
    input_gate: Fraction,
    candidate: Fraction,
) -> Mapping[str, object]:
    """Multiplies an array by state and input end to end, and adds what each gate lets through."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    one = np.zeros(1)
    both = np.concatenate([np.zeros(hidden_size), np.zeros(input_size)])
    matrix = np.broadcast_to(one, (hidden_size, both.size))
    gates, contents = (forget_gate, input_gate), (cell_previous, candidate)
    return {
        "rows": matrix.shape[0],
        "columns": matrix.shape[1],
        "parameters": array_sizes(input_size, hidden_size, biases, gates=4),
        "cell": sum(gate * content for gate, content in zip(gates, contents, strict=True)),
    }
