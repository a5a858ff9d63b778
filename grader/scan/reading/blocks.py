"""Find the place of a printed page by blocks of its print, from its code outwards.

A table has rows that look alike, a few millimetres apart. The code says exactly where the page is
beside it and less exactly farther away, so each block is looked for where its neighbours say that
it is, and nearer than the next row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.scan.reading.prints import Picture, Points

    Mask: TypeAlias = npt.NDArray[np.bool_]  # a row for each point
    Pair: TypeAlias = tuple[Points, Points]  # the middle of a block: on the print, and as it lies

# Pixels are those of a picture of half the print's size; two are a millimetre.
BLOCK = 32
MOST_BLOCKS, LEAST_BLOCKS, LIKENESS, LEAST_SPREAD = 60, 8, 0.5, 8
CELL = 2  # blocks across and down of which the best comes first, so that they are spread
REACHES = (14, 30)  # about a block of a page without a code
REACH, MORE = 4, 0.03  # about a block beside a known place, and more for each pixel between them
NEIGHBOURS = 5
MARGIN = 30
STRETCHES = (5.0, 2.5)  # by which a sheet may be stretched; less, where blocks mislead
ELSEWHERE, MOST_ELSEWHERE = 4, 0.2  # pixels, and the share of the blocks that may be so far off

_TO_HALF = np.array([[0.5, 0, -0.25], [0, 0.5, -0.25], [0, 0, 1]])


def from_code(
    small: Picture, printed: Picture, rough: Points, code: Points, most: float
) -> Points | None:
    """Return a better place of a page, of which the place of the code is known exactly.

    Args:
        small: the scan.
        printed: the page, twice as large as the blocks are looked for.
        rough: from pixels of the print to those of the scan.
        code: the corners of the code on the print.
        most: by how many pixels blocks may be off.
    """
    half, lying = halve(printed), _lying(small, printed, rough)
    start = (code.mean(axis=0) - 0.5) / 2
    pairs = list(_grown(half, lying, start))
    return _fitted(pairs, rough, most)


def without_code(small: Picture, printed: Picture, rough: Points, reach: int) -> Points | None:
    """Return a better place of a page; None where its blocks may as well be elsewhere."""
    half, lying = halve(printed), _lying(small, printed, rough)
    fit = _fitted(_pairs(half, lying, reach), rough, STRETCHES[0])
    return fit if fit is not None and _is_only(small, printed, fit) else None


def halve(printed: Picture) -> Picture:
    """Return a picture of half the size."""
    high, wide = (edge // 2 for edge in printed.shape)
    even = printed[: 2 * high, : 2 * wide]
    half: Picture = cv2.resize(even, (wide, high), interpolation=cv2.INTER_AREA)
    return half


def _lying(small: Picture, printed: Picture, rough: Points) -> Picture:
    """Return a scan as it lies on half the print, with a margin."""
    high, wide = (edge // 2 + 2 * MARGIN for edge in printed.shape)
    edge = np.array([[1, 0, MARGIN], [0, 1, MARGIN], [0, 0, 1.0]])
    to_lying = edge @ _TO_HALF @ np.linalg.inv(rough)
    lying: Picture = cv2.warpPerspective(small, to_lying, (wide, high), borderValue=255)
    return lying


def _fitted(pairs: list[Pair], rough: Points, most: float) -> Points | None:
    if len(pairs) < LEAST_BLOCKS:
        return None
    here, there = (np.array(points, np.float64) for points in zip(*pairs, strict=True))
    fit, good = fit_places(here, there, most)
    if fit is None or good.sum() < LEAST_BLOCKS:
        return None
    return np.asarray(rough @ np.linalg.inv(_TO_HALF) @ fit @ _TO_HALF)


def fit_places(here: Points, there: Points, off: float) -> tuple[Points | None, Mask]:
    """Return the map from some points to others, and which of them tell of it.

    Those are chosen by an affine map. One with perspective, chosen by the points of a paragraph
    alone, would be wrong at the other end of the page, and pass over the points there.
    """
    _, good = cv2.estimateAffine2D(here, there, method=cv2.RANSAC, ransacReprojThreshold=off)
    is_good = good[:, 0] == 1
    if is_good.sum() < LEAST_BLOCKS:
        return None, is_good
    return cv2.findHomography(here[is_good], there[is_good], 0)[0], is_good


def _grown(half: Picture, lying: Picture, start: Points) -> Iterator[Pair]:
    """Yield the blocks that are found, those near a known place first."""
    blocks = _textured(half)
    known, off, count = np.tile(start, (len(blocks) + 1, 1)), np.zeros((len(blocks) + 1, 2)), 1
    for block in blocks[np.argsort(np.linalg.norm(blocks - start, axis=1), kind="stable")]:
        away = ((known[:count] - _middle(block)) ** 2).sum(axis=1)
        nearest = off[away.argsort(kind="stable")[:NEIGHBOURS]]
        guess = np.round(_middle_one(nearest)).astype(int)
        reach = min(REACHES[0], round(REACH + MORE * float(away.min()) ** 0.5))
        pair = _found(half, lying, block, guess, reach)
        if pair is not None:
            known[count], off[count] = pair[0], pair[1] - pair[0]
            count += 1
            yield pair


def _middle_one(rows: Points) -> Points:
    """Return the median of each column."""
    rows, count = np.sort(rows, axis=0), len(rows)
    return np.asarray((rows[(count - 1) // 2] + rows[count // 2]) / 2)


def _pairs(half: Picture, lying: Picture, reach: int) -> list[Pair]:
    nowhere = np.zeros(2, int)
    found = (_found(half, lying, block, nowhere, reach) for block in _textured(half))
    return [pair for pair in found if pair is not None]


def _is_only(small: Picture, printed: Picture, fit: Points) -> bool:
    """Return whether hardly any block is more like another place near its own."""
    pairs = _pairs(halve(printed), _lying(small, printed, fit), REACHES[0])
    far = [np.linalg.norm(there - here) > ELSEWHERE for here, there in pairs]
    return len(pairs) >= LEAST_BLOCKS and float(np.mean(far)) <= MOST_ELSEWHERE


def _textured(half: Picture) -> Points:
    """Return the upper left corners of the blocks with the most print, spread over the page."""
    rows, columns = (edge // (BLOCK * CELL) * CELL for edge in half.shape)
    cut = half[: rows * BLOCK, : columns * BLOCK].astype(np.float32)
    mean, square = (
        cv2.resize(one, (columns, rows), interpolation=cv2.INTER_AREA) for one in (cut, cut * cut)
    )
    spread = np.sqrt(np.maximum(square - mean * mean, 0))
    cells = spread.reshape(rows // CELL, CELL, columns // CELL, CELL).max(axis=(1, 3))
    is_best = spread == np.repeat(np.repeat(cells, CELL, axis=0), CELL, axis=1)
    order = np.lexsort((-spread.ravel(), ~is_best.ravel()))
    order = order[spread.ravel()[order] > LEAST_SPREAD][:MOST_BLOCKS]
    y, x = np.unravel_index(order, spread.shape)
    return np.stack([x, y], axis=1) * BLOCK


def _middle(block: Points) -> Points:
    return np.asarray(block + (BLOCK - 1) / 2)


def _found(half: Picture, lying: Picture, block: Points, guess: Points, reach: int) -> Pair | None:
    """Find a block, so many pixels about where it is guessed to be off."""
    x, y = (int(edge) for edge in block)
    left, upper = (
        max(0, at + int(off) + MARGIN - reach) for at, off in zip((x, y), guess, strict=True)
    )
    side = BLOCK + 2 * reach
    about = lying[upper : upper + side, left : left + side]
    if min(about.shape) < BLOCK:
        return None
    likeness = cv2.matchTemplate(about, half[y : y + BLOCK, x : x + BLOCK], cv2.TM_CCOEFF_NORMED)
    _, best, _, place = cv2.minMaxLoc(likeness)
    if best < LIKENESS or not np.isfinite(best):
        return None
    return _middle(block), _middle(np.array([left, upper]) + place - MARGIN)
