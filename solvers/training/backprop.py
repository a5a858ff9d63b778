"""Back-propagation by hand through two inputs, two hidden units and one output."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from solvers.graph.derivation import Derivation
from solvers.graph.domain import REAL, matrix, real, vector
from solvers.graph.functions.whole import IF
from solvers.graph.term import (
    Apply,
    Condition,
    Matrix,
    Term,
    Vector,
    equal,
    indicator,
    relu,
    sigmoid,
    term,
    total,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from fractions import Fraction

    from numpy.typing import NDArray

RUMELHART = (
    "Rumelhart, Hinton and Williams, Learning representations by back-propagating errors (1986)"
)
SMALL = real("-100", "100")


def _network(
    name: str,
    title: str,
    act: Callable[[Term], Term],
    slope: Callable[[Term, Term], Term],
) -> Derivation:
    """Declare a network of one hidden layer whose output is linear.

    Args:
        name: of the derivation.
        title: of the derivation.
        act: the activation.
        slope: its derivative, from the argument and the value.
    """
    net = Derivation(name, title, source=RUMELHART)
    net.input("x", "x", "inputs", vector(SMALL), element="x_{{{i}}}")
    net.input("weights", "W", "weights of the hidden units, a row for each", matrix(SMALL),
              element="w_{{{i}}}")  # fmt: skip
    net.input("biases", "b", "biases of the hidden units", vector(SMALL), element="b_{{{i}}}")
    net.input("readout", "v", "weights of the output", vector(SMALL), element="v_{{{i}}}")
    net.input("bias", "c", "bias of the output", SMALL, default=0)
    net.input("target", "t", "target", REAL)
    net.input("rate", r"\eta", "learning rate", real("0", "100"), default=1)

    @net.requires("each hidden unit needs a row of weights, a bias and a weight of the output")
    def fits(weights: Matrix, biases: Vector, readout: Vector, x: Vector) -> Condition:
        wrong = sum(len(row) != len(x) for row in weights)
        return equal(wrong + (len(weights) != len(biases)) + (len(readout) != len(biases)), 0)

    @net.quantity("a", "arguments of the hidden units", element="a_{{{i}}}")
    def arguments(weights: Matrix, x: Vector, biases: Vector) -> Vector:
        return tuple(
            total([*(w * v for w, v in zip(row, x, strict=True)), b])
            for row, b in zip(weights, biases, strict=True)
        )

    @net.quantity("h", "hidden units", element="h_{{{i}}}")
    def hidden(arguments: Vector) -> Vector:
        return tuple(map(act, arguments))

    @net.quantity("y", "output")
    def output(readout: Vector, hidden: Vector, bias: Term) -> Term:
        return total([*(v * h for v, h in zip(readout, hidden, strict=True)), bias])

    @net.quantity("L", "loss")
    def loss(output: Term, target: Term) -> Term:
        return (output - target) ** 2 / 2

    @net.quantity(r"\delta_y", "derivative of the loss with respect to the output")
    def output_delta(output: Term, target: Term) -> Term:
        return output - target

    @net.quantity("G_v", "derivatives of the loss with respect to the weights of the output",
                  element=r"\partial L / \partial v_{{{i}}}")  # fmt: skip
    def readout_gradient(output_delta: Term, hidden: Vector) -> Vector:
        return tuple(output_delta * h for h in hidden)

    @net.quantity("s", "derivatives of the activation", element="s_{{{i}}}")
    def slopes(arguments: Vector, hidden: Vector) -> Vector:
        return tuple(map(slope, arguments, hidden))

    @net.quantity(r"\delta", "derivatives of the loss with respect to the arguments",
                  element=r"\delta_{{{i}}}")  # fmt: skip
    def hidden_deltas(output_delta: Term, readout: Vector, slopes: Vector) -> Vector:
        return tuple(output_delta * v * s for v, s in zip(readout, slopes, strict=True))

    @net.quantity("G_W", "derivatives of the loss with respect to the weights of the hidden units",
                  element=r"\partial L / \partial w_{{{i}}}")  # fmt: skip
    def weight_gradient(hidden_deltas: Vector, x: Vector) -> Matrix:
        return tuple(tuple(d * v for v in x) for d in hidden_deltas)

    @net.quantity(r"v_1^{\mathrm{new}}", "first weight of the output after a step of descent")
    def new_weight(readout: Vector, rate: Term, readout_gradient: Vector) -> Term:
        return readout[0] - rate * readout_gradient[0]

    net.mistake("error_reversed", "the sign is wrong: dL/dy is y - t, not t - y", share="0.25",
                output_delta=lambda output, target: target - output)  # fmt: skip
    net.mistake("factor_two", "the factor 1/2 of the loss was left out", share="0.5",
                output_delta=lambda output, target: 2 * (output - target))  # fmt: skip
    net.mistake(
        "activation_slope_left_out",
        "the derivative of the activation was left out",
        share="0.25",
        hidden_deltas=lambda output_delta, readout: tuple(output_delta * v for v in readout),
    )
    net.mistake(
        "readout_left_out",
        "the weight from the hidden unit to the output was left out",
        share="0.25",
        hidden_deltas=lambda output_delta, slopes: tuple(output_delta * s for s in slopes),
    )
    net.mistake(
        "ascent",
        "the gradient was added: that climbs the loss",
        share="0.25",
        new_weight=lambda readout, rate, readout_gradient: readout[0] + rate * readout_gradient[0],
    )
    net.mistake(
        "matrix_transposed",
        "rows and columns were exchanged: a row belongs to a hidden unit",
        share="0.25",
        weight_gradient=lambda hidden_deltas, x: tuple(
            tuple(d * v for d in hidden_deltas) for v in x
        ),
    )
    return net


def _by_complex_steps(
    act: Callable[[NDArray[Any]], NDArray[Any]],
    x: Sequence[Fraction],
    weights: Sequence[Sequence[Fraction]],
    biases: Sequence[Fraction],
    readout: Sequence[Fraction],
    bias: Fraction,
    target: Fraction,
) -> Mapping[str, object]:
    """Run the network in numpy, and take each derivative by moving one number alone."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    from solvers.training.complex_step import gradient  # noqa: PLC0415 - as above

    inputs, w, b, v = (np.array(part, dtype=float) for part in (x, weights, biases, readout))
    c, goal = float(bias), float(target)

    def error(arguments: NDArray[Any], out: NDArray[Any]) -> complex:
        return complex((act(arguments) @ out + c - goal) ** 2 / 2)

    at = w @ inputs + b
    return {
        "hidden": np.real(act(at)).tolist(),
        "loss": error(at, v).real,
        "readout_gradient": gradient(lambda out: error(at, out), v).tolist(),
        "hidden_deltas": gradient(lambda moved: error(moved, v), at).tolist(),
        "weight_gradient": gradient(lambda moved: error(moved @ inputs + b, v), w).tolist(),
    }


