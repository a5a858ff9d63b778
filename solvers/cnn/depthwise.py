"""Depthwise separable convolution beside the standard one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.cnn.conv import SIZE
from solvers.graph.derivation import Derivation
from solvers.graph.domain import FLAG
from solvers.graph.note import Note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solvers.graph.term import Term

depthwise_separable = Derivation(
    "depthwise_separable",
    "A depthwise separable convolution",
    source="Howard et al., MobileNets (2017), section 3.1",
    notes=(
        Note(
            "Stride 1 and same padding: the feature map keeps its size.", ("macs", "standard_macs")
        ),
    ),
)
depthwise_separable.input("height", "H", "height of the feature map", SIZE, default=1)
depthwise_separable.input("width", "W", "width of the feature map", SIZE, default="height")
depthwise_separable.input("in_channels", "M", "input channels", SIZE)
depthwise_separable.input("out_channels", "N", "output channels", SIZE)
depthwise_separable.input("kernel", "K", "kernel size", SIZE, default=3)
depthwise_separable.input(
    "bias", "b", "biases of a filter", FLAG, default=0,
    says_when={0: "The convolutions have no biases.", 1: "Each filter has one bias."},
)  # fmt: skip


@depthwise_separable.quantity(r"N_{\mathrm{dw}}", "parameters of the depthwise convolution")
def depthwise_parameters(kernel: Term, in_channels: Term, bias: Term) -> Term:
    return kernel * kernel * in_channels + bias * in_channels


@depthwise_separable.quantity(r"N_{\mathrm{pw}}", "parameters of the pointwise convolution")
def pointwise_parameters(in_channels: Term, out_channels: Term, bias: Term) -> Term:
    return in_channels * out_channels + bias * out_channels


@depthwise_separable.quantity(r"N_{\mathrm{sep}}", "parameters together")
def parameters(depthwise_parameters: Term, pointwise_parameters: Term) -> Term:
    return depthwise_parameters + pointwise_parameters


@depthwise_separable.quantity(r"N_{\mathrm{std}}", "parameters of the standard convolution")
def standard_parameters(kernel: Term, in_channels: Term, out_channels: Term, bias: Term) -> Term:
    return kernel * kernel * in_channels * out_channels + bias * out_channels


@depthwise_separable.quantity("r", "parameters saved: standard by separable")
def reduction(standard_parameters: Term, parameters: Term) -> Term:
    return standard_parameters / parameters


@depthwise_separable.quantity(r"\mathrm{MAC}_{\mathrm{sep}}", "multiply-accumulates")
def macs(kernel: Term, in_channels: Term, out_channels: Term, height: Term, width: Term) -> Term:
    return (kernel * kernel * in_channels + in_channels * out_channels) * height * width


@depthwise_separable.quantity(r"\mathrm{MAC}_{\mathrm{std}}", "multiply-accumulates, standard")
def standard_macs(
    kernel: Term, in_channels: Term, out_channels: Term, height: Term, width: Term
) -> Term:
    return kernel * kernel * in_channels * out_channels * height * width


depthwise_separable.mistake(
    "pointwise_forgotten",
    "the pointwise convolution was left out",
    share="0.25",
    pointwise_parameters=lambda: 0,
)
depthwise_separable.mistake(
    "depthwise_forgotten",
    "the depthwise convolution was left out",
    share="0.25",
    depthwise_parameters=lambda: 0,
)
depthwise_separable.mistake(
    "multiplied",
    "the two parts were multiplied instead of added",
    parameters=lambda depthwise_parameters, pointwise_parameters: (
        depthwise_parameters * pointwise_parameters
    ),
)


@depthwise_separable.proof
def grouped_filters(
    height: int, width: int, in_channels: int, out_channels: int, kernel: int, bias: int
) -> Mapping[str, object]:
    """Counts filter by filter: one for each input channel, then 1x1 ones for each output."""
    cells = sum(kernel for _ in range(kernel))
    deep = sum(cells for _ in range(in_channels))
    point = sum(in_channels for _ in range(out_channels))
    full = sum(cells * in_channels for _ in range(out_channels))
    separate = deep + point + bias * (in_channels + out_channels)
    return {
        "parameters": separate,
        "standard_parameters": full + bias * out_channels,
        "reduction": (full + bias * out_channels) / separate,
        "macs": sum((deep + point) * width for _ in range(height)),
        "standard_macs": sum(full * width for _ in range(height)),
    }
