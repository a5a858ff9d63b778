"""Initialization of weights: variances of Glorot and He, and a signal through many layers."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import real, whole
from solvers.graph.note import Note
from solvers.graph.term import Term, sqrt

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

initialization = Derivation(
    "initialization",
    "Variance of initial weights, and of a signal through many layers",
    source="Glorot and Bengio, Understanding the difficulty of training deep feedforward networks "
    "(2010), equations 12 and 16; He et al., Delving deep into rectifiers (2015), equation 10; "
    "torch.nn.init",
    notes=(
        Note(
            "Weights are independent, of mean 0; there are no biases.",
            ("layer_factor", "signal_factor"),
        ),
    ),
)
initialization.input("fan_in", r"n_{\mathrm{in}}", "inputs of a unit", whole(1, 10**7))
initialization.input("fan_out", r"n_{\mathrm{out}}", "outputs that a unit feeds", whole(1, 10**7))
initialization.input("variance", r"\sigma^2", "variance of the weights in use", real("0", "100"))
initialization.input("layers", "L", "layers", whole(1, 1000), default=1)


@initialization.quantity(r"\sigma^2_{\mathrm{X}}", "variance of Glorot (Xavier)")
def xavier_variance(fan_in: Term, fan_out: Term) -> Term:
    return 2 / (fan_in + fan_out)


@initialization.quantity(r"b_{\mathrm{X}}", "bound of the uniform distribution of Glorot")
def xavier_bound(xavier_variance: Term) -> Term:
    return sqrt(3 * xavier_variance)


@initialization.quantity(r"\sigma^2_{\mathrm{He}}", "variance of He (Kaiming)")
def he_variance(fan_in: Term) -> Term:
    return 2 / fan_in


@initialization.quantity(r"b_{\mathrm{He}}", "bound of the uniform distribution of He")
def he_bound(he_variance: Term) -> Term:
    return sqrt(3 * he_variance)


@initialization.quantity("f", "factor of a layer for the mean square of the signal")
def layer_factor(fan_in: Term, variance: Term) -> Term:
    return fan_in * variance / 2


@initialization.quantity("F", "factor of all layers for the mean square of the signal")
def signal_factor(layer_factor: Term, layers: Term) -> Term:
    return layer_factor**layers


initialization.mistake(
    "relu_not_counted",
    "the half that ReLU takes away was not counted",
    share="0.25",
    he_variance=lambda fan_in: 1 / fan_in,
    layer_factor=lambda fan_in, variance: fan_in * variance,
)
initialization.mistake(
    "fan_in_alone",
    "only the inputs were counted; Glorot takes inputs and outputs",
    share="0.25",
    xavier_variance=lambda fan_in: 1 / fan_in,
)
initialization.mistake(
    "numerator_one",
    "1 was taken for 2 in the numerator",
    share="0.25",
    xavier_variance=lambda fan_in, fan_out: 1 / (fan_in + fan_out),
)
initialization.mistake(
    "fans_exchanged",
    "inputs and outputs were exchanged",
    share="0.25",
    he_variance=lambda fan_out: 2 / fan_out,
)
initialization.mistake(
    "deviation_as_bound",
    "the standard deviation was taken as the bound; a uniform distribution reaches sqrt(3) of them",
    share="0.25",
    he_bound=lambda he_variance: sqrt(he_variance),
    xavier_bound=lambda xavier_variance: sqrt(xavier_variance),
)
initialization.mistake(
    "multiplied_by_layers",
    "the factor was multiplied by the number of layers instead of raised to that power",
    signal_factor=lambda layer_factor, layers: layer_factor * layers,
)


@initialization.proof
def by_moments(fan_in: int, fan_out: int, variance: Fraction, layers: int) -> Mapping[str, object]:
    """Choose the variance that keeps both passes, and integrate a squared ReLU numerically."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    points, weights = np.polynomial.hermite_e.hermegauss(40)
    kept = float(weights @ np.maximum(points, 0) ** 2 / weights.sum())  # E[ReLU(z)^2], z normal
    signal = 1.0
    for _ in range(layers):
        signal *= kept * sum([float(variance)] * fan_in)
    harmonic = statistics.harmonic_mean([1 / fan_in, 1 / fan_out])
    return {
        "xavier_variance": harmonic,
        "xavier_bound": (12 * harmonic) ** 0.5 / 2,
        "he_variance": 1 / (kept * fan_in),
        "he_bound": (12 / (kept * fan_in)) ** 0.5 / 2,
        "signal_factor": signal,
    }
