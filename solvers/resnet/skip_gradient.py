"""A gradient through many layers, with skip connections and without."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import UNIT
from solvers.rnn.gradient import LAYERS, gradient_product

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solvers.graph.term import Term

skip_gradient = Derivation(
    "skip_gradient",
    "The gradient through layers whose derivatives are at most a, with skips and without",
    source="He et al., Identity mappings in deep residual networks (2016), equation 5",
)
skip_gradient.input("factor", "a", "largest magnitude of a layer's derivative", UNIT)
skip_gradient.input("layers", "L", "layers that the gradient passes", LAYERS)


@skip_gradient.quantity("g", "magnitude of the gradient without skip connections")
def magnitude(factor: Term, layers: Term) -> Term:
    return factor**layers


@skip_gradient.quantity(r"g_{\min}", "smallest factor of a block with a skip connection")
def lowest(factor: Term) -> Term:
    return 1 - factor


@skip_gradient.quantity(r"g_{\max}", "largest factor of a block with a skip connection")
def highest(factor: Term) -> Term:
    return 1 + factor


@skip_gradient.quantity("g_L", "smallest magnitude of the gradient with skip connections")
def smallest(factor: Term, layers: Term) -> Term:
    return (1 - factor) ** layers


skip_gradient.mistake(
    "multiplied",
    "the factor was multiplied by the number of layers instead of raised to that power",
    magnitude=lambda factor, layers: factor * layers,
    smallest=lambda factor, layers: (1 - factor) * layers,
)
for name in ("one_layer_less", "one_layer_more"):
    skip_gradient.add_mistake(gradient_product.mistakes[name])
skip_gradient.mistake(
    "at_least_one",
    "no factor was allowed to be smaller than 1, but the derivative of the layers may be negative",
    share="0.5",
    lowest=lambda: 1,
)
skip_gradient.mistake(
    "at_most_one",
    "no factor was allowed to be larger than 1, but the derivative of the layers may be positive",
    share="0.5",
    highest=lambda: 1,
)
skip_gradient.mistake(
    "skip_forgotten",
    "the 1 of the skip connection was left out",
    share="0.25",
    lowest=lambda factor: 0 - factor,
    highest=lambda factor: factor,
    smallest=lambda factor, layers: factor**layers,
)
skip_gradient.mistake(
    "largest_taken",
    "this is the largest magnitude",
    share="0.5",
    smallest=lambda factor, layers: (1 + factor) ** layers,
)
skip_gradient.mistake(
    "never_shrinks",
    "the gradient was taken not to shrink, but the factors of the blocks may be smaller than 1",
    smallest=lambda: 1,
)


@skip_gradient.proof
def multiply_block_by_block(factor: Fraction, layers: int) -> Mapping[str, object]:
    """Multiplies block by block, trying derivatives between -a and a for the extreme factors."""
    factors = [abs(1 + factor * Fraction(step, 16)) for step in range(-16, 17)]
    plain = skipped = Fraction(1)
    for _ in range(layers):
        plain *= factor
        skipped *= min(factors)
    return {
        "magnitude": plain,
        "lowest": min(factors),
        "highest": max(factors),
        "smallest": skipped,
    }
