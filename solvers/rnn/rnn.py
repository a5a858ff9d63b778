"""Vanilla recurrent networks: parameters, and the unfolded forward pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import matrix, vector, whole
from solvers.graph.term import Condition, Matrix, Ref, Term, Vector, equal, tanh, total
from solvers.rnn.gates import SIZE, SMALL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

ELMAN = "Elman, Finding structure in time (1990)"
BIASES = {
    0: "There are no biases.",
    1: "Hidden and output layer have one bias vector each.",
    2: "The hidden layer has two bias vectors, as in PyTorch; the output layer has one.",
}

rnn = Derivation("rnn", "Parameters of a recurrent network with one hidden layer", source=ELMAN)
rnn.input("input_size", "x", "input size", SIZE)
rnn.input("hidden_size", "h", "hidden size", SIZE)
rnn.input("output_size", "y", "output size", SIZE)
rnn.input("bias", "b", "bias vectors of the hidden layer", whole(0, 2), default=1, says_when=BIASES)


@rnn.quantity("N_{hx}", "weights from the input to the hidden layer")
def input_weights(hidden_size: Term, input_size: Term) -> Term:
    return hidden_size * input_size


@rnn.quantity("N_{hh}", "weights from the hidden layer to itself")
def recurrent_weights(hidden_size: Term) -> Term:
    return hidden_size**2


@rnn.quantity("N_{yh}", "weights from the hidden layer to the output")
def output_weights(output_size: Term, hidden_size: Term) -> Term:
    return output_size * hidden_size


@rnn.quantity("N_b", "biases")
def biases(bias: Term, hidden_size: Term, output_size: Term) -> Term:
    # (3b - b^2) / 2 is 0, 1, 1: the output layer has one bias vector unless there are none.
    return bias * hidden_size + bias * (3 - bias) / 2 * output_size


@rnn.quantity("N", "parameters")
def parameters(
    input_weights: Term, recurrent_weights: Term, output_weights: Term, biases: Term
) -> Term:
    return input_weights + recurrent_weights + output_weights + biases


rnn.mistake("no_bias", "the biases were left out", share="0.5", biases=lambda: 0)
rnn.mistake(
    "recurrent_weights_forgotten",
    "the weights from the hidden layer to itself were left out",
    share="0.25",
    recurrent_weights=lambda: 0,
)
rnn.mistake(
    "output_layer_forgotten",
    "the output layer was left out",
    share="0.25",
    parameters=lambda input_weights, recurrent_weights, bias, hidden_size: (
        input_weights + recurrent_weights + bias * hidden_size
    ),
)
rnn.mistake(
    "hidden_bias_only",
    "the bias of the output layer was left out",
    share="0.5",
    biases=lambda bias, hidden_size: bias * hidden_size,
)


@rnn.proof
def rnn_arrays(
    input_size: int, hidden_size: int, output_size: int, bias: int
) -> Mapping[str, object]:
    """Adds up the sizes of the network's arrays, as numpy has them."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    shapes: list[tuple[int, ...]] = [(hidden_size, input_size), (hidden_size, hidden_size)]
    shapes += [(output_size, hidden_size)] + [(hidden_size,)] * bias + [(output_size,)] * (bias > 0)
    cell = np.zeros(1)
    sizes = [int(np.broadcast_to(cell, shape).size) for shape in shapes]
    return {
        "input_weights": sizes[0],
        "recurrent_weights": sizes[1],
        "output_weights": sizes[2],
        "biases": sum(sizes[3:]),
        "parameters": sum(sizes),
    }


rnn_forward = Derivation("rnn_forward", "The unfolded forward pass of a recurrent network", ELMAN)
NUMBERS, ROWS = vector(SMALL), matrix(SMALL)
rnn_forward.input("inputs", "x", "inputs, one row for each time step", ROWS, element="x_{{{i}}}")
rnn_forward.input("weight_hx", "W_{hx}", "weights from the input", ROWS, element="w^{{hx}}_{{{i}}}")
rnn_forward.input("weight_hh", "W_{hh}", "recurrent weights", ROWS, element="w^{{hh}}_{{{i}}}")
rnn_forward.input("weight_hy", "W_{hy}", "weights of the output", ROWS, element="w^{{hy}}_{{{i}}}")
rnn_forward.input("bias_h", "b_h", "bias of the hidden layer", NUMBERS, element="b^h_{{{i}}}")
rnn_forward.input("bias_y", "b_y", "bias of the output layer", NUMBERS, element="b^y_{{{i}}}")
rnn_forward.input("initial_hidden", "h_0", "initial hidden state", NUMBERS, element="h_{{0,{i}}}")


