"""Residual networks: parameters of their blocks, and the gradient through skip connections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.cnn.conv import SIZE
from solvers.graph.derivation import Derivation
from solvers.graph.domain import FLAG, real, vector, whole
from solvers.graph.note import Note
from solvers.graph.term import Term, Vector, minimum, product

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

HE = "He et al., Deep residual learning for image recognition (2016), table 1 and figure 5"
NORM = {
    0: "Batch normalization is not counted.",
    1: "Each convolution is followed by batch normalization with a scale and a shift per channel.",
}
NO_BIAS = Note("The convolutions have no biases.", ("parameters", "shortcut"))
SHORTCUT = Note(
    r"Where the size or the channels change, the shortcut is a $1\times1$ convolution.",
    ("shortcut",),
)


def _changes(channels_in: Term, channels_out: Term, stride: Term) -> Term:
    """Return 1 where the shortcut needs a projection, else 0."""
    difference = (channels_in - channels_out) * (channels_in - channels_out)
    return minimum(1, difference + (stride - 1))


residual_block = Derivation(
    "residual_block", "A basic residual block: two 3x3 convolutions", HE, (NO_BIAS, SHORTCUT)
)
residual_block.input("in_channels", r"C_{\mathrm{in}}", "input channels", SIZE)
residual_block.input(
    "out_channels", r"C_{\mathrm{out}}", "output channels", SIZE, default="in_channels"
)
residual_block.input("stride", "s", "stride of the first convolution", whole(1, 8), default=1)
residual_block.input("batch_norm", "n", "batch normalization", FLAG, default=1, says_when=NORM)


@residual_block.quantity("N_1", "weights of the first convolution")
def first_conv(in_channels: Term, out_channels: Term) -> Term:
    return 9 * in_channels * out_channels


@residual_block.quantity("N_2", "weights of the second convolution")
def second_conv(out_channels: Term) -> Term:
    return 9 * out_channels * out_channels


@residual_block.quantity("u", "whether the shortcut is a projection", inline=True)
def projects(in_channels: Term, out_channels: Term, stride: Term) -> Term:
    return _changes(in_channels, out_channels, stride)


@residual_block.quantity("N_s", "weights of the shortcut")
def shortcut(projects: Term, in_channels: Term, out_channels: Term) -> Term:
    return projects * in_channels * out_channels


@residual_block.quantity("N_n", "parameters of batch normalization")
def norm_parameters(batch_norm: Term, projects: Term, out_channels: Term) -> Term:
    return batch_norm * (2 + projects) * 2 * out_channels


@residual_block.quantity("N", "parameters", name="parameters")
def residual_parameters(
    first_conv: Term, second_conv: Term, shortcut: Term, norm_parameters: Term
) -> Term:
    return first_conv + second_conv + shortcut + norm_parameters


residual_block.mistake(
    "one_conv", "only one of the two convolutions was counted", share="0.25", second_conv=lambda: 0
)
residual_block.mistake(
    "kernel_not_squared",
    "the 3x3 kernels were counted with one side instead of both",
    share="0.25",
    first_conv=lambda in_channels, out_channels: 3 * in_channels * out_channels,
    second_conv=lambda out_channels: 3 * out_channels * out_channels,
)
residual_block.mistake(
    "norm_forgotten",
    "batch normalization was left out",
    share="0.5",
    norm_parameters=lambda: 0,
)
residual_block.mistake(
    "shortcut_forgotten",
    "the projection of the shortcut was left out",
    share="0.25",
    projects=lambda: 0,
)


@residual_block.proof
def build_basic_block(
    in_channels: int, out_channels: int, stride: int, batch_norm: int
) -> Mapping[str, object]:
    """Lists the block's layers as a framework builds them and adds up their shapes."""
    convs = [(3, 3, in_channels, out_channels), (3, 3, out_channels, out_channels)]
    if stride != 1 or in_channels != out_channels:
        convs.append((1, 1, in_channels, out_channels))
    return _counted(convs, batch_norm)


bottleneck_block = Derivation(
    "bottleneck_block",
    "A bottleneck block: 1x1, 3x3 and 1x1 convolutions",
    HE,
    (NO_BIAS, SHORTCUT),
)
bottleneck_block.input("in_channels", r"C_{\mathrm{in}}", "input channels", SIZE)
bottleneck_block.input("width", "w", "channels of the 3x3 convolution", SIZE)
bottleneck_block.input("expansion", "e", "output channels by width", whole(1, 16), default=4)
bottleneck_block.input("stride", "s", "stride of the 3x3 convolution", whole(1, 8), default=1)
bottleneck_block.input("batch_norm", "n", "batch normalization", FLAG, default=1, says_when=NORM)


@bottleneck_block.quantity(r"C_{\mathrm{out}}", "output channels", name="out_channels")
def expanded(width: Term, expansion: Term) -> Term:
    return width * expansion


