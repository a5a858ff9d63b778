"""Networks with binary or few-bit weights: memory, and what a speed-up is worth."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import real, whole
from solvers.graph.note import Note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solvers.graph.term import Term


binary_network = Derivation(
    "binary_network",
    "Memory and speed of a network with one-bit weights",
    "Courbariaux et al. (2016); Rastegari et al., XNOR-Net (2016)",
    (
        Note("1 MB is 1,000,000 bytes, a byte has 8 bits.", ("float_bytes", "binary_bytes")),
        Note(
            "The speed-up is an estimate, so the equivalent speed is a range.",
            ("equivalent_gflops_low", "equivalent_gflops_high"),
        ),
    ),
)
binary_network.input("parameters", "N", "parameters", whole(1, 10**13))
binary_network.input("bits", "b", "bits of a full-precision parameter", whole(2, 128), default=32)
binary_network.input(
    "gflops", "v", "speed needed for inference", real("0", "1e9"), unit="GFLOPS", default=1
)
binary_network.input(
    "speedup_low", r"s_{\mathrm{low}}", "lower speed-up", real("0", "1e6"), default=10
)
binary_network.input(
    "speedup_high", r"s_{\mathrm{high}}", "upper speed-up", real("0", "1e6"), default=30
)


@binary_network.quantity(r"M_{\mathrm{float}}", "memory at full precision", unit="B")
def float_bytes(parameters: Term, bits: Term) -> Term:
    return parameters * bits / 8


@binary_network.quantity(r"M_{\mathrm{bin}}", "memory with one bit each", unit="B")
def binary_bytes(parameters: Term) -> Term:
    return parameters / 8


@binary_network.quantity("r", "reduction factor")
def reduction(float_bytes: Term, binary_bytes: Term) -> Term:
    return float_bytes / binary_bytes


@binary_network.quantity(r"v_{\mathrm{low}}", "equivalent speed, cautious", unit="GFLOPS")
def equivalent_gflops_low(gflops: Term, speedup_low: Term) -> Term:
    return gflops * speedup_low


@binary_network.quantity(r"v_{\mathrm{high}}", "equivalent speed, optimistic", unit="GFLOPS")
def equivalent_gflops_high(gflops: Term, speedup_high: Term) -> Term:
    return gflops * speedup_high


binary_network.mistake(
    "bits_not_bytes",
    "the bits were not divided by 8 to give bytes",
    share="0.5",
    float_bytes=lambda parameters, bits: parameters * bits,
    binary_bytes=lambda parameters: parameters,
)
binary_network.mistake(
    "one_byte_each",
    "a binary parameter was given a whole byte",
    share="0.25",
    binary_bytes=lambda parameters: parameters,
)


@binary_network.proof
def pack_bits(
    parameters: int,
    bits: int,
    gflops: Fraction,
    speedup_low: Fraction,
    speedup_high: Fraction,
) -> Mapping[str, object]:
    """Packs eight weights into a byte, and adds the speed up once for each unit of speed-up."""
    eighths = divmod(parameters, 8)
    packed = eighths[0] + Fraction(eighths[1], 8)
    full = sum(packed for _ in range(bits))
    return {
        "float_bytes": full,
        "binary_bytes": packed,
        "reduction": bits,
        "equivalent_gflops_low": Fraction(speedup_low) / (1 / Fraction(gflops)) if gflops else 0,
        "equivalent_gflops_high": Fraction(speedup_high) / (1 / Fraction(gflops)) if gflops else 0,
    }
