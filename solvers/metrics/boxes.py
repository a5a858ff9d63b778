"""Overlap of boxes: intersection over union, Dice, and non-maximum suppression."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.graph.derivation import Derivation
from solvers.graph.domain import UNIT, matrix, vector, whole
from solvers.graph.term import (
    Condition,
    Matrix,
    Ref,
    Term,
    Vector,
    equal,
    indicator,
    maximum,
    minimum,
    product,
    term,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

SIDES = vector(whole(-10_000, 10_000))
EVERINGHAM = "Everingham et al., The Pascal visual object classes challenge (2010), 4.2"

boxes = Derivation(
    "boxes",
    "Intersection over union and Dice of two boxes",
    source=f"{EVERINGHAM}; Dice, Measures of the amount of ecologic association (1945)",
)
boxes.input("truth", "g", "true box: left, top, right, bottom", SIDES, element="g_{{{i}}}")
boxes.input("found", "b", "found box: left, top, right, bottom", SIDES, element="b_{{{i}}}")


@boxes.requires("a box has four sides: left, top, right, bottom")
def four_sides(truth: Vector, found: Vector) -> Condition:
    return equal(len(truth) + len(found), 8)


@boxes.quantity("w", "width of the intersection")
def width(truth: Vector, found: Vector) -> Term:
    return maximum(0, minimum(truth[2], found[2]) - maximum(truth[0], found[0]))


@boxes.quantity("h", "height of the intersection")
def height(truth: Vector, found: Vector) -> Term:
    return maximum(0, minimum(truth[3], found[3]) - maximum(truth[1], found[1]))


@boxes.quantity("I", "area of the intersection")
def intersection(width: Term, height: Term) -> Term:
    return width * height


@boxes.quantity("A", "areas of both boxes together")
def areas(truth: Vector, found: Vector) -> Term:
    one, other = ((b[2] - b[0]) * (b[3] - b[1]) for b in (truth, found))
    return one + other


@boxes.quantity(r"\mathrm{IoU}", "intersection over union")
def iou(intersection: Term, areas: Term) -> Term:
    return intersection / (areas - intersection)


@boxes.quantity(r"\mathrm{Dice}", "Dice coefficient")
def dice(intersection: Term, areas: Term) -> Term:
    return 2 * intersection / areas


boxes.mistake(
    "intersection_counted_twice",
    "the intersection was not taken from the sum of the areas: it counts twice there",
    share="0.25",
    iou=lambda intersection, areas: intersection / areas,
)
boxes.mistake(
    "edges_counted",
    "both edges were counted as pixels: the sides are coordinates, so that a width is a difference",
    share="0.5",
    width=lambda truth, found: minimum(truth[2], found[2]) - maximum(truth[0], found[0]) + 1,
    height=lambda truth, found: minimum(truth[3], found[3]) - maximum(truth[1], found[1]) + 1,
)
boxes.mistake(
    "two_left_out",
    "the factor 2 was left out",
    share="0.25",
    dice=lambda intersection, areas: intersection / areas,
)
boxes.mistake(
    "by_the_truth",
    "the intersection was divided by the area of the true box alone",
    share="0.25",
    iou=lambda intersection, truth: intersection / ((truth[2] - truth[0]) * (truth[3] - truth[1])),
)


@boxes.proof
def count_cells(truth: Sequence[int], found: Sequence[int]) -> Mapping[str, object]:
    """Paint both boxes on a grid of numpy, and count the cells of one, of both, of either."""
    import numpy as np  # noqa: PLC0415 - only proofs need it

    low = np.minimum(truth[:2], found[:2]).astype(int)
    high = np.maximum(truth[2:], found[2:]).astype(int)
    masks = []
    for left, top, right, bottom in (truth, found):
        mask = np.zeros(high - low, dtype=bool)
        mask[int(left - low[0]) : int(right - low[0]), int(top - low[1]) : int(bottom - low[1])] = 1
        masks.append(mask)
    one, other = masks
    both = int((one & other).sum())
    return {
        "intersection": both,
        "iou": both / int((one | other).sum()),
        "dice": both / ((int(one.sum()) + int(other.sum())) / 2),
    }


suppression = Derivation(
    "suppression",
    "Non-maximum suppression of boxes",
    source=f"Neubeck and Van Gool, Efficient non-maximum suppression (2006); {EVERINGHAM}",
)
suppression.input(
    "overlaps",
    "o",
    "IoU of each two boxes, which are in the order of falling scores",
    matrix(UNIT),
    element="o_{{{i}}}",
)
suppression.input("limit", r"\theta", "IoU above which a box is suppressed", UNIT)
suppression.input(
    "right", "y", "1 for each box that finds an object", vector(whole(0, 1)), element="y_{{{i}}}"
)
suppression.input("objects", "n", "objects in the images", whole(1, 1000))


@suppression.requires("there must be a row and a column for each box")
def square(overlaps: Matrix, right: Vector) -> Condition:
    wrong = sum(len(row) != len(overlaps) for row in overlaps)
    return equal(wrong + (len(overlaps) != len(right)), 0)


@suppression.quantity("k", "1 for each box that is kept", element="k_{{{i}}}")
def kept(overlaps: Matrix, limit: Term) -> Vector:
    return tuple(
        product([1, *(1 - Ref("kept", (j,)) * indicator(row[j], ">", limit) for j in range(i))])
        for i, row in enumerate(overlaps)
    )


@suppression.quantity("K", "boxes that are kept")
def number(kept: Vector) -> Term:
    return sum(kept[1:], kept[0])


@suppression.quantity("T", "boxes that are kept and find an object")
def hits(kept: Vector, right: Vector) -> Term:
    return sum((k * y for k, y in zip(kept[1:], right[1:], strict=True)), kept[0] * right[0])


@suppression.quantity("P", "precision")
def precision(hits: Term, number: Term) -> Term:
    return hits / number


@suppression.quantity("R", "recall")
def recall(hits: Term, objects: Term) -> Term:
    return hits / objects


suppression.mistake(
    "suppressed_suppress",
    "a box that is suppressed itself suppressed another one",
    share="0.25",
    kept=lambda overlaps, limit: tuple(
        product([1, *(1 - indicator(row[j], ">", limit) for j in range(i))])
        for i, row in enumerate(overlaps)
    ),
)
suppression.mistake(
    "only_the_best",
    "the boxes were compared with the best one only",
    share="0.25",
    kept=lambda overlaps, limit: tuple(
        1 - indicator(row[0], ">", limit) if i else term(1) for i, row in enumerate(overlaps)
    ),
)
suppression.mistake(
    "precision_for_recall",
    "the hits were divided by the boxes kept; recall divides by the objects",
    share="0.25",
    recall=lambda hits, number: hits / number,
)


@suppression.proof
def cross_out(
    overlaps: Sequence[Sequence[Fraction]],
    limit: Fraction,
    right: Sequence[int],
    objects: int,
) -> Mapping[str, object]:
    """Take the best box that is left, cross out what overlaps it, and go on."""
    left, taken = list(range(len(overlaps))), list[int]()
    while left:
        best, *others = left
        taken.append(best)
        left = [box for box in others if not overlaps[box][best] > limit]
    good = [box for box in taken if right[box]]
    return {
        "kept": [int(box in taken) for box in range(len(overlaps))],
        "precision": len(good) / len(taken),
        "recall": len(good) / objects,
    }
