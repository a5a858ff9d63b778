"""Two-dimensional convolution: output size, parameters, multiply-adds and memory.

Names and conventions are those of `torch.nn.Conv2d`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import FLAG, whole
from solvers.graph.term import Condition, Term, equal, floor

if TYPE_CHECKING:
    from collections.abc import Mapping

SOURCE = "Dumoulin and Visin, A guide to convolution arithmetic for deep learning (2016)"
SIZE = CHANNELS = whole(1, 100_000)
BIAS = {0: "The layer has no bias.", 1: "Each filter has one bias."}


def out_size(size: Term, span: Term, padding: Term, stride: Term) -> Term:
    """Return the places where a window of `span` fits (source: relationships 6 and 15)."""
    return floor((size + 2 * padding - span) / stride) + 1


def count_parameters(layer: Derivation) -> None:
    """Declares biases and parameters of a layer of filters, from its weights."""

    @layer.quantity("N_b", "biases")
    def biases(bias: Term, out_channels: Term) -> Term:
        return bias * out_channels

    @layer.quantity("N", "parameters")
    def parameters(weights: Term, biases: Term) -> Term:
        return weights + biases


def measure_memory(layer: Derivation) -> None:
    """Declares the memory of a layer's activations and parameters."""

    @layer.quantity(r"M_{\mathrm{act}}", "memory of the activations", unit="B")
    def activation_bytes(
        out_height: Term, out_width: Term, out_channels: Term, bytes_per_value: Term
    ) -> Term:
        return out_height * out_width * out_channels * bytes_per_value

    @layer.quantity(r"M_{\mathrm{par}}", "memory of the parameters", unit="B")
    def parameter_bytes(parameters: Term, bytes_per_value: Term) -> Term:
        return parameters * bytes_per_value


conv2d = Derivation("conv2d", "A two-dimensional convolutional layer", source=SOURCE)
conv2d.input("height", "H", "input height", SIZE)
conv2d.input("width", "W", "input width", SIZE, default="height")
conv2d.input("in_channels", r"C_{\mathrm{in}}", "input channels", CHANNELS)
conv2d.input("out_channels", r"C_{\mathrm{out}}", "filters, that is output channels", CHANNELS)
conv2d.input("kernel", "K", "kernel size", SIZE, default="kernel_height")
conv2d.input("kernel_height", "K_H", "kernel height", SIZE, default="kernel")
conv2d.input("kernel_width", "K_W", "kernel width", SIZE, default="kernel")
conv2d.input("stride", "S", "stride", SIZE, default=1)
conv2d.input("padding", "P", "zero padding on each side", whole(0, 100_000), default=0)
conv2d.input("dilation", "D", "dilation", SIZE, default=1, inline=True)
conv2d.input("groups", "G", "groups", CHANNELS, default=1, inline=True)
conv2d.input("bias", "b", "biases of a filter", FLAG, default=1, says_when=BIAS)
conv2d.input("bytes_per_value", "q", "bytes of one stored value", whole(1, 64), default=4)


@conv2d.quantity("K_H'", "rows that the dilated kernel spans")
def span_height(kernel_height: Term, dilation: Term) -> Term:
    return dilation * (kernel_height - 1) + 1


@conv2d.quantity("K_W'", "columns that the dilated kernel spans")
def span_width(kernel_width: Term, dilation: Term) -> Term:
    return dilation * (kernel_width - 1) + 1


@conv2d.requires("the kernel must not be higher than the padded input")
def kernel_fits_height(
    height: Term, padding: Term, kernel_height: Term, dilation: Term
) -> Condition:
    return span_height(kernel_height, dilation) <= height + 2 * padding


@conv2d.requires("the kernel must not be wider than the padded input")
def kernel_fits_width(width: Term, padding: Term, kernel_width: Term, dilation: Term) -> Condition:
    return span_width(kernel_width, dilation) <= width + 2 * padding


@conv2d.requires("groups must divide the input channels")
def groups_divide_in(in_channels: Term, groups: Term) -> Condition:
    return equal(floor(in_channels / groups), in_channels / groups)


@conv2d.requires("groups must divide the output channels")
def groups_divide_out(out_channels: Term, groups: Term) -> Condition:
    return equal(floor(out_channels / groups), out_channels / groups)


@conv2d.quantity(r"H_{\mathrm{out}}", "output height")
def out_height(height: Term, padding: Term, span_height: Term, stride: Term) -> Term:
    return out_size(height, span_height, padding, stride)


@conv2d.quantity(r"W_{\mathrm{out}}", "output width")
def out_width(width: Term, padding: Term, span_width: Term, stride: Term) -> Term:
    return out_size(width, span_width, padding, stride)


