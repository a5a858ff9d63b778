"""Networks with binary or few-bit weights: memory, and what a speed-up is worth."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import real, whole
from solvers.graph.note import Note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solvers.graph.term import Condition, Term


binary_network = Derivation(
    "binary_network",
    "Memory and speed of a network with one-bit weights",
    "Courbariaux et al. (2016); Rastegari et al., XNOR-Net (2016)",
    (Note("1 MB is 1,000,000 bytes, a byte has 8 bits.", ("float_bytes", "binary_bytes")),),
)
binary_network.input("parameters", "N", "parameters", whole(1, 10**13))
binary_network.input("bits", "b", "bits of a full-precision parameter", whole(2, 128), default=32)
binary_network.input(
    "kept", "K", "parameters that keep full precision", whole(0, 10**13), default=0
)
binary_network.input(
    "gflops", "v", "speed of the device", real("0", "1e9"), unit="GFLOPS", default=1
)
binary_network.input(
    "work", "w", "operations of one inference, in 10^9", real("0", "1e9"), default=1
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


@binary_network.quantity(r"M_{\mathrm{bin}}", "memory with binary parameters", unit="B")
def binary_bytes(parameters: Term, kept: Term, bits: Term) -> Term:
    return (parameters - kept + kept * bits) / 8


@binary_network.quantity("r", "reduction factor")
def reduction(float_bytes: Term, binary_bytes: Term) -> Term:
    return float_bytes / binary_bytes


@binary_network.quantity(r"v_{\mathrm{low}}", "equivalent speed, cautious", unit="GFLOPS")
def equivalent_gflops_low(gflops: Term, speedup_low: Term) -> Term:
    return gflops * speedup_low


@binary_network.quantity(r"v_{\mathrm{high}}", "equivalent speed, optimistic", unit="GFLOPS")
def equivalent_gflops_high(gflops: Term, speedup_high: Term) -> Term:
    return gflops * speedup_high


@binary_network.quantity(
    r"t_{\mathrm{short}}", "time of an inference at the higher speed-up, in ms", unit="ms"
)
def shortest_time(work: Term, equivalent_gflops_high: Term) -> Term:
    return 1000 * work / equivalent_gflops_high


@binary_network.quantity(
    r"t_{\mathrm{long}}", "time of an inference at the lower speed-up, in ms", unit="ms"
)
def longest_time(work: Term, equivalent_gflops_low: Term) -> Term:
    return 1000 * work / equivalent_gflops_low


@binary_network.requires("no more parameters can be kept than there are")
def kept_are_some(kept: Term, parameters: Term) -> Condition:
    return kept <= parameters


binary_network.mistake(
    "bits_not_bytes",
    "the bits were not divided by 8 to give bytes",
    share="0.5",
    float_bytes=lambda parameters, bits: parameters * bits,
    binary_bytes=lambda parameters, kept, bits: parameters - kept + kept * bits,
)
binary_network.mistake(
    "one_byte_each",
    "a binary parameter was given a whole byte",
    share="0.25",
    binary_bytes=lambda parameters, kept, bits: parameters - kept + kept * bits / 8,
)
binary_network.mistake(
    "kept_binary",
    "the parameters that keep full precision were given one bit as well",
    share="0.5",
    binary_bytes=lambda parameters: parameters / 8,
)
binary_network.mistake(
    "kept_left_out",
    "the parameters that keep full precision were left out",
    share="0.5",
    binary_bytes=lambda parameters, kept: (parameters - kept) / 8,
)
binary_network.mistake(
    "kept_twice",
    "the parameters that keep full precision were counted a second time, with one bit",
    share="0.5",
    binary_bytes=lambda parameters, kept, bits: (parameters + kept * bits) / 8,
)
binary_network.mistake(
    "upside_down",
    "the smaller memory was divided by the larger one",
    share="0.5",
    reduction=lambda float_bytes, binary_bytes: binary_bytes / float_bytes,
)
binary_network.mistake(
    "slower",
    "the speed was divided by the speed-up, not multiplied",
    equivalent_gflops_low=lambda gflops, speedup_high: gflops / speedup_high,
    equivalent_gflops_high=lambda gflops, speedup_low: gflops / speedup_low,
)
binary_network.mistake(
    "seconds",
    "the times are in seconds, not in milliseconds",
    share="0.5",
    shortest_time=lambda work, equivalent_gflops_high: work / equivalent_gflops_high,
    longest_time=lambda work, equivalent_gflops_low: work / equivalent_gflops_low,
)


@binary_network.proof
def pack_bits(
    parameters: int,
    kept: int,
    bits: int,
    gflops: Fraction,
    work: Fraction,
    speedup_low: Fraction,
    speedup_high: Fraction,
) -> Mapping[str, object]:
    """Packs eight weights into a byte, and lets the old time pass the speed-up more often."""
    full = sum(_packed(parameters) for _ in range(bits))
    saved = sum(_packed(parameters - kept) for _ in range(bits - 1))
    found: dict[str, object] = {
        "float_bytes": full,
        "binary_bytes": full - saved,
        "reduction": 1 / (1 - saved / full),
        "equivalent_gflops_low": Fraction(speedup_low) / (1 / Fraction(gflops)) if gflops else 0,
        "equivalent_gflops_high": Fraction(speedup_high) / (1 / Fraction(gflops)) if gflops else 0,
    }
    if gflops and speedup_low and speedup_high:
        before = Fraction(work) / Fraction(gflops) * 1000
        found["shortest_time"] = before / Fraction(speedup_high)
        found["longest_time"] = before / Fraction(speedup_low)
    return found


def _packed(parameters: int) -> Fraction:
    """Return the bytes of one bit of each parameter, eight to a byte."""
    whole_bytes, rest = divmod(parameters, 8)
    return whole_bytes + Fraction(rest, 8)