backprop_sigmoid = _network(
    "backprop_sigmoid",
    "Back-propagation through a hidden layer of sigmoids",
    sigmoid,
    lambda _, value: value * (1 - value),
)
backprop_relu = _network(
    "backprop_relu",
    "Back-propagation through a hidden layer of ReLUs",
    relu,
    lambda argument, _: Apply(IF, (indicator(argument, ">", 0), term(1), term(0))),
)
backprop_sigmoid.mistake(
    "slope_of_argument",
    "the derivative of the sigmoid was written with its argument a(1 - a), not its value h(1 - h)",
    share="0.25",
    slopes=lambda arguments: tuple(a * (1 - a) for a in arguments),
)
backprop_relu.mistake(
    "dead_unit_passed",
    "the gradient was passed through a unit whose ReLU is off",
    share="0.25",
    slopes=lambda arguments: tuple(1 + 0 * a for a in arguments),
)


@backprop_sigmoid.proof
def sigmoids_moved(
    x: Sequence[Fraction],
    weights: Sequence[Sequence[Fraction]],
    biases: Sequence[Fraction],
    readout: Sequence[Fraction],
    bias: Fraction,
    target: Fraction,
) -> Mapping[str, object]:
    """Move each number by a complex step; the sigmoid is written with tanh."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    def act(a: NDArray[Any]) -> NDArray[Any]:
        return (1 + np.tanh(a / 2)) / 2

    return _by_complex_steps(act, x, weights, biases, readout, bias, target)


@backprop_relu.proof
def relus_moved(
    x: Sequence[Fraction],
    weights: Sequence[Sequence[Fraction]],
    biases: Sequence[Fraction],
    readout: Sequence[Fraction],
    bias: Fraction,
    target: Fraction,
) -> Mapping[str, object]:
    """Move each number by a complex step; ReLU keeps what has a positive real part."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    def act(a: NDArray[Any]) -> NDArray[Any]:
        return np.where(np.real(a) > 0, a, 0)

    return _by_complex_steps(act, x, weights, biases, readout, bias, target)
