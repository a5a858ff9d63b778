"""Transposed convolution. Names and conventions are those of `torch.nn.ConvTranspose2d`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.cnn.conv import BIAS, SIZE, SOURCE, count_parameters, measure_memory
from solvers.graph.derivation import Derivation
from solvers.graph.domain import FLAG, whole
from solvers.graph.term import Condition, Term, equal, floor

if TYPE_CHECKING:
    from collections.abc import Mapping

conv_transpose2d = Derivation("conv_transpose2d", "A transposed convolutional layer", SOURCE)
conv_transpose2d.input("height", "H", "input height", SIZE)
conv_transpose2d.input("width", "W", "input width", SIZE, default="height")
conv_transpose2d.input("in_channels", r"C_{\mathrm{in}}", "input channels", SIZE, default=1)
conv_transpose2d.input("out_channels", r"C_{\mathrm{out}}", "output channels", SIZE, default=1)
conv_transpose2d.input("kernel", "K", "kernel size", SIZE)
conv_transpose2d.input("stride", "S", "stride", SIZE, default=1)
conv_transpose2d.input("padding", "P", "padding taken away", whole(0, 100_000), default=0)
conv_transpose2d.input("output_padding", "A", "rows added", whole(0, 1_000), default=0, inline=True)
conv_transpose2d.input("dilation", "D", "dilation", SIZE, default=1, inline=True)
conv_transpose2d.input("groups", "G", "groups", SIZE, default=1, inline=True)
conv_transpose2d.input("bias", "b", "biases of a filter", FLAG, default=1, says_when=BIAS)
conv_transpose2d.input("bytes_per_value", "q", "bytes of one value", whole(1, 64), default=4)


def _size(
    size: Term, stride: Term, padding: Term, dilation: Term, kernel: Term, output_padding: Term
) -> Term:
    return (size - 1) * stride - 2 * padding + dilation * (kernel - 1) + output_padding + 1


@conv_transpose2d.requires("the output padding must be smaller than stride or dilation")
def output_padding_fits(output_padding: Term, stride: Term, dilation: Term) -> Condition:
    return output_padding <= stride + dilation - 2


@conv_transpose2d.requires("groups must divide the channels")
def groups_divide(in_channels: Term, out_channels: Term, groups: Term) -> Condition:
    parts = floor(in_channels / groups) + floor(out_channels / groups)
    return equal(parts * groups, in_channels + out_channels)


@conv_transpose2d.quantity(r"H_{\mathrm{out}}", "output height")
def out_height(
    height: Term, stride: Term, padding: Term, dilation: Term, kernel: Term, output_padding: Term
) -> Term:
    return _size(height, stride, padding, dilation, kernel, output_padding)


@conv_transpose2d.quantity(r"W_{\mathrm{out}}", "output width")
def out_width(
    width: Term, stride: Term, padding: Term, dilation: Term, kernel: Term, output_padding: Term
) -> Term:
    return _size(width, stride, padding, dilation, kernel, output_padding)


@conv_transpose2d.requires("the padding must leave at least one row")
def rows_left(
    height: Term, stride: Term, padding: Term, dilation: Term, kernel: Term, output_padding: Term
) -> Condition:
    return _size(height, stride, padding, dilation, kernel, output_padding) >= 1


@conv_transpose2d.quantity("N_w", "weights")
def weights(kernel: Term, in_channels: Term, out_channels: Term, groups: Term) -> Term:
    return kernel * kernel * in_channels * (out_channels / groups)


count_parameters(conv_transpose2d)


@conv_transpose2d.quantity(r"N_{\mathrm{MAC}}", "multiply-accumulates")
def macs(weights: Term, height: Term, width: Term) -> Term:
    return weights * height * width


measure_memory(conv_transpose2d)

conv_transpose2d.mistake(
    "size_times_stride",
    "every input was given a full stride; the last one adds only the kernel",
    share="0.25",
    out_height=lambda height, stride: height * stride,
    out_width=lambda width, stride: width * stride,
)
conv_transpose2d.mistake(
    "padding_added",
    "the padding was added; in a transposed convolution it is taken away",
    share="0.25",
    padding=lambda padding: 0 - padding,
)
conv_transpose2d.mistake("no_bias", "the biases were left out", share="0.5", biases=lambda: 0)


@conv_transpose2d.proof
def stamp_kernels(
    height: int,
    width: int,
    in_channels: int,
    out_channels: int,
    kernel: int,
    stride: int,
    padding: int,
    output_padding: int,
    dilation: int,
    groups: int,
    bias: int,
) -> Mapping[str, object]:
    """Stamps the kernel onto the output once for each input cell and sees how far it reaches."""

    def reach(size: int) -> int:
        last = max(i * stride + dilation * (kernel - 1) for i in (0, size - 1))
        return len(range(padding, last + 1 + output_padding - padding))

    block = sum(kernel for _ in range(kernel)) * (in_channels // groups) * (out_channels // groups)
    count = sum(block for _ in range(groups))
    return {
        "out_height": reach(height),
        "out_width": reach(width),
        "weights": count,
        "parameters": count + (out_channels if bias else 0),
        "macs": sum(count * width for _ in range(height)),
    }
