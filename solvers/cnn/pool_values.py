"""Maximum and average pooling of a small matrix, number by number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import REAL, matrix, whole
from solvers.graph.note import Note
from solvers.graph.term import Condition, Matrix, Term, Vector, equal, maximum, total

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from fractions import Fraction

pool_values = Derivation(
    "pool_values",
    "Maximum and average pooling of a matrix",
    source="torch.nn.MaxPool2d and torch.nn.AvgPool2d",
    notes=(Note("There is no padding; windows that do not fit into the matrix are left out."),),
)
pool_values.input("values", "x", "the matrix, row by row", matrix(REAL), element="x_{{{i}}}")
pool_values.input("kernel", "K", "window size", whole(1, 100))
pool_values.input("stride", "S", "stride", whole(1, 100), default="kernel")


@pool_values.requires("every row must be as long as the first")
def rectangular(values: Matrix) -> Condition:
    return equal(sum(len(row) != len(values[0]) for row in values), 0)


@pool_values.requires("the window must fit into the matrix")
def window_fits(values: Matrix, kernel: Term) -> Condition:
    return kernel <= min(len(values), *map(len, values))


def _pooled(values: Matrix, kernel: int, stride: int, of: Callable[[Vector], Term]) -> Matrix:
    """Return the value of every window, row by row."""

    def window(top: int, left: int) -> Vector:
        rows = values[top : top + kernel]
        return tuple(value for row in rows for value in row[left : left + kernel])

    tops = range(0, len(values) - kernel + 1, stride)
    lefts = range(0, len(values[0]) - kernel + 1, stride)
    return tuple(tuple(of(window(top, left)) for left in lefts) for top in tops)


def _largest(window: Vector) -> Term:
    return maximum(*window)


def _average(window: Vector) -> Term:
    return total(window) / len(window)


@pool_values.quantity("m", "maximum of each window", name="maximum_pooled", element="m_{{{i}}}")
def maximum_pool(values: Matrix, kernel: int, stride: int) -> Matrix:
    return _pooled(values, kernel, stride, _largest)


@pool_values.quantity("a", "average of each window", name="average_pooled", element="a_{{{i}}}")
def average_pool(values: Matrix, kernel: int, stride: int) -> Matrix:
    return _pooled(values, kernel, stride, _average)


def _swapped_maximum(values: Matrix, kernel: int, stride: int) -> Matrix:
    return _pooled(values, kernel, stride, _average)


def _swapped_average(values: Matrix, kernel: int, stride: int) -> Matrix:
    return _pooled(values, kernel, stride, _largest)


def _sums(values: Matrix, kernel: int, stride: int) -> Matrix:
    return _pooled(values, kernel, stride, total)


pool_values.mistake(
    "kinds_swapped",
    "maximum and average were exchanged",
    share="0.25",
    maximum_pooled=_swapped_maximum,
    average_pooled=_swapped_average,
)
pool_values.mistake(
    "not_divided",
    "the values of a window were added up but not divided by their number",
    share="0.25",
    average_pooled=_sums,
)
pool_values.mistake(
    "stride_one",
    "the window was moved by one cell at a time",
    share="0.25",
    stride=lambda: 1,
)


@pool_values.proof
def pool_with_numpy(
    values: Sequence[Sequence[Fraction]], kernel: int, stride: int
) -> Mapping[str, object]:
    """Lets numpy slide its windows over the array and reduces each."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    array = np.array(values, dtype=float)
    windows = np.lib.stride_tricks.sliding_window_view(array, (kernel, kernel))
    kept = windows[::stride, ::stride]
    return {
        "maximum_pooled": kept.max(axis=(2, 3)).tolist(),
        "average_pooled": kept.mean(axis=(2, 3)).tolist(),
    }
