"""Fully connected layers, and how many parameters a convolution saves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.cnn.conv import SIZE
from solvers.graph.derivation import Derivation
from solvers.graph.domain import FLAG, whole
from solvers.graph.note import Note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solvers.graph.term import Term

FEATURES = whole(1, 10**9)

linear = Derivation("linear", "A fully connected layer", source="torch.nn.Linear")
linear.input("in_features", r"n_{\mathrm{in}}", "inputs", FEATURES)
linear.input("out_features", r"n_{\mathrm{out}}", "units", FEATURES)
linear.input(
    "bias", "b", "biases of a unit", FLAG, default=1,
    says_when={0: "The layer has no bias.", 1: "Each unit has one bias."},
)  # fmt: skip


@linear.quantity("N", "parameters")
def parameters(in_features: Term, out_features: Term, bias: Term) -> Term:
    return in_features * out_features + bias * out_features


linear.mistake("no_bias", "the biases were left out", share="0.5", bias=lambda: 0)
linear.mistake(
    "one_bias",
    "one bias was counted for the layer instead of one for each unit",
    share="0.5",
    parameters=lambda in_features, out_features: in_features * out_features + 1,
)


@linear.proof
def size_of_matrix(in_features: int, out_features: int, bias: int) -> Mapping[str, object]:
    """Adds up the rows of the weight matrix, each with its bias, by doubling."""
    row, total, add, count = in_features + bias, 0, in_features + bias, out_features
    while count:
        total, count, add = total + add * (count & 1), count >> 1, add + add
    return {"parameters": total if row else 0}


linear_vs_conv = Derivation(
    "linear_vs_conv",
    "First layer of an image network: fully connected or convolutional",
    source="torch.nn.Linear and torch.nn.Conv2d",
    notes=(
        Note(
            "Both layers have biases: one for each unit, one for each filter.",
            ("linear_parameters", "conv_parameters"),
        ),
        Note(
            "Multiply-adds are counted without the biases.",
            ("conv_macs", "linear_macs", "macs_factor"),
        ),
    ),
)
linear_vs_conv.input("height", "H", "image height", SIZE)
linear_vs_conv.input("width", "W", "image width", SIZE, default="height")
linear_vs_conv.input("in_channels", "C", "image channels", SIZE, default=3)
linear_vs_conv.input("units", "n", "units of the fully connected layer", SIZE)
linear_vs_conv.input("out_channels", "F", "filters of the convolution", SIZE)
linear_vs_conv.input("kernel", "K", "kernel size", SIZE)


@linear_vs_conv.quantity(r"n_{\mathrm{in}}", "inputs of the fully connected layer")
def inputs(height: Term, width: Term, in_channels: Term) -> Term:
    return height * width * in_channels


@linear_vs_conv.quantity(r"N_{\mathrm{fc}}", "parameters of the fully connected layer")
def linear_parameters(inputs: Term, units: Term) -> Term:
    return inputs * units + units


@linear_vs_conv.quantity(r"N_{\mathrm{conv}}", "parameters of the convolutional layer")
def conv_parameters(kernel: Term, in_channels: Term, out_channels: Term) -> Term:
    return kernel**2 * in_channels * out_channels + out_channels


@linear_vs_conv.quantity("r", "reduction factor")
def reduction(linear_parameters: Term, conv_parameters: Term) -> Term:
    return linear_parameters / conv_parameters


@linear_vs_conv.quantity(r"O_{\mathrm{fc}}", "multiply-adds of the fully connected layer")
def linear_macs(inputs: Term, units: Term) -> Term:
    return inputs * units


@linear_vs_conv.quantity(r"O_{\mathrm{conv}}", "multiply-adds of the convolutional layer")
def conv_macs(
    height: Term, width: Term, kernel: Term, in_channels: Term, out_channels: Term
) -> Term:
    return height * width * kernel**2 * in_channels * out_channels


@linear_vs_conv.quantity(
    "q",
    "multiply-adds of the convolution by those of the full connection; height, width and "
    "channels of the image cancel",
)
def macs_factor(kernel: Term, out_channels: Term, units: Term) -> Term:
    return kernel**2 * out_channels / units


linear_vs_conv.mistake(
    "no_bias",
    "the biases were left out",
    share="0.5",
    linear_parameters=lambda inputs, units: inputs * units,
    conv_parameters=lambda kernel, in_channels, out_channels: (
        kernel * kernel * in_channels * out_channels
    ),
)
linear_vs_conv.mistake(
    "channels_forgotten",
    "the input channels were left out",
    share="0.25",
    inputs=lambda height, width: height * width,
    conv_parameters=lambda kernel, out_channels: kernel * kernel * out_channels + out_channels,
)
linear_vs_conv.mistake(
    "kernel_not_squared",
    "the kernel was counted with one side instead of both",
    share="0.25",
    conv_parameters=lambda kernel, in_channels, out_channels: (
        kernel * in_channels * out_channels + out_channels
    ),
    conv_macs=lambda height, width, kernel, in_channels, out_channels: (
        height * width * kernel * in_channels * out_channels
    ),
    macs_factor=lambda kernel, out_channels, units: kernel * out_channels / units,
)
linear_vs_conv.mistake(
    "upside_down",
    "the quotient is upside down",
    share="0.5",
    reduction=lambda linear_parameters, conv_parameters: conv_parameters / linear_parameters,
    macs_factor=lambda kernel, out_channels, units: units / (kernel * kernel * out_channels),
)
linear_vs_conv.mistake(
    "positions_forgotten",
    "each weight was used once; a filter is applied at every position",
    share="0.25",
    conv_macs=lambda kernel, in_channels, out_channels: (
        kernel * kernel * in_channels * out_channels
    ),
    macs_factor=lambda inputs, kernel, in_channels, out_channels, units: (
        kernel * kernel * in_channels * out_channels / (inputs * units)
    ),
)
linear_vs_conv.mistake(
    "no_sharing",
    "the convolution was given a filter for each position; its weights are shared",
    conv_parameters=lambda inputs, kernel, out_channels: inputs * kernel * kernel * out_channels,
)


@linear_vs_conv.proof
def count_unit_by_unit(
    height: int, width: int, in_channels: int, units: int, out_channels: int, kernel: int
) -> Mapping[str, object]:
    """Adds up the parameters unit by unit and filter by filter."""
    pixels = sum(width for _ in range(height))
    dense = sum(pixels * in_channels + 1 for _ in range(units))
    window = sum(1 for _ in range(kernel) for _ in range(kernel))
    conv = sum(window * in_channels + 1 for _ in range(out_channels))
    windows = sum(pixels for _ in range(window))  # each entry of the window meets each pixel
    return {
        "linear_parameters": dense,
        "conv_parameters": conv,
        "reduction": dense / conv,
        "linear_macs": dense - units,
        "conv_macs": sum(windows * in_channels for _ in range(out_channels)),
        "macs_factor": sum(windows for _ in range(out_channels)) / (pixels * units),
    }
