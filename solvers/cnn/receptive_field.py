"""The receptive field of a stack of convolutions and poolings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import matrix, whole
from solvers.graph.term import Condition, Matrix, Ref, Term, Vector, equal, term

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

receptive_field = Derivation(
    "receptive_field",
    "The receptive field of a stack of layers",
    source="Araujo, Norris and Sim, Computing receptive fields (2019), equation 2",
)
receptive_field.input(
    "layers",
    "K",
    "layers from the input on, each [kernel, stride] or [kernel, stride, dilation]",
    matrix(whole(1, 1_000)),
    element="K_{{{i}}}",
)


@receptive_field.requires("each layer must have two or three numbers")
def rows_fit(layers: Matrix) -> Condition:
    return equal(sum(len(row) not in {2, 3} for row in layers), 0)


def _dilation(row: Vector) -> Term:
    return row[2] if len(row) > 2 else term(1)


@receptive_field.quantity(
    "j", "distance of neighbouring cells, in cells of the input", element="j_{{{i}}}"
)
def jumps(layers: Matrix) -> Vector:
    return (layers[0][1], *(Ref("jumps", (i - 1,)) * layers[i][1] for i in range(1, len(layers))))


@receptive_field.quantity("r", "receptive field after each layer", element="r_{{{i}}}")
def receptive_fields(layers: Matrix, jumps: Vector) -> Vector:
    first = _dilation(layers[0]) * (layers[0][0] - 1) + 1
    later = (
        Ref("receptive_fields", (i - 1,)) + _dilation(layers[i]) * (layers[i][0] - 1) * jumps[i - 1]
        for i in range(1, len(layers))
    )
    return (first, *later)


@receptive_field.quantity("r", "receptive field of the last layer", name="receptive_field")
def last_field(receptive_fields: Vector) -> Term:
    return receptive_fields[-1]


receptive_field.mistake(
    "strides_ignored",
    "the strides of the layers below were left out",
    share="0.25",
    jumps=lambda layers: tuple(1 for _ in layers),
)
receptive_field.mistake(
    "kernels_added",
    "the kernels were added up without taking 1 off each",
    share="0.25",
    receptive_field=lambda layers: sum((row[0] for row in layers[1:]), layers[0][0]),
)


@receptive_field.proof
def walk_back(layers: Sequence[Sequence[int]]) -> Mapping[str, object]:
    """Follows one output cell back to the input and counts the cells between its ends."""
    sizes = []
    for depth in range(1, len(layers) + 1):
        low = high = 0
        for row in reversed(layers[:depth]):
            dilation = row[2] if len(row) > 2 else 1
            low, high = low * row[1], high * row[1] + dilation * (row[0] - 1)
        sizes.append(high - low + 1)
    return {"receptive_fields": sizes, "receptive_field": sizes[-1]}
