"""Products of gradients through depth and time, and clipping."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import REAL, UNIT, real, vector, whole
from solvers.graph.note import Note
from solvers.graph.term import Term, Vector, absolute, log10, maximum, minimum, product, sqrt, total

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LAYERS = whole(1, 2_000)
BENGIO = "Bengio, Simard and Frasconi, Learning long-term dependencies is difficult (1994)"
PASCANU = "Pascanu, Mikolov and Bengio, On the difficulty of training RNNs (2013), algorithm 1"


gradient_product = Derivation(
    "gradient_product", "A gradient through layers that scale it alike", source=BENGIO
)
gradient_product.input("factor", "a", "derivative of one layer", real("-1000", "1000"))
gradient_product.input("layers", "L", "layers that the gradient passes", LAYERS)


@gradient_product.quantity("g", "magnitude of the product of the derivatives")
def magnitude(factor: Term, layers: Term) -> Term:
    return absolute(factor) ** layers


@gradient_product.quantity(r"\log_{10} g", "order of magnitude")
def log10_magnitude(factor: Term, layers: Term) -> Term:
    return layers * log10(absolute(factor))


gradient_product.mistake(
    "multiplied", "the derivatives were added up instead of multiplied",
    magnitude=lambda factor, layers: absolute(factor) * layers,
)  # fmt: skip
gradient_product.mistake(
    "one_layer_less", "one layer too few was counted", share="0.5",
    layers=lambda layers: layers - 1,
)  # fmt: skip
gradient_product.mistake(
    "one_layer_more", "one layer too many was counted", share="0.5",
    layers=lambda layers: layers + 1,
)  # fmt: skip


@gradient_product.proof
def multiply_layer_by_layer(factor: Fraction, layers: int) -> Mapping[str, object]:
    """Multiplies the derivative of one layer after the other."""
    gradient = Fraction(1)
    for _ in range(layers):
        gradient *= abs(factor)
    above, below = gradient.numerator, gradient.denominator
    return {"magnitude": gradient, "log10_magnitude": math.log10(above) - math.log10(below)}


rnn_gradient = Derivation(
    "rnn_gradient", "The gradient of the last hidden state with respect to the first", source=BENGIO
)
rnn_gradient.input("steps", "T", "time steps of the unfolded network", whole(2, 2_000))
rnn_gradient.input("derivative", r"\tanh'", "derivative of the activation at each step", UNIT)
rnn_gradient.input("weight", "w", "recurrent weight", real("-1000", "1000"), default=1)


@rnn_gradient.quantity("n", "factors in the product, one for each step after the first")
def factors(steps: Term) -> Term:
    return steps - 1


@rnn_gradient.quantity("|g|", "magnitude of the gradient", name="magnitude")
def gradient_magnitude(weight: Term, derivative: Term, factors: Term) -> Term:
    return (absolute(weight) * derivative) ** factors


rnn_gradient.mistake(
    "one_factor_too_many",
    "a factor was counted for each step; between T states there are T - 1 steps",
    share="0.5",
    factors=lambda steps: steps,
)
rnn_gradient.mistake(
    "weight_forgotten",
    "the recurrent weight was left out of the factors",
    share="0.25",
    magnitude=lambda derivative, factors: derivative**factors,
)
rnn_gradient.mistake(
    "multiplied",
    "the factor was multiplied by the number of steps instead of raised to that power",
    magnitude=lambda weight, derivative, factors: absolute(weight) * derivative * factors,
)


@rnn_gradient.proof
def walk_back_in_time(steps: int, derivative: Fraction, weight: Fraction) -> Mapping[str, object]:
    """Walks from the last state to the first and multiplies at each step."""
    gradient, count = Fraction(1), 0
    for _ in range(steps, 1, -1):
        gradient *= derivative * abs(weight)
        count += 1
    return {"factors": count, "magnitude": gradient}


clip_gradient = Derivation("clip_gradient", "Clipping a gradient by its norm", source=PASCANU)
clip_gradient.input("gradient", "g", "gradient", vector(REAL), element="g_{{{i}}}")
clip_gradient.input("threshold", r"\tau", "largest norm allowed", real("1e-9", "1e9"))


@clip_gradient.quantity(r"\lVert g \rVert", "Euclidean norm of the gradient")
def norm(gradient: Vector) -> Term:
    return sqrt(total(g**2 for g in gradient))


@clip_gradient.quantity("s", "scale factor", formula=r"\min\left(1, \tau / \lVert g \rVert\right)")
def scale(norm: Term, threshold: Term) -> Term:
    # The largest of norm and threshold keeps a zero gradient from dividing by zero.
    return threshold / maximum(threshold, norm)


@clip_gradient.quantity(r"\tilde{g}", "clipped gradient", element=r"\tilde{{g}}_{{{i}}}")
def clipped(gradient: Vector, scale: Term) -> Vector:
    return tuple(scale * g for g in gradient)


clip_gradient.mistake(
    "by_component",
    "each component was cut off at the threshold instead of scaling the whole vector",
    share="0.25",
    clipped=lambda gradient, threshold: tuple(
        maximum(0 - threshold, minimum(threshold, g)) for g in gradient
    ),
)
clip_gradient.mistake(
    "sum_norm",
    "the components were added up instead of taking the Euclidean norm",
    norm=lambda gradient: total(absolute(g) for g in gradient),
)
clip_gradient.mistake(
    "root_forgotten",
    "the square root of the norm was left out",
    share="0.25",
    norm=lambda gradient: total(g**2 for g in gradient),
)
clip_gradient.mistake(
    "threshold_forgotten",
    "the vector was scaled to length 1, not to the threshold",
    share="0.25",
    clipped=lambda gradient, norm: tuple(g / norm for g in gradient),
)


@clip_gradient.proof
def clip_in_floats(gradient: Sequence[Fraction], threshold: Fraction) -> Mapping[str, object]:
    """Computes norm and clipped vector with floats, as a training loop does."""
    length = math.hypot(*map(float, gradient))
    factor = float(threshold) / length if length > float(threshold) else 1.0
    return {"norm": length, "clipped": [float(g) * factor for g in gradient]}


cell_gradient = Derivation(
    "cell_gradient",
    "The gradient along the cell state of an LSTM",
    source="Hochreiter and Schmidhuber, Long short-term memory (1997); Gers et al. (2000)",
    notes=(Note("Only the direct path through the cell state counts: the gates are held fixed."),),
)
cell_gradient.input(
    "forget_gates", "f", "forget gates at the steps passed", vector(UNIT), element="f_{{{i}}}"
)


@cell_gradient.quantity(
    r"\partial C_T / \partial C_0",
    "gradient of the last cell state with respect to the first",
    name="product",
)
def gate_product(forget_gates: Vector) -> Term:
    return product(forget_gates)


cell_gradient.mistake(
    "added",
    "the gates were added up instead of multiplied",
    product=lambda forget_gates: total(forget_gates),
)
cell_gradient.mistake(
    "first_left_out",
    "the first gate was left out of the product",
    share="0.5",
    product=lambda forget_gates: product(forget_gates[1:]),
)
cell_gradient.mistake(
    "complement",
    "the product was taken of 1 - f instead of f",
    share="0.25",
    product=lambda forget_gates: product(1 - f for f in forget_gates),
)


@cell_gradient.proof
def pass_back(forget_gates: Sequence[Fraction]) -> Mapping[str, object]:
    """Passes a gradient of 1 back through one step after the other."""
    gradient = Fraction(1)
    for gate in reversed(forget_gates):
        gradient *= gate
    return {"product": gradient}
