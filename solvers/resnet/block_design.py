"""Basic block, bottleneck block and projection of a residual network, by their weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.cnn.conv import SIZE
from solvers.graph.derivation import Derivation
from solvers.graph.domain import whole
from solvers.graph.note import Note
from solvers.graph.term import Condition, Term, equal, floor
from solvers.resnet.residual import HE

if TYPE_CHECKING:
    from collections.abc import Mapping

COUNTED = Note(
    "The convolutions have no biases, and batch normalization is not counted.",
    ("basic", "bottleneck", "projection"),
)

block_design = Derivation(
    "block_design", "A basic block and a bottleneck block of the same channels", HE, (COUNTED,)
)
block_design.input("channels", "C", "channels of the block", SIZE)
block_design.input("reduction", "r", "factor by which the bottleneck reduces", whole(1, 64))
block_design.input("size", "H", "height and width of the maps", SIZE, default=56)
block_design.input("stride", "s", "stride of the block that changes the size", whole(1, 8))
block_design.input("growth", "g", "factor by which that block multiplies the channels", whole(1, 8))


@block_design.requires("the bottleneck must have a whole number of channels")
def reduces_evenly(channels: Term, reduction: Term) -> Condition:
    return equal(floor(channels / reduction), channels / reduction)


@block_design.requires("the stride must divide the size")
def strides_evenly(size: Term, stride: Term) -> Condition:
    return equal(floor(size / stride), size / stride)


@block_design.quantity(r"N_{\mathrm{basic}}", "weights of the basic block")
def basic(channels: Term) -> Term:
    return 2 * 9 * channels**2


@block_design.quantity("w", "channels inside the bottleneck")
def narrow(channels: Term, reduction: Term) -> Term:
    return channels / reduction


@block_design.quantity(r"N_{\mathrm{bot}}", "weights of the bottleneck block")
def bottleneck(channels: Term, narrow: Term) -> Term:
    return channels * narrow + 9 * narrow**2 + narrow * channels


@block_design.quantity("q", "weights of the basic block by those of the bottleneck block")
def ratio(basic: Term, bottleneck: Term) -> Term:
    return basic / bottleneck


@block_design.quantity("H'", "height and width of the maps behind the block that changes them")
def out_size(size: Term, stride: Term) -> Term:
    return size / stride


@block_design.quantity("C'", "channels behind that block")
def out_channels(channels: Term, growth: Term) -> Term:
    return growth * channels


@block_design.quantity(r"N_{\mathrm{proj}}", "weights of the projection")
def projection(channels: Term, out_channels: Term) -> Term:
    return channels * out_channels


block_design.mistake(
    "one_conv",
    "only one of the two 3x3 convolutions was counted",
    share="0.25",
    basic=lambda channels: 9 * channels * channels,
)
block_design.mistake(
    "kernel_not_squared",
    "the 3x3 kernels were counted with one side instead of both",
    share="0.25",
    basic=lambda channels: 6 * channels * channels,
    bottleneck=lambda channels, narrow: 2 * channels * narrow + 3 * narrow * narrow,
)
block_design.mistake(
    "channels_once",
    "the channels were counted once; each filter reads all channels, and there are as many filters",
    share="0.25",
    basic=lambda channels: 18 * channels,
    bottleneck=lambda channels, narrow: 2 * channels + 9 * narrow,
    projection=lambda out_channels: out_channels,
)
block_design.mistake(
    "no_expansion",
    "the last 1x1 convolution of the bottleneck was left out",
    share="0.25",
    bottleneck=lambda channels, narrow: channels * narrow + 9 * narrow * narrow,
)
block_design.mistake(
    "all_3x3",
    "all three convolutions of the bottleneck were counted as 3x3",
    share="0.25",
    bottleneck=lambda channels, narrow: 18 * channels * narrow + 9 * narrow * narrow,
)
block_design.mistake(
    "middle_not_reduced",
    "the 3x3 convolution of the bottleneck was counted with all channels",
    share="0.25",
    bottleneck=lambda channels, narrow: 2 * channels * narrow + 9 * channels * channels,
)
block_design.mistake(
    "upside_down",
    "the quotient is upside down",
    share="0.5",
    ratio=lambda basic, bottleneck: bottleneck / basic,
)
block_design.mistake(
    "shortcut_3x3",
    "the projection was counted as 3x3; it is 1x1",
    share="0.25",
    projection=lambda channels, out_channels: 9 * channels * out_channels,
)
block_design.mistake(
    "channels_kept",
    "the number of channels was kept",
    share="0.25",
    out_channels=lambda channels: channels,
)
block_design.mistake(
    "size_kept",
    "the stride was left out",
    share="0.25",
    out_size=lambda size: size,
)


@block_design.proof
def build_blocks(
    channels: int, reduction: int, size: int, stride: int, growth: int
) -> Mapping[str, object]:
    """Lists the layers of the blocks as a framework builds them and adds up their shapes."""
    narrow, wide = channels // reduction, sum(channels for _ in range(growth))
    basic = [(channels, channels, 3)] * 2
    bottleneck = [(channels, narrow, 1), (narrow, narrow, 3), (narrow, channels, 1)]
    counts = [sum(a * b * k**2 for a, b, k in layers) for layers in (basic, bottleneck)]
    return {
        "basic": counts[0],
        "narrow": narrow,
        "bottleneck": counts[1],
        "ratio": counts[0] / counts[1],
        "out_size": len(range(0, size, stride)),
        "out_channels": wide,
        "projection": sum(channels for _ in range(wide)),
    }