@conv2d.quantity("N_f", "weights of a filter")
def filter_weights(
    kernel_height: Term, kernel_width: Term, in_channels: Term, groups: Term
) -> Term:
    return kernel_height * kernel_width * (in_channels / groups)


@conv2d.quantity("N_w", "weights")
def weights(filter_weights: Term, out_channels: Term) -> Term:
    return filter_weights * out_channels


count_parameters(conv2d)


@conv2d.quantity(r"N_{\mathrm{MAC}}", "multiply-accumulates")
def macs(weights: Term, out_height: Term, out_width: Term) -> Term:
    return weights * out_height * out_width


measure_memory(conv2d)


@conv2d.quantity("M", "memory of activations and parameters", unit="B")
def total_bytes(activation_bytes: Term, parameter_bytes: Term) -> Term:
    return activation_bytes + parameter_bytes


conv2d.mistake(
    "floor_forgotten",
    "the quotient was not rounded down to a whole number",
    share="0.25",
    out_height=lambda height, padding, span_height, stride: (
        (height + 2 * padding - span_height) / stride + 1
    ),
    out_width=lambda width, padding, span_width, stride: (
        (width + 2 * padding - span_width) / stride + 1
    ),
)
conv2d.mistake(
    "padding_once",
    "the padding was added on one side only",
    share="0.5",
    out_height=lambda height, padding, span_height, stride: (
        floor((height + padding - span_height) / stride) + 1
    ),
    out_width=lambda width, padding, span_width, stride: (
        floor((width + padding - span_width) / stride) + 1
    ),
)
conv2d.mistake(
    "one_forgotten",
    "the first position of the window was not counted (the + 1 of the formula)",
    share="0.5",
    out_height=lambda out_height: out_height - 1,
    out_width=lambda out_width: out_width - 1,
)
conv2d.mistake(
    "stride_ignored",
    "the stride was left out",
    share="0.25",
    stride=lambda: 1,
)
conv2d.mistake(
    "no_bias",
    "the biases were left out",
    share="0.5",
    biases=lambda: 0,
)
conv2d.mistake(
    "one_bias",
    "one bias was counted for the layer instead of one for each filter",
    share="0.5",
    biases=lambda bias: bias,
)
conv2d.mistake(
    "kernel_not_squared",
    "the kernel was counted with one side instead of both",
    share="0.25",
    filter_weights=lambda kernel_height, in_channels: kernel_height * in_channels,
)
conv2d.mistake(
    "input_channels_forgotten",
    "a filter was given one input channel instead of all",
    share="0.25",
    filter_weights=lambda kernel_height, kernel_width: kernel_height * kernel_width,
)
conv2d.mistake(
    "values_not_bytes",
    "the values were counted, not their bytes",
    share="0.5",
    activation_bytes=lambda out_height, out_width, out_channels: (
        out_height * out_width * out_channels
    ),
    parameter_bytes=lambda parameters: parameters,
)


@conv2d.proof
def slide_and_allocate(
    height: int,
    width: int,
    in_channels: int,
    out_channels: int,
    kernel_height: int,
    kernel_width: int,
    stride: int,
    padding: int,
    dilation: int,
    groups: int,
    bias: int,
    bytes_per_value: int,
) -> Mapping[str, object]:
    """Slides the window cell by cell and counts; takes the sizes of the arrays a layer holds."""
    rows = _positions(height, kernel_height, stride, padding, dilation)
    columns = _positions(width, kernel_width, stride, padding, dilation)
    filters = [(kernel_height, kernel_width, in_channels // groups) for _ in range(out_channels)]
    weight_count = sum(a * b * c for a, b, c in filters)
    bias_count = len(filters) if bias else 0
    macs_of_a_filter = sum(a * b * c for a, b, c in filters[:1]) * rows * columns
    return {
        "out_height": rows,
        "out_width": columns,
        "filter_weights": sum(a * b * c for a, b, c in filters[:1]),
        "weights": weight_count,
        "biases": bias_count,
        "parameters": weight_count + bias_count,
        "macs": sum(macs_of_a_filter for _ in filters),
        "activation_bytes": sum(rows * columns * bytes_per_value for _ in filters),
        "parameter_bytes": (weight_count + bias_count) * bytes_per_value,
        "total_bytes": (rows * columns * len(filters) + weight_count + bias_count)
        * bytes_per_value,
    }


def _positions(size: int, kernel: int, stride: int, padding: int, dilation: int) -> int:
    """Return how often the last cell of the dilated window lies inside the padded line."""
    count, start = 0, -padding
    while start + dilation * (kernel - 1) <= size - 1 + padding:
        count, start = count + 1, start + stride
    return count
