"""DenseNet: channels and memory of a block, the transition between blocks, whole networks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.cnn.conv import SIZE
from solvers.graph.derivation import Derivation
from solvers.graph.domain import FLAG, real, vector, whole
from solvers.graph.note import Note
from solvers.graph.term import Ref, Term, Vector, floor, total

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

HUANG = "Huang et al., Densely connected convolutional networks (2017), section 3"

dense_block = Derivation(
    "dense_block",
    "A dense block",
    HUANG,
    (
        Note(
            "Layers are counted from 1: layer $l$ reads the block's input and the outputs of"
            " the $l - 1$ layers before it.",
            ("input_channels",),
        ),
        Note(
            "After each layer, the concatenation of everything so far is stored once.",
            ("concatenated_channels_sum", "position_bytes"),
        ),
    ),
)
dense_block.input("in_channels", "k_0", "input channels of the block", SIZE)
dense_block.input("growth_rate", "k", "growth rate", SIZE)
dense_block.input("layers", "L", "layers", whole(1, 200))
dense_block.input("height", "H", "height of the feature maps", SIZE, default=1)
dense_block.input("width", "W", "width of the feature maps", SIZE, default="height")
dense_block.input("bytes_per_value", "q", "bytes of one stored value", whole(1, 64), default=4)


@dense_block.quantity(
    "c", "input channels of each layer", element="c_{{{i}}}", formula=r"c_l = k_0 + (l - 1) k"
)
def input_channels(in_channels: Term, growth_rate: Term, layers: int) -> Vector:
    return tuple(in_channels + place * growth_rate for place in range(layers))


@dense_block.quantity(r"C_{\mathrm{out}}", "channels after the block")
def output_channels(in_channels: Term, layers: Term, growth_rate: Term) -> Term:
    return in_channels + layers * growth_rate


@dense_block.quantity(r"c_{\mathrm{last}}", "input channels of the last layer")
def last_input_channels(in_channels: Term, layers: Term, growth_rate: Term) -> Term:
    return in_channels + (layers - 1) * growth_rate


@dense_block.quantity("n", "direct connections")
def connections(layers: Term) -> Term:
    return layers * (layers + 1) / 2


@dense_block.quantity(
    "S", "sum of the channels after each concatenation", formula=r"\sum_{l=1}^{L} (k_0 + l k)"
)
def concatenated_channels_sum(in_channels: Term, growth_rate: Term, layers: int) -> Term:
    return total(in_channels + (place + 1) * growth_rate for place in range(layers))


@dense_block.quantity(
    "m",
    "bytes of each concatenation at one position of the maps",
    element="m_{{{i}}}",
    formula="m_l = (c_l + k) q",
)
def position_bytes(input_channels: Vector, growth_rate: Term, bytes_per_value: Term) -> Vector:
    return tuple((read + growth_rate) * bytes_per_value for read in input_channels)


@dense_block.quantity("M", "memory of the concatenations", unit="B")
def concatenation_bytes(position_bytes: Vector, height: Term, width: Term) -> Term:
    return total(position_bytes) * height * width


dense_block.mistake(
    "added_not_concatenated",
    "the feature maps were added, as in a ResNet, instead of concatenated",
    input_channels=lambda input_channels, in_channels: tuple(in_channels for _ in input_channels),
    output_channels=lambda in_channels: in_channels,
    last_input_channels=lambda in_channels: in_channels,
)
dense_block.mistake(
    "counted_from_zero",
    "layers were counted from 0: every layer was given one growth rate too many",
    share="0.5",
    input_channels=lambda input_channels, growth_rate: tuple(
        c + growth_rate for c in input_channels
    ),
    last_input_channels=lambda in_channels, layers, growth_rate: in_channels + layers * growth_rate,
)
dense_block.mistake(
    "input_not_connected",
    "the connections from the block's input were left out",
    share="0.5",
    connections=lambda layers: layers * (layers - 1) / 2,
)
dense_block.mistake(
    "counted_twice",
    "every connection was counted at both of its ends",
    share="0.5",
    connections=lambda layers: layers * (layers + 1),
)
dense_block.mistake(
    "chain",
    "only the connection to the layer before was counted, as in a chain",
    connections=lambda layers: layers,
)
dense_block.mistake(
    "inputs_not_outputs",
    "the channels before each concatenation were added up instead of those after it",
    share="0.5",
    concatenated_channels_sum=lambda input_channels: total(input_channels),
    position_bytes=lambda input_channels, bytes_per_value: tuple(
        count * bytes_per_value for count in input_channels
    ),
)
dense_block.mistake(
    "new_maps_only",
    "only the maps that a layer adds were counted, not those that are stored again",
    share="0.25",
    concatenated_channels_sum=lambda layers, growth_rate: layers * growth_rate,
    position_bytes=lambda position_bytes, growth_rate, bytes_per_value: tuple(
        growth_rate * bytes_per_value for _ in position_bytes
    ),
)
dense_block.mistake(
    "last_only",
    "only the last concatenation was counted",
    share="0.25",
    concatenated_channels_sum=lambda output_channels: output_channels,
    concatenation_bytes=lambda position_bytes, height, width: position_bytes[-1] * height * width,
)
dense_block.mistake(
    "values_not_bytes",
    "the values were counted, not their bytes",
    share="0.5",
    position_bytes=lambda position_bytes, bytes_per_value: tuple(
        count / bytes_per_value for count in position_bytes
    ),
)


@dense_block.proof
def grow_layer_by_layer(
    in_channels: int, growth_rate: int, layers: int, height: int, width: int, bytes_per_value: int
) -> Mapping[str, object]:
    """Grows a list of feature maps layer by layer, as the forward pass concatenates them."""
    maps, inputs, stored, links = [in_channels], list[int](), list[int](), 0
    for _ in range(layers):
        inputs.append(sum(maps))
        links += len(maps)
        maps.append(growth_rate)
        stored.append(sum(maps))
    return {
        "input_channels": inputs,
        "last_input_channels": inputs[-1],
        "connections": links,
        "output_channels": sum(maps),
        "concatenated_channels_sum": sum(stored),
        "position_bytes": [channels * bytes_per_value for channels in stored],
        "concatenation_bytes": sum(c * height * width * bytes_per_value for c in stored),
    }


transition = Derivation("transition", "The 1x1 convolution of a transition layer", HUANG)
transition.input("in_channels", "m", "channels before the transition", SIZE)
transition.input("compression", r"\theta", "compression factor", real("0.01", "1"))
transition.input(
    "bias", "b", "biases of a filter", FLAG, default=1,
    says_when={0: "The convolution has no bias.", 1: "Each filter has one bias."},
)  # fmt: skip


@transition.quantity(r"C_{\mathrm{out}}", "channels after the transition")
def out_channels(compression: Term, in_channels: Term) -> Term:
    return floor(compression * in_channels)


@transition.quantity("N", "parameters")
def parameters(in_channels: Term, out_channels: Term, bias: Term) -> Term:
    return in_channels * out_channels + bias * out_channels


transition.mistake("no_bias", "the biases were left out", share="0.5", bias=lambda: 0)
transition.mistake(
    "not_compressed",
    "the convolution was counted without compression",
    share="0.25",
    out_channels=lambda in_channels: in_channels,
)
transition.mistake(
    "kernel_3x3",
    "the convolution was counted as 3x3; it is 1x1",
    parameters=lambda in_channels, out_channels, bias: (
        9 * in_channels * out_channels + bias * out_channels
    ),
)


@transition.proof
def filter_by_filter(in_channels: int, compression: Fraction, bias: int) -> Mapping[str, object]:
    """Adds filters as long as they fit into the compressed width, and counts their weights."""
    filters = 0
    while filters + 1 <= compression * in_channels:
        filters += 1
    return {
        "out_channels": filters,
        "parameters": sum(in_channels + bias for _ in range(filters)),
    }


dense_network = Derivation(
    "dense_network",
    "The channels of a whole DenseNet",
    "Huang et al., Densely connected convolutional networks (2017), table 1",
    (
        Note(
            "A transition follows each block but the last and rounds its channels down.",
            ("block_outputs", "transition_outputs", "depth"),
        ),
        Note(r"A dense layer has two convolutions, $1\times1$ and $3\times3$.", ("depth",)),
        Note(
            "The depth counts every convolution, from the first on, and the fully connected layer.",
            ("depth",),
        ),
    ),
)
dense_network.input("in_channels", "k_0", "channels before the first block", SIZE)
dense_network.input("growth_rate", "k", "growth rate", SIZE)
dense_network.input(
    "layers", "L", "dense layers of each block", vector(whole(1, 200)), element="L_{{{i}}}"
)
dense_network.input("compression", r"\theta", "compression factor", real("0.01", "1"))


def _compressed(layers: Vector, first: Term, growth: Term, theta: Term | int) -> Vector:
    """Return the channels after each block; each but the first starts from a transition."""
    kept = (floor(theta * Ref("block_outputs", (i,))) for i in range(len(layers) - 1))
    return tuple(
        entering + count * growth for entering, count in zip((first, *kept), layers, strict=True)
    )


@dense_network.quantity("c", "channels after each block", element="c_{{{i}}}")
def block_outputs(
    layers: Vector, in_channels: Term, growth_rate: Term, compression: Term
) -> Vector:
    return _compressed(layers, in_channels, growth_rate, compression)


@dense_network.quantity("t", "channels after each transition", element="t_{{{i}}}")
def transition_outputs(block_outputs: Vector, compression: Term) -> Vector:
    return tuple(floor(compression * c) for c in block_outputs[:-1])


@dense_network.quantity("c", "channels that reach the classifier")
def final_channels(block_outputs: Vector) -> Term:
    return block_outputs[-1]


@dense_network.quantity("D", "depth of the network")
def depth(layers: Vector) -> Term:
    return 2 * total(layers) + (len(layers) - 1) + 2


dense_network.mistake(
    "not_compressed",
    "the transitions were taken to keep all channels",
    share="0.25",
    block_outputs=lambda layers, in_channels, growth_rate: tuple(
        in_channels + total(layers[: i + 1]) * growth_rate for i in range(len(layers))
    ),
)
dense_network.mistake(
    "stem_again",
    "every block was taken to begin with the channels of the first",
    share="0.25",
    block_outputs=lambda layers, in_channels, growth_rate: tuple(
        in_channels + count * growth_rate for count in layers
    ),
)
dense_network.mistake(
    "one_conv_each",
    "one convolution was counted in each dense layer instead of two",
    share="0.25",
    depth=lambda layers: total(layers) + (len(layers) - 1) + 2,
)
dense_network.mistake(
    "blocks_only",
    "only the convolutions inside the dense layers were counted",
    share="0.25",
    depth=lambda layers: 2 * total(layers),
)


@dense_network.proof
def layer_by_layer(
    in_channels: int, growth_rate: int, layers: Sequence[int], compression: Fraction
) -> Mapping[str, object]:
    """Walks through the network, appends one growth at a time, and counts what it passes."""
    channels, depth, outputs, kept = in_channels, 1, [], []
    for block, count in enumerate(layers):
        if block:
            channels = int(channels * compression)
            kept.append(channels)
            depth += 1
        for _ in range(count):
            channels, depth = channels + growth_rate, depth + 2
        outputs.append(channels)
    return {
        "block_outputs": outputs,
        "transition_outputs": kept,
        "final_channels": channels,
        "depth": depth + 1,
    }
