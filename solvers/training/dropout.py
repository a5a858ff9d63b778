"""Dropout: a masked layer, its mean and variance, and the number of subnetworks."""

from __future__ import annotations

from fractions import Fraction
from itertools import product as combinations
from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import FLAG, REAL, real, vector, whole
from solvers.graph.term import Condition, Term, Vector, equal, total

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

dropout = Derivation(
    "dropout",
    "Dropout of a layer's units",
    source="Srivastava et al., Dropout (2014); torch.nn.Dropout",
)
dropout.input("values", "x", "activations of the layer", vector(REAL), element="x_{{{i}}}")
dropout.input("weights", "w", "weights of the next unit", vector(REAL), element="w_{{{i}}}")
dropout.input("mask", "m", "1 for each unit that is kept", vector(whole(0, 1)), element="m_{{{i}}}")
dropout.input(
    "units", "u", "units of a layer whose subnetworks are counted", whole(1, 64), default=1
)
dropout.input("rate", "p", "probability that a unit is dropped", real("0", "0.99"))
dropout.input(
    "at_test",
    "t",
    "whether activations are scaled at test time",
    FLAG,
    default=0,
    says_when={
        0: "Kept activations are divided by $1 - p$ in training (inverted dropout, as in PyTorch).",
        1: "Kept activations are not scaled in training; at test time all are multiplied by "
        "$1 - p$.",
    },
)


@dropout.requires("there must be as many weights and masks as activations")
def fits(values: Vector, weights: Vector, mask: Vector) -> Condition:
    return equal((len(weights) != len(values)) + (len(mask) != len(values)), 0)


@dropout.quantity("f", "factor of an activation that is kept")
def factor(rate: Term, at_test: int) -> Term:
    return 1 + 0 * rate if at_test else 1 / (1 - rate)


@dropout.quantity("d", "activations in training", element="d_{{{i}}}")
def dropped(mask: Vector, values: Vector, factor: Term) -> Vector:
    return tuple(m * x * factor for m, x in zip(mask, values, strict=True))


@dropout.quantity("z", "sum of the next unit in training")
def sum_in_training(weights: Vector, dropped: Vector) -> Term:
    return total(w * d for w, d in zip(weights, dropped, strict=True))


@dropout.quantity(r"z_{\mathrm{test}}", "sum of the next unit at test time")
def sum_at_test(weights: Vector, values: Vector, factor: Term, rate: Term) -> Term:
    return factor * (1 - rate) * total(w * x for w, x in zip(weights, values, strict=True))


@dropout.quantity(r"\mathrm{Var}(z)", "variance of the sum over all masks")
def variance(weights: Vector, values: Vector, factor: Term, rate: Term) -> Term:
    squares = total((w * x) ** 2 for w, x in zip(weights, values, strict=True))
    return factor**2 * rate * (1 - rate) * squares


@dropout.quantity("n", "subnetworks")
def subnetworks(units: Term) -> Term:
    return 2**units


dropout.mistake(
    "other_scaling",
    "the activations were scaled as under the other convention",
    share="0.5",
    at_test=lambda at_test: 1 - at_test,
)
dropout.mistake(
    "kept_for_dropped",
    "the share p that is dropped and the share 1 - p that is kept were exchanged",
    share="0.25",
    rate=lambda rate: 1 - rate,
)
dropout.mistake(
    "masked_at_test",
    "units were dropped at test time; then all are there",
    share="0.25",
    sum_at_test=lambda sum_in_training: sum_in_training,
)
dropout.mistake(
    "factor_not_squared",
    "the factor of a kept activation enters a variance squared",
    share="0.25",
    variance=lambda weights, values, factor, rate: (
        factor
        * rate
        * (1 - rate)
        * total((w * x) ** 2 for w, x in zip(weights, values, strict=True))
    ),
)
dropout.mistake(
    "sum_squared",
    "the sum was squared; the variances of independent units add up",
    share="0.25",
    variance=lambda weights, values, factor, rate: (
        factor**2
        * rate
        * (1 - rate)
        * total(w * x for w, x in zip(weights, values, strict=True)) ** 2
    ),
)
dropout.mistake(
    "squared_for_power",
    "the number of units was squared; each unit doubles the number of subnetworks",
    subnetworks=lambda units: units**2,
)
dropout.mistake(
    "doubled_for_power",
    "the number of units was doubled; each unit doubles the number of subnetworks",
    subnetworks=lambda units: 2 * units,
)
dropout.mistake(
    "none_left_out",
    "the network without any of the units was left out; it is one of them",
    share="0.5",
    subnetworks=lambda units: 2**units - 1,
)


@dropout.proof
def all_masks(
    values: Sequence[Fraction],
    weights: Sequence[Fraction],
    mask: Sequence[int],
    rate: Fraction,
    at_test: int,
    units: int,
) -> Mapping[str, object]:
    """Run every subnetwork, each with its probability."""
    terms = [Fraction(x * w) for x, w in zip(values, weights, strict=True)]
    scale = Fraction(1) if at_test else 1 / (1 - Fraction(rate))
    mean = square = Fraction(0)
    count = 1
    for _ in range(units):
        count += count
    for kept in combinations((0, 1), repeat=len(terms)):
        chance = Fraction(1)
        for is_kept in kept:
            chance *= 1 - rate if is_kept else rate
        z = scale * sum(x for x, is_kept in zip(terms, kept, strict=True) if is_kept)
        mean, square = mean + chance * z, square + chance * z * z
    seen = scale * sum(x for x, is_kept in zip(terms, mask, strict=True) if is_kept)
    return {
        "sum_in_training": seen,
        "sum_at_test": mean,
        "variance": square - mean**2,
        "subnetworks": count,
    }
