"""The gates of LSTM and GRU layers: a weight matrix on the input and one on the state each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import real, whole

if TYPE_CHECKING:
    from solvers.graph.term import Term

SIZE = whole(1, 10_000)
SMALL = real("-50", "50")
BIASES = {
    0: "Gates and candidate have no bias.",
    1: "Each gate, and the candidate, has one bias vector.",
    2: "Each gate, and the candidate, has two bias vectors, as in PyTorch (one on the input, one on"
    " the state).",
}


def gated_layer(name: str, title: str, source: str) -> Derivation:
    """Return a recurrent layer: sizes, bias convention, the parameters of one gate."""
    layer = Derivation(name, title, source=source)
    layer.input("input_size", "x", "input size", SIZE)
    layer.input("hidden_size", "h", "hidden size", SIZE)
    layer.input("biases", "b", "bias vectors of a gate", whole(0, 2), default=1, says_when=BIASES)

    @layer.quantity("N_g", "parameters of one gate")
    def gate_parameters(hidden_size: Term, input_size: Term, biases: Term) -> Term:
        return hidden_size * (hidden_size + input_size) + biases * hidden_size

    layer.mistake("no_bias", "the biases were left out", share="0.5", biases=lambda: 0)
    layer.mistake(
        "other_bias_convention",
        "two bias vectors were counted for each gate where one is meant, or one instead of two",
        share="0.5",
        biases=lambda biases: biases * (7 - 3 * biases) / 2,  # 1 becomes 2, and 2 becomes 1
    )
    layer.mistake(
        "state_weights_forgotten",
        "the weights from the previous hidden state were left out",
        share="0.25",
        gate_parameters=lambda hidden_size, input_size, biases: (
            hidden_size * input_size + biases * hidden_size
        ),
    )
    layer.mistake(
        "scalar_bias",
        "one number was counted as the bias of a gate instead of one for each hidden unit",
        share="0.5",
        gate_parameters=lambda hidden_size, input_size, biases: (
            hidden_size * (hidden_size + input_size) + biases
        ),
    )
    layer.mistake(
        "sizes_swapped",
        "input size and hidden size were exchanged",
        share="0.25",
        gate_parameters=lambda hidden_size, input_size, biases: (
            input_size * (hidden_size + input_size) + biases * input_size
        ),
    )
    return layer


def array_sizes(input_size: int, hidden_size: int, biases: int, *, gates: int) -> int:
    """Return the number of elements of the arrays that a layer of so many gates holds.

    The arrays are numpy views of one element, so that their size costs no memory.
    """
    import numpy as np  # noqa: PLC0415 - only proofs need it

    cell = np.zeros(1, dtype=np.float32)
    shapes: list[tuple[int, ...]] = [(hidden_size, input_size), (hidden_size, hidden_size)]
    shapes += [(hidden_size,)] * biases
    return sum(np.broadcast_to(cell, shape).size for _ in range(gates) for shape in shapes)
