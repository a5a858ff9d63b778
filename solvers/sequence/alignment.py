"""Connectionist temporal classification of two labels: the forward table and the loss."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import UNIT, matrix, whole
from solvers.graph.note import Note
from solvers.graph.term import Condition, Matrix, Ref, Term, Vector, equal, ln, maximum, product

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

ctc = Derivation(
    "ctc",
    "Connectionist temporal classification of two labels",
    source="Graves et al., Connectionist temporal classification (2006), equations 5 to 8; "
    "torch.nn.CTCLoss",
    notes=(
        Note(
            "A path is read by merging labels that follow each other alike, and then taking out "
            "the blanks.",
            ("probability",),
        ),
    ),
)
ctc.input("chances", "y", "probabilities of blank and labels, a row for each frame", matrix(UNIT),
          element="y_{{{i}}}")  # fmt: skip
ctc.input("first", "a", "first label, counted from 1", whole(1, 511))
ctc.input("second", "b", "second label, counted from 1", whole(1, 511))


@ctc.requires("there must be a frame for each label, and a blank between equal ones")
def frames_enough(chances: Matrix, first: int, second: int) -> Condition:
    return equal(int(len(chances) < 2 + (first == second)), 0)


@ctc.requires("labels must be columns of the table")
def labels_exist(chances: Matrix, first: Term, second: Term) -> Condition:
    return maximum(first, second) <= min(map(len, chances)) - 1


def _step(row: Vector, at: int, labels: tuple[int, int], skips: int) -> Vector:
    """Return the forward row of a frame: blank, first label, blank, second label, blank."""
    before = [Ref("forward", (at - 1, i)) for i in range(5)]
    a, b = labels
    skipped = before[1] + before[2] + before[3] if skips else before[2] + before[3]
    return (
        before[0] * row[0],
        (before[0] + before[1]) * row[a],
        (before[1] + before[2]) * row[0],
        skipped * row[b],
        (before[3] + before[4]) * row[0],
    )


def _forward(chances: Matrix, labels: tuple[int, int], skips: int) -> Matrix:
    start = (chances[0][0], chances[0][labels[0]], *(0 * chances[0][0] for _ in range(3)))
    later = (_step(row, i, labels, skips) for i, row in enumerate(chances[1:], 1))
    return (start, *later)


@ctc.quantity(r"\alpha", "forward table, a row for each frame", element=r"\alpha_{{{i}}}")
def forward(chances: Matrix, first: int, second: int) -> Matrix:
    return _forward(chances, (first, second), int(first != second))


@ctc.quantity("p", "probability of the labels")
def probability(forward: Matrix) -> Term:
    return forward[-1][3] + forward[-1][4]


@ctc.quantity("L", "loss")
def loss(probability: Term) -> Term:
    return -ln(probability)


@ctc.quantity("m", "probability of the most probable path")
def best(chances: Matrix) -> Term:
    return product(maximum(*row) for row in chances)


def _always_skipped(chances: Matrix, first: int, second: int) -> Matrix:
    return _forward(chances, (first, second), int(first == second))


ctc.mistake(
    "blank_skipped_wrongly",
    "a path may leave out the blank between two labels if they differ, and only then",
    share="0.25",
    forward=_always_skipped,
)
ctc.mistake(
    "last_blank_left_out",
    "paths that end with a blank were left out",
    share="0.5",
    probability=lambda forward: forward[-1][3],
)
ctc.mistake(
    "blank_paths_only",
    "paths that end with the last label were left out",
    share="0.5",
    probability=lambda forward: forward[-1][4],
)


@ctc.proof
def by_all_paths(
    chances: Sequence[Sequence[Fraction]], first: int, second: int
) -> Mapping[str, object]:
    """Go through all paths, read each as the definition says, and add up those that fit."""
    from itertools import groupby  # noqa: PLC0415 - only proofs need it
    from itertools import product as paths  # noqa: PLC0415 - as above
    from math import prod  # noqa: PLC0415 - as above

    import numpy as np  # noqa: PLC0415 - as above

    total, largest = 0.0, 0.0
    for path in paths(range(len(chances[0])), repeat=len(chances)):
        weight = prod(float(row[label]) for row, label in zip(chances, path, strict=True))
        largest = max(largest, weight)
        if [label for label, _ in groupby(path) if label] == [first, second]:
            total += weight
    return {"probability": total, "loss": -float(np.log(total)), "best": largest}
