"""Affine quantization: scale, zero point, codes and their error."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import REAL, real, whole
from solvers.graph.functions.whole import ALL
from solvers.graph.note import Note
from solvers.graph.term import Apply, floor, maximum, minimum

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solvers.graph.term import Condition, Term

ROUND = next(function for function in ALL if function.name == "round")

affine_quantization = Derivation(
    "affine_quantization",
    "Affine and symmetric quantization of a value",
    source="Jacob et al., Quantization and training of neural networks for "
    "integer-arithmetic-only inference (2018), equation 1; torch.quantize_per_tensor",
    notes=(
        Note(r"Codes are $q = \mathrm{round}(x / S) + Z$, cut to $0$ to $2^b - 1$.", ("code",)),
        Note(
            r"Symmetric codes have $Z = 0$ and reach from $-(2^{b-1} - 1)$ to $2^{b-1} - 1$.",
            ("symmetric_scale",),
        ),
    ),
)
affine_quantization.input("low", r"x_{\min}", "lower end of the range", real("-1e6", "0"))
affine_quantization.input("high", r"x_{\max}", "upper end of the range", real("0", "1e6"))
affine_quantization.input("bits", "b", "bits of a code", whole(2, 16), default=8)
affine_quantization.input("value", "x", "value", REAL)


@affine_quantization.requires("the range must not be empty")
def range_is_open(low: Term, high: Term) -> Condition:
    return low < high


@affine_quantization.quantity("S", "scale")
def scale(high: Term, low: Term, bits: Term) -> Term:
    return (high - low) / (2**bits - 1)


@affine_quantization.quantity("Z", "zero point")
def zero_point(low: Term, scale: Term) -> Term:
    return Apply(ROUND, (-low / scale,))


@affine_quantization.quantity("q", "code of the value")
def code(value: Term, scale: Term, zero_point: Term, bits: Term) -> Term:
    return minimum(2**bits - 1, maximum(0, Apply(ROUND, (value / scale,)) + zero_point))


@affine_quantization.quantity(r"\hat{x}", "value that the code stands for")
def restored(scale: Term, code: Term, zero_point: Term) -> Term:
    return scale * (code - zero_point)


@affine_quantization.quantity(r"S_{\mathrm{sym}}", "scale of symmetric quantization")
def symmetric_scale(high: Term, low: Term, bits: Term) -> Term:
    return maximum(high, -low) / (2 ** (bits - 1) - 1)


_wrong = affine_quantization.mistake
_wrong(
    "levels_not_gaps",
    "the range was divided by the levels instead of the gaps between them, one less",
    share="0.5",
    scale=lambda high, low, bits: (high - low) / 2**bits,
)
_wrong(
    "zero_point_sign",
    "the sign of the zero point is wrong",
    share="0.25",
    zero_point=lambda low, scale: Apply(ROUND, (low / scale,)),
)
_wrong(
    "zero_point_left_out",
    "the zero point was left out",
    share="0.25",
    code=lambda value, scale: Apply(ROUND, (value / scale,)),
)
_wrong(
    "cut_off",
    "the value was cut off, not rounded",
    share="0.5",
    code=lambda value, scale, zero_point: floor(value / scale) + zero_point,
)
_wrong(
    "zero_point_not_subtracted",
    "the zero point was not subtracted from the code",
    share="0.25",
    restored=lambda scale, code: scale * code,
)
_wrong(
    "smaller_end",
    "the end of the range that is nearer to 0 was taken; what is beyond it would be cut",
    share="0.25",
    symmetric_scale=lambda high, low, bits: minimum(high, -low) / (2 ** (bits - 1) - 1),
)


@affine_quantization.proof
def nearest_level(
    low: Fraction, high: Fraction, bits: int, value: Fraction
) -> Mapping[str, object]:
    """Build all levels and take the nearest, for the zero and for the value."""
    codes = range(2**bits)
    gap = Fraction(high - low) / max(codes)
    zero = max(codes, key=lambda k: (-abs(low + k * gap), k))
    levels = [(k - zero) * gap for k in codes]
    place = min(codes, key=lambda k: (abs(levels[k] - value), -abs(levels[k])))
    half = [k for k in codes if k < 2 ** (bits - 1)]
    return {
        "scale": gap,
        "zero_point": zero,
        "code": place,
        "restored": levels[place],
        "symmetric_scale": Fraction(max(abs(low), abs(high)), max(half)),
    }
