"""Quantizing parameters to few bits: memory, levels and rounding error."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import REAL, whole
from solvers.graph.note import Note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solvers.graph.term import Condition, Term

quantization = Derivation(
    "quantization",
    "Parameters quantized evenly to a few bits",
    "Jacob et al., Quantization and training of neural networks for integer-arithmetic (2018)",
    (
        Note("1 MB is 1,000,000 bytes, a byte has 8 bits.", ("full_bytes", "quantized_bytes")),
        Note(
            "The codes are packed without gaps; scale and offset of the code are not counted.",
            ("quantized_bytes", "reduction"),
        ),
        Note(
            "The levels are evenly spaced and include both ends of the range.",
            ("step", "largest_error"),
        ),
    ),
)
quantization.input("parameters", "N", "parameters", whole(1, 10**13))
quantization.input("full_bits", "b", "bits of a parameter before", whole(2, 128), default=32)
quantization.input("bits", "k", "bits of a parameter after", whole(1, 16))
quantization.input("low", r"w_{\min}", "lower end of the range", REAL, default=-1)
quantization.input("high", r"w_{\max}", "upper end of the range", REAL, default=1)


@quantization.requires("the range must not be empty")
def range_is_open(low: Term, high: Term) -> Condition:
    return low < high


@quantization.quantity(r"M_{\mathrm{full}}", "memory before", unit="B")
def full_bytes(parameters: Term, full_bits: Term) -> Term:
    return parameters * full_bits / 8


@quantization.quantity("M_k", "memory after", unit="B")
def quantized_bytes(parameters: Term, bits: Term) -> Term:
    return parameters * bits / 8


@quantization.quantity("r", "reduction factor")
def reduction(full_bytes: Term, quantized_bytes: Term) -> Term:
    return full_bytes / quantized_bytes


@quantization.quantity("n", "levels")
def levels(bits: Term) -> Term:
    return 2**bits


@quantization.quantity(r"\Delta", "distance of neighbouring levels")
def step(high: Term, low: Term, levels: Term) -> Term:
    return (high - low) / (levels - 1)


@quantization.quantity(r"e_{\max}", "largest rounding error inside the range")
def largest_error(step: Term) -> Term:
    return step / 2


quantization.mistake(
    "bits_not_bytes",
    "the bits were not divided by 8 to give bytes",
    share="0.5",
    full_bytes=lambda parameters, full_bits: parameters * full_bits,
    quantized_bytes=lambda parameters, bits: parameters * bits,
)
quantization.mistake(
    "one_byte_each",
    "each code was given a whole byte",
    share="0.25",
    quantized_bytes=lambda parameters: parameters,
)
quantization.mistake(
    "levels_multiplied",
    "2 times the bits was taken instead of 2 to that power",
    levels=lambda bits: 2 * bits,
)
quantization.mistake(
    "levels_not_gaps",
    "the range was divided by the levels instead of the gaps between them, one less",
    share="0.5",
    step=lambda high, low, levels: (high - low) / levels,
)
quantization.mistake(
    "whole_step",
    "a whole step was taken as the error; rounding to the nearest level errs by half a step",
    share="0.25",
    largest_error=lambda step: step,
)


@quantization.proof
def pack_and_walk(
    parameters: int, full_bits: int, bits: int, low: Fraction, high: Fraction
) -> Mapping[str, object]:
    """Packs eight codes into as many bytes as a code has bits, and builds the ladder of levels."""
    ladder = [Fraction(0)]
    for _ in range(bits):
        ladder += [value + len(ladder) for value in ladder]
    gap = (Fraction(high) - low) / max(ladder)
    packs = Fraction(parameters, 8)
    return {
        "full_bytes": sum(packs for _ in range(full_bits)),
        "quantized_bytes": sum(packs for _ in range(bits)),
        "reduction": Fraction(full_bits, bits),
        "levels": len(ladder),
        "step": gap,
        "largest_error": (low + gap) - (low + gap / 2),
    }