@rnn_forward.requires("the recurrent weights must have a row for each hidden unit")
def square_recurrent(weight_hh: Matrix, bias_h: Vector) -> Condition:
    return _lengths(weight_hh, bias_h, *[(row, bias_h) for row in weight_hh])


@rnn_forward.requires("the input weights must have a row for each hidden unit")
def rows_of_input(weight_hx: Matrix, bias_h: Vector, inputs: Matrix) -> Condition:
    pairs = [(row, inputs[0]) for row in weight_hx] + [(row, inputs[0]) for row in inputs]
    return _lengths(weight_hx, bias_h, *pairs)


@rnn_forward.requires("the output weights must have a row for each output")
def rows_of_output(weight_hy: Matrix, bias_y: Vector, bias_h: Vector) -> Condition:
    return _lengths(weight_hy, bias_y, *[(row, bias_h) for row in weight_hy])


@rnn_forward.requires("the initial state must have an element for each hidden unit")
def initial_fits(initial_hidden: Vector, bias_h: Vector) -> Condition:
    return _lengths(initial_hidden, bias_h)


def _lengths(
    left: Sequence[object],
    right: Sequence[object],
    *pairs: tuple[Sequence[object], Sequence[object]],
) -> Condition:
    wrong = sum(len(a) != len(b) for a, b in ((left, right), *pairs))
    return equal(wrong, 0)


@rnn_forward.quantity("h", "hidden states", element="h_{{{i}}}")
def hidden(
    inputs: Matrix,
    weight_hx: Matrix,
    weight_hh: Matrix,
    bias_h: Vector,
    initial_hidden: Vector,
) -> Matrix:
    units = range(len(bias_h))
    before = [tuple(Ref("hidden", (t, k)) for k in units) for t in range(len(inputs) - 1)]
    states = [initial_hidden, *before]
    return tuple(
        tuple(tanh(_dot(weight_hx[k], row) + _dot(weight_hh[k], state) + bias_h[k]) for k in units)
        for row, state in zip(inputs, states, strict=True)
    )


def _dot(weights: Vector, values: Vector) -> Term:
    products = [w * v for w, v in zip(weights, values, strict=True)]
    return products[0] if len(products) == 1 else total(products)


@rnn_forward.quantity("y", "outputs", element="y_{{{i}}}")
def outputs(hidden: Matrix, weight_hy: Matrix, bias_y: Vector) -> Matrix:
    return tuple(
        tuple(_dot(weight_hy[k], state) + bias_y[k] for k in range(len(bias_y))) for state in hidden
    )


rnn_forward.mistake(
    "recurrence_forgotten",
    "the previous hidden state was left out",
    share="0.25",
    hidden=lambda inputs, weight_hx, bias_h: tuple(
        tuple(tanh(_dot(weight_hx[k], row) + bias_h[k]) for k in range(len(bias_h)))
        for row in inputs
    ),
)
rnn_forward.mistake(
    "tanh_forgotten",
    "the hidden state was left linear, without tanh",
    share="0.25",
    hidden=lambda inputs, weight_hx, weight_hh, bias_h, initial_hidden: tuple(
        tuple(
            _dot(weight_hx[k], row)
            + _dot(
                weight_hh[k],
                tuple(Ref("hidden", (t - 1, j)) for j in range(len(bias_h)))
                if t
                else initial_hidden,
            )
            + bias_h[k]
            for k in range(len(bias_h))
        )
        for t, row in enumerate(inputs)
    ),
)


@rnn_forward.proof
def forward_with_numpy(
    inputs: Sequence[Sequence[Fraction]],
    weight_hx: Sequence[Sequence[Fraction]],
    weight_hh: Sequence[Sequence[Fraction]],
    weight_hy: Sequence[Sequence[Fraction]],
    bias_h: Sequence[Fraction],
    bias_y: Sequence[Fraction],
    initial_hidden: Sequence[Fraction],
) -> Mapping[str, object]:
    """Runs the network with numpy's matrix products in floats."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    w_hx, w_hh, w_hy = (np.array(w, dtype=float) for w in (weight_hx, weight_hh, weight_hy))
    b_h, b_y, state = (np.array(b, dtype=float) for b in (bias_h, bias_y, initial_hidden))
    states, results = [], []
    for row in np.array(inputs, dtype=float):
        state = np.tanh(w_hx @ row + w_hh @ state + b_h)
        states.append(state.tolist())
        results.append((w_hy @ state + b_y).tolist())
    return {"hidden": states, "outputs": results}