@bottleneck_block.quantity("N_1", "weights of the first 1x1 convolution")
def reduce_conv(in_channels: Term, width: Term) -> Term:
    return in_channels * width


@bottleneck_block.quantity("N_2", "weights of the 3x3 convolution")
def middle_conv(width: Term) -> Term:
    return 9 * width * width


@bottleneck_block.quantity("N_3", "weights of the last 1x1 convolution")
def expand_conv(width: Term, out_channels: Term) -> Term:
    return width * out_channels


@bottleneck_block.quantity(
    "u", "whether the shortcut is a projection", name="projects", inline=True
)
def bottleneck_projects(in_channels: Term, out_channels: Term, stride: Term) -> Term:
    return _changes(in_channels, out_channels, stride)


@bottleneck_block.quantity("N_s", "weights of the shortcut", name="shortcut")
def bottleneck_shortcut(projects: Term, in_channels: Term, out_channels: Term) -> Term:
    return projects * in_channels * out_channels


@bottleneck_block.quantity("N_n", "parameters of batch normalization", name="norm_parameters")
def bottleneck_norm(batch_norm: Term, width: Term, projects: Term, out_channels: Term) -> Term:
    return batch_norm * (4 * width + 2 * (1 + projects) * out_channels)


@bottleneck_block.quantity("N", "parameters", name="parameters")
def bottleneck_parameters(
    reduce_conv: Term,
    middle_conv: Term,
    expand_conv: Term,
    shortcut: Term,
    norm_parameters: Term,
) -> Term:
    return reduce_conv + middle_conv + expand_conv + shortcut + norm_parameters


bottleneck_block.mistake(
    "kernel_not_squared",
    "the 3x3 kernel was counted with one side instead of both",
    share="0.25",
    middle_conv=lambda width: 3 * width * width,
)
bottleneck_block.mistake(
    "all_3x3",
    "all three convolutions were counted as 3x3",
    share="0.25",
    reduce_conv=lambda in_channels, width: 9 * in_channels * width,
    expand_conv=lambda width, out_channels: 9 * width * out_channels,
)
bottleneck_block.mistake(
    "expansion_forgotten",
    "the last convolution was not expanded",
    share="0.25",
    expand_conv=lambda width: width * width,
)
bottleneck_block.mistake(
    "norm_forgotten", "batch normalization was left out", share="0.5", norm_parameters=lambda: 0
)


@bottleneck_block.proof
def build_bottleneck(
    in_channels: int, width: int, expansion: int, stride: int, batch_norm: int
) -> Mapping[str, object]:
    """Lists the block's layers as a framework builds them and adds up their shapes."""
    out = sum(width for _ in range(expansion))
    convs = [(1, 1, in_channels, width), (3, 3, width, width), (1, 1, width, out)]
    if stride != 1 or in_channels != out:
        convs.append((1, 1, in_channels, out))
    return _counted(convs, batch_norm)


def _counted(convs: Sequence[tuple[int, int, int, int]], batch_norm: int) -> Mapping[str, object]:
    weights = sum(a * b * c * d for a, b, c, d in convs)
    norms = sum(d + d for *_, d in convs) if batch_norm else 0
    return {"parameters": weights + norms, "norm_parameters": norms}


residual_gradient = Derivation(
    "residual_gradient",
    "The gradient through a chain of residual blocks, beside a chain without skips",
    source="He et al., Identity mappings in deep residual networks (2016), equation 5",
)
residual_gradient.input(
    "derivative",
    "F'",
    "derivatives of the blocks",
    vector(real("-100", "100")),
    element="F'_{{{i}}}",
)


@residual_gradient.quantity(
    r"\prod (F'_i + 1)", "gradient through the residual blocks", name="product"
)
def residual_product(derivative: Vector) -> Term:
    return product(d + 1 for d in derivative)


@residual_gradient.quantity(r"\prod F'_i", "gradient through the same layers without skips")
def plain_product(derivative: Vector) -> Term:
    return product(derivative)


residual_gradient.mistake(
    "skip_forgotten",
    "the 1 of the skip connection was left out",
    share="0.25",
    product=lambda derivative: product(derivative),
)
residual_gradient.mistake(
    "one_skip",
    "1 was added once to the product instead of to each factor",
    share="0.25",
    product=lambda derivative: product(derivative) + 1,
)


@residual_gradient.proof
def all_paths(derivative: Sequence[Fraction]) -> Mapping[str, object]:
    """Adds up the gradients of all paths: each block is either passed through or skipped."""
    paths: dict[int, Fraction | int] = {0: 1}
    for d in derivative:
        longer: dict[int, Fraction | int] = {}
        for length, value in paths.items():
            longer[length] = longer.get(length, 0) + value
            longer[length + 1] = longer.get(length + 1, 0) + value * d
        paths = longer
    return {"product": sum(paths.values()), "plain_product": paths[len(derivative)]}
