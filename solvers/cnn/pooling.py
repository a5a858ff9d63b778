"""Pooling: output size and memory. Names and conventions are those of `torch.nn.MaxPool2d`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.cnn.conv import SIZE
from solvers.graph.derivation import Derivation
from solvers.graph.domain import FLAG, whole
from solvers.graph.term import Condition, Term, ceil, floor, minimum

if TYPE_CHECKING:
    from collections.abc import Mapping

CEIL = {
    0: "Incomplete windows at the edge are left out (floor).",
    1: "An incomplete window counts if it begins inside the padded input (ceil).",
}

pool2d = Derivation("pool2d", "A two-dimensional pooling layer", source="torch.nn.MaxPool2d")
pool2d.input("height", "H", "input height", SIZE)
pool2d.input("width", "W", "input width", SIZE, default="height")
pool2d.input("channels", "C", "channels", SIZE, default=1)
pool2d.input("kernel", "K", "window size", SIZE)
pool2d.input("stride", "S", "stride", SIZE, default="kernel")
pool2d.input("padding", "P", "padding on each side", whole(0, 50_000), default=0)
pool2d.input("dilation", "D", "dilation", SIZE, default=1, inline=True)
pool2d.input("ceil_mode", "c", "rounding", FLAG, default=0, says_when=CEIL)
pool2d.input("bytes_per_value", "q", "bytes of one stored value", whole(1, 64), default=4)


@pool2d.quantity("K'", "cells that the dilated window spans")
def span(kernel: Term, dilation: Term) -> Term:
    return dilation * (kernel - 1) + 1


@pool2d.requires("the padding must be at most half the window")
def padding_fits(padding: Term, kernel: Term) -> Condition:
    return 2 * padding <= kernel


@pool2d.requires("the window must not be higher than the padded input")
def window_fits_height(height: Term, padding: Term, kernel: Term, dilation: Term) -> Condition:
    return span(kernel, dilation) <= height + 2 * padding


@pool2d.requires("the window must not be wider than the padded input")
def window_fits_width(width: Term, padding: Term, kernel: Term, dilation: Term) -> Condition:
    return span(kernel, dilation) <= width + 2 * padding


def _size(size: Term, span: Term, padding: Term, stride: Term, ceil_mode: Term) -> Term:
    complete = floor((size + 2 * padding - span) / stride) + 1
    # With ceil_mode the last window may be incomplete but must begin left of the right padding.
    begun = minimum(ceil((size + 2 * padding - span) / stride) + 1, ceil((size + padding) / stride))
    return (1 - ceil_mode) * complete + ceil_mode * begun


@pool2d.quantity(r"H_{\mathrm{out}}", "output height")
def out_height(height: Term, span: Term, padding: Term, stride: Term, ceil_mode: Term) -> Term:
    return _size(height, span, padding, stride, ceil_mode)


@pool2d.quantity(r"W_{\mathrm{out}}", "output width")
def out_width(width: Term, span: Term, padding: Term, stride: Term, ceil_mode: Term) -> Term:
    return _size(width, span, padding, stride, ceil_mode)


@pool2d.quantity(r"M_{\mathrm{act}}", "memory of the output", unit="B")
def activation_bytes(
    out_height: Term, out_width: Term, channels: Term, bytes_per_value: Term
) -> Term:
    return out_height * out_width * channels * bytes_per_value


@pool2d.quantity("N", "parameters: pooling has none")
def parameters() -> Term | int:
    return 0


pool2d.mistake(
    "stride_one",
    "the window was moved by one cell at a time",
    share="0.25",
    stride=lambda: 1,
)
pool2d.mistake(
    "other_rounding",
    "the quotient was rounded the other way at the edge",
    share="0.5",
    ceil_mode=lambda ceil_mode: 1 - ceil_mode,
)


@pool2d.proof
def place_windows(
    height: int,
    width: int,
    channels: int,
    kernel: int,
    stride: int,
    padding: int,
    dilation: int,
    ceil_mode: int,
    bytes_per_value: int,
) -> Mapping[str, object]:
    """Places one window after the other and counts them."""

    def count(size: int) -> int:
        windows, start = 0, -padding
        while start < size + (0 if ceil_mode else padding):
            last = start + dilation * (kernel - 1)
            if last > size - 1 + padding and not ceil_mode:
                break
            windows, start = windows + 1, start + stride
            if last >= size - 1 + padding:
                break
        return windows

    rows, columns = count(height), count(width)
    return {
        "out_height": rows,
        "out_width": columns,
        "activation_bytes": sum(rows * columns * bytes_per_value for _ in range(channels)),
        "parameters": 0,
    }
