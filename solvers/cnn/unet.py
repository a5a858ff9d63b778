"""U-Net: sizes of a network of valid convolutions that contracts and expands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import FLAG, whole
from solvers.graph.term import Condition, Ref, Term, Vector, equal, floor

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

unet = Derivation(
    "unet",
    "Sizes of a U-Net of valid convolutions",
    source="Ronneberger, Fischer and Brox, U-Net (2015), figure 1; Long, Shelhamer and Darrell, "
    "Fully convolutional networks for semantic segmentation (2015)",
)
unet.input("size", "n", "height and width of the image", whole(1, 10**5))
unet.input("levels", "L", "poolings", whole(1, 12))
unet.input("channels", "C", "channels of the first block", whole(1, 10**5))
unet.input(
    "bias", "b", "whether convolutions have biases", FLAG, default=1,
    says_when={0: "Convolutions have no biases.", 1: "Convolutions have biases."},
)  # fmt: skip


@unet.quantity("s", "sizes on the way down, after each block", element="s_{{{i}}}")
def contracted(size: Term, levels: int) -> Vector:
    return (size - 4, *(Ref("contracted", (i,)) / 2 - 4 for i in range(levels)))


@unet.requires("each size before a pooling must be even")
def halves(size: Term, levels: int) -> Condition:
    odd: list[Term] = []
    for _ in range(levels):
        size = (size - 4) / 2
        odd.append(size - floor(size))
    return equal(sum(odd[1:], odd[0]), 0)


@unet.requires("the image must be large enough")
def large(size: Term, levels: int) -> Condition:
    width = 1 << levels
    return size - 4 * (3 * width - 2) >= width


@unet.quantity("s", "size of the lowest block's output", name="bottom")
def lowest(contracted: Vector) -> Term:
    return contracted[-1]


@unet.quantity("t", "sizes on the way up, after each block", element="t_{{{i}}}")
def expanded(bottom: Term, levels: int) -> Vector:
    return (2 * bottom - 4, *(2 * Ref("expanded", (i,)) - 4 for i in range(levels - 1)))


@unet.quantity("m", "size of the output")
def output(expanded: Vector) -> Term:
    return expanded[-1]


@unet.quantity("e", "size at the entry of the last block")
def entry(expanded: Vector, bottom: Term) -> Term:
    return 2 * (expanded[-2] if len(expanded) > 1 else bottom)


@unet.quantity("c", "rows that the highest skip connection loses on each side")
def crop(contracted: Vector, entry: Term) -> Term:
    return (contracted[0] - entry) / 2


@unet.quantity("k", "channels at the entry of the last block")
def joined(channels: Term) -> Term:
    return 2 * channels


@unet.quantity("P", "parameters of the last block")
def parameters(joined: Term, channels: Term, bias: Term) -> Term:
    return (9 * joined + bias) * channels + (9 * channels + bias) * channels


def _down(lost: int) -> Callable[[Term, int], Vector]:
    """Return the way down of blocks that take so much off; what is odd is rounded down."""

    def sizes(size: Term, levels: int) -> Vector:
        return (size - lost, *(floor(Ref("contracted", (i,)) / 2) - lost for i in range(levels)))

    return sizes


def _up(lost: int) -> Callable[[Term, int], Vector]:
    def sizes(bottom: Term, levels: int) -> Vector:
        later = (2 * Ref("expanded", (i,)) - lost for i in range(levels - 1))
        return (2 * bottom - lost, *later)

    return sizes


_wrong = unet.mistake
_wrong(
    "size_kept",
    "the convolutions were taken to keep the size; without padding each takes 2 off",
    share="0.25",
    contracted=_down(0),
    expanded=_up(0),
)
_wrong(
    "one_convolution",
    "a block was taken to have one convolution; it has two",
    share="0.25",
    contracted=_down(2),
    expanded=_up(2),
    parameters=lambda joined, channels, bias: (9 * joined + bias) * channels,
)
_wrong(
    "both_sides",
    "that is what is cut off on both sides together",
    share="0.5",
    crop=lambda contracted, entry: contracted[0] - entry,
)
_wrong(
    "cut_to_the_output",
    "the skip connection is cut to the size before the last block, not after it",
    share="0.5",
    crop=lambda contracted, output: (contracted[0] - output) / 2,
)
_wrong(
    "channels_not_joined",
    "the channels of the skip connection were left out, or added to the others",
    share="0.25",
    joined=lambda channels: channels,
)
_wrong("no_bias", "the biases were left out", share="0.5", bias=lambda: 0)


@unet.proof
def run_a_row(size: int, levels: int, channels: int, bias: int) -> Mapping[str, object]:
    """Send a row of pixels through the network in numpy, and add up the sizes of its arrays."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    def block(row: np.ndarray) -> np.ndarray:
        return np.convolve(np.convolve(row, np.ones(3), "valid"), np.ones(3), "valid")

    row, skips = np.zeros(size), []
    for _ in range(levels):
        skips.append(block(row))
        row = skips[-1].reshape(-1, 2).max(axis=1)
    row = block(row)
    bottom, cut = len(row), 0
    while skips:
        row = np.repeat(row, 2)
        cut = (len(skips[-1]) - len(row)) // 2
        row = block(row + skips.pop()[cut : cut + len(row)])
    kernels = [np.broadcast_to(0, (channels, n, 3, 3)) for n in (channels + channels, channels)]
    shifts = [np.broadcast_to(0, channels * bias)] * 2
    return {
        "bottom": bottom,
        "output": len(row),
        "crop": cut,
        "parameters": sum(array.size for array in (*kernels, *shifts)),
    }
