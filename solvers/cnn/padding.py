"""Valid and same padding of one dimension."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.cnn.conv import SIZE, SOURCE
from solvers.graph.derivation import Derivation
from solvers.graph.note import Note
from solvers.graph.term import Condition, Term, ceil, floor

if TYPE_CHECKING:
    from collections.abc import Mapping

padding = Derivation(
    "padding",
    "Valid and same padding",
    source=SOURCE,
    notes=(
        Note(
            "Same padding is the padding on each side that keeps the size at stride 1.",
            ("same_padding", "same_size"),
        ),
    ),
)
padding.input("size", "n", "input size", SIZE)
padding.input("kernel", "k", "kernel size", SIZE)
padding.input("stride", "s", "stride", SIZE, default=1)
padding.input("dilation", "d", "dilation", SIZE, default=1, inline=True)


@padding.requires("the kernel must not be larger than the input")
def kernel_fits(size: Term, kernel: Term, dilation: Term) -> Condition:
    return dilation * (kernel - 1) + 1 <= size


@padding.quantity(r"n_{\mathrm{valid}}", "output size with valid padding (none)")
def valid_size(size: Term, kernel: Term, dilation: Term, stride: Term) -> Term:
    return floor((size - (dilation * (kernel - 1) + 1)) / stride) + 1


@padding.quantity("p", "same padding on each side")
def same_padding(kernel: Term, dilation: Term) -> Term:
    return dilation * (kernel - 1) / 2


@padding.quantity(r"n_{\mathrm{same}}", "output size with same padding")
def same_size(size: Term, stride: Term) -> Term:
    return ceil(size / stride)


padding.mistake(
    "one_forgotten",
    "the first position of the window was not counted (the + 1 of the formula)",
    share="0.5",
    valid_size=lambda valid_size: valid_size - 1,
)
padding.mistake(
    "kernel_not_subtracted",
    "valid padding was taken to keep the size",
    valid_size=lambda size, stride: ceil(size / stride),
)
padding.mistake(
    "both_sides_together",
    "the padding of both sides together was given instead of that of one side",
    share="0.5",
    same_padding=lambda kernel, dilation: dilation * (kernel - 1),
)
padding.mistake(
    "half_kernel",
    "half the kernel was taken instead of half of kernel - 1",
    share="0.25",
    same_padding=lambda kernel: kernel / 2,
)


@padding.proof
def try_paddings(size: int, kernel: int, stride: int, dilation: int) -> Mapping[str, object]:
    """Counts window positions, and tries paddings in half cells until the size is kept."""

    def positions(length: int, step: int) -> int:
        return sum(1 for i in range(0, length, step) if i + dilation * (kernel - 1) < length)

    halves = 0
    while positions(size + halves, 1) < size:
        halves += 1
    return {
        "valid_size": positions(size, stride),
        "same_padding": halves / 2,
        "same_size": positions(size + halves, stride),
    }
