"""A 1x1 convolution that narrows the channels before an expensive convolution."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.cnn.conv import SIZE
from solvers.graph.derivation import Derivation
from solvers.graph.note import Note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solvers.graph.term import Term

pointwise_reduction = Derivation(
    "pointwise_reduction",
    "A convolution beside the same one behind a 1x1 reduction",
    source="Szegedy et al., Going deeper with convolutions (2015), section 4",
    notes=(
        Note(
            "Stride 1 and same padding: the feature maps keep their size.", ("direct_macs", "macs")
        ),
        Note("The convolutions have no biases.", ("direct_weights", "weights")),
    ),
)
pointwise_reduction.input("height", "H", "height of the feature maps", SIZE, default=1)
pointwise_reduction.input("width", "W", "width of the feature maps", SIZE, default="height")
pointwise_reduction.input("in_channels", r"C_{\mathrm{in}}", "input channels", SIZE)
pointwise_reduction.input("reduced", "r", "channels after the 1x1 convolution", SIZE)
pointwise_reduction.input("out_channels", r"C_{\mathrm{out}}", "output channels", SIZE)
pointwise_reduction.input("kernel", "K", "kernel size", SIZE, default=3)


@pointwise_reduction.quantity(r"N_{\mathrm{direct}}", "weights of the direct convolution")
def direct_weights(kernel: Term, in_channels: Term, out_channels: Term) -> Term:
    return kernel**2 * in_channels * out_channels


@pointwise_reduction.quantity(r"N_{1 \times 1}", "weights of the 1x1 convolution")
def reduce_weights(in_channels: Term, reduced: Term) -> Term:
    return in_channels * reduced


@pointwise_reduction.quantity("N_K", "weights of the convolution behind it")
def main_weights(kernel: Term, reduced: Term, out_channels: Term) -> Term:
    return kernel**2 * reduced * out_channels


@pointwise_reduction.quantity("N", "weights of both together")
def weights(reduce_weights: Term, main_weights: Term) -> Term:
    return reduce_weights + main_weights


@pointwise_reduction.quantity("s", "saving: direct by reduced")
def saving(direct_weights: Term, weights: Term) -> Term:
    return direct_weights / weights


@pointwise_reduction.quantity(
    r"\mathrm{MAC}_{\mathrm{direct}}", "multiply-accumulates of the direct convolution"
)
def direct_macs(direct_weights: Term, height: Term, width: Term) -> Term:
    return direct_weights * height * width


@pointwise_reduction.quantity(r"\mathrm{MAC}", "multiply-accumulates with the reduction")
def macs(weights: Term, height: Term, width: Term) -> Term:
    return weights * height * width


pointwise_reduction.mistake(
    "reduction_free",
    "the weights of the 1x1 convolution itself were left out",
    share="0.25",
    reduce_weights=lambda: 0,
)
pointwise_reduction.mistake(
    "not_narrowed",
    "the large convolution was still given all input channels",
    main_weights=lambda kernel, in_channels, out_channels: kernel**2 * in_channels * out_channels,
)
pointwise_reduction.mistake(
    "kernel_not_squared",
    "the kernel was counted with one side instead of both",
    share="0.25",
    direct_weights=lambda kernel, in_channels, out_channels: kernel * in_channels * out_channels,
    main_weights=lambda kernel, reduced, out_channels: kernel * reduced * out_channels,
)
pointwise_reduction.mistake(
    "one_position",
    "the operations were counted for one position of the map only",
    share="0.25",
    direct_macs=lambda direct_weights: direct_weights,
    macs=lambda weights: weights,
)


@pointwise_reduction.proof
def filter_by_filter(
    height: int, width: int, in_channels: int, reduced: int, out_channels: int, kernel: int
) -> Mapping[str, object]:
    """Adds up the cells of each filter, and lets each visit every position."""
    window = sum(kernel for _ in range(kernel))
    direct = sum(window * in_channels for _ in range(out_channels))
    narrow = sum(in_channels for _ in range(reduced))
    after = sum(window * reduced for _ in range(out_channels))
    return {
        "direct_weights": direct,
        "reduce_weights": narrow,
        "main_weights": after,
        "weights": narrow + after,
        "saving": direct / (narrow + after),
        "direct_macs": sum(direct * width for _ in range(height)),
        "macs": sum((narrow + after) * width for _ in range(height)),
    }
