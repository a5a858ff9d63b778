"""A stack of convolutional layers: sizes, parameters, operations and memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.cnn.conv import BIAS, SIZE, SOURCE, out_size
from solvers.graph.derivation import Derivation
from solvers.graph.domain import FLAG, matrix, whole
from solvers.graph.note import Note
from solvers.graph.term import Condition, Matrix, Ref, Term, Vector, equal, floor, total

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

conv_net = Derivation(
    "conv_net",
    "A stack of convolutional layers on a square image",
    SOURCE,
    (
        Note(
            "The output of each layer is stored once; the image itself is not counted.",
            ("stored", "activation_values"),
        ),
        Note("Sizes that do not come out whole are rounded down.", ("sizes",)),
    ),
)
conv_net.input("size", "n_0", "height and width of the image", SIZE)
conv_net.input("in_channels", "c_0", "channels of the image", SIZE)
conv_net.input(
    "layers", "L", "layers as [filters, kernel, stride, padding]", matrix(whole(0, 10_000))
)
conv_net.input("bias", "b", "biases of a filter", FLAG, default=1, says_when=BIAS)
conv_net.input("bytes_per_value", "q", "bytes of one stored value", whole(1, 64), default=4)


@conv_net.requires("each layer must have four numbers")
def rows_fit(layers: Matrix) -> Condition:
    return equal(sum(len(row) != 4 for row in layers), 0)


def _sizes(layers: Matrix, first: Term, own: str, step: Callable[[Term, Vector], Term]) -> Vector:
    """Return one size after the other, each computed from the one before."""
    before = [first, *(Ref(own, (i,)) for i in range(len(layers) - 1))]
    return tuple(step(size, row) for size, row in zip(before, layers, strict=True))


@conv_net.quantity("n", "height and width after each layer", element="n_{{{i}}}")
def sizes(layers: Matrix, size: Term) -> Vector:
    return _sizes(layers, size, "sizes", lambda n, row: out_size(n, row[1], row[3], row[2]))


@conv_net.quantity("a", "values that each layer stores", element="a_{{{i}}}")
def stored(layers: Matrix, sizes: Vector) -> Vector:
    return tuple(n**2 * row[0] for n, row in zip(sizes, layers, strict=True))


@conv_net.quantity("A", "values that all layers store")
def activation_values(stored: Vector) -> Term:
    return total(stored)


@conv_net.quantity(r"M_{\mathrm{act}}", "memory of the activations", unit="B")
def activation_bytes(activation_values: Term, bytes_per_value: Term) -> Term:
    return activation_values * bytes_per_value


@conv_net.quantity("N", "parameters of each layer", element="N_{{{i}}}")
def layer_parameters(layers: Matrix, in_channels: Term, bias: Term) -> Vector:
    entering = (in_channels, *(row[0] for row in layers[:-1]))
    pairs = zip(entering, layers, strict=True)
    return tuple((row[1] ** 2 * channels + bias) * row[0] for channels, row in pairs)


@conv_net.quantity("N", "parameters of all layers")
def parameters(layer_parameters: Vector) -> Term:
    return total(layer_parameters)


@conv_net.quantity(r"M_{\mathrm{par}}", "memory of the parameters", unit="B")
def parameter_bytes(parameters: Term, bytes_per_value: Term) -> Term:
    return parameters * bytes_per_value


conv_net.mistake(
    "padding_once",
    "the padding was added on one side only",
    share="0.5",
    sizes=lambda layers, size: _sizes(
        layers, size, "sizes", lambda n, row: floor((n + row[3] - row[1]) / row[2]) + 1
    ),
)
conv_net.mistake(
    "stride_ignored",
    "the strides were left out",
    share="0.25",
    sizes=lambda layers, size: _sizes(
        layers, size, "sizes", lambda n, row: n + 2 * row[3] - row[1] + 1
    ),
)
conv_net.mistake(
    "last_only",
    "only the output of the last layer was counted",
    share="0.25",
    activation_values=lambda stored: stored[-1],
)
conv_net.mistake(
    "one_channel",
    "one feature map was counted for each layer instead of one for each filter",
    share="0.25",
    stored=lambda sizes: tuple(n**2 for n in sizes),
)
conv_net.mistake(
    "image_counted",
    "the image was counted although only the layers' outputs are asked for",
    share="0.5",
    activation_values=lambda stored, size, in_channels: total(stored) + size**2 * in_channels,
)
conv_net.mistake(
    "values_not_bytes",
    "the values were counted, not their bytes",
    share="0.5",
    activation_bytes=lambda activation_values: activation_values,
    parameter_bytes=lambda parameters: parameters,
)
conv_net.mistake("no_bias", "the biases were left out", share="0.5", bias=lambda: 0)
conv_net.mistake(
    "image_channels_everywhere",
    "every layer was given the channels of the image as its input",
    share="0.25",
    layer_parameters=lambda layers, in_channels, bias: tuple(
        (row[1] ** 2 * in_channels + bias) * row[0] for row in layers
    ),
)


@conv_net.proof
def slide_through_the_layers(
    size: int, in_channels: int, layers: Sequence[Sequence[int]], bias: int, bytes_per_value: int
) -> Mapping[str, object]:
    """Slides each window over its input and counts the places; adds filters one by one."""
    sizes, stored, counts = [], [], []
    for filters, kernel, stride, padding in layers:
        starts = range(-padding, size + padding - kernel + 1, stride)
        size = len(starts)
        sizes.append(size)
        stored.append(sum(size * size for _ in range(filters)))
        counts.append(sum(kernel * kernel * in_channels + bias for _ in range(filters)))
        in_channels = filters
    return {
        "sizes": sizes,
        "stored": stored,
        "activation_bytes": sum(value * bytes_per_value for value in stored),
        "layer_parameters": counts,
        "parameters": sum(counts),
        "parameter_bytes": sum(value * bytes_per_value for value in counts),
    }
