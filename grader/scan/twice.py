"""Pages that were scanned twice: is anything written on one image that the other lacks?

Both images are laid on the print, finely, and then on each other piece by piece. Ink is on one
image only where it is much darker than all that the other has within a hair's breadth. So another
scanner, a pen that comes out paler, or a page that lies aslant make no difference; a text written
over a text and a digit that became another one do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from grader.scan.reading.images import load
from grader.scan.reading.patches import NOISES, PRINT_INK, noise_of
from grader.scan.reading.registration import register
from grader.scan.reading.writing import pieces

if TYPE_CHECKING:
    from grader.scan.reading.prints import Picture, Points, Print, Prints
    from grader.scan.reading.read_image import Task
    from grader.scan.reading.registration import Placement
    from grader.scan.records import PageRecord

    Mask: TypeAlias = npt.NDArray[np.bool_]
    Grey: TypeAlias = npt.NDArray[np.float32]

SAME = 0.3  # square millimetres: the same page has at most 0.2, a closed 3 at least 0.8
SCALE, STEP = 6, 12  # pixels a millimetre, and between places that are looked up in a scan
EDGE = 4  # millimetres at which scanners leave shadows and sheets end
SHARP = 0.1  # millimetres to which the sharper image is blurred
PAPER = 4  # millimetres about a pixel in which its paper is looked for
INK = 0.11  # of black print
TIMES = 2.5  # as dark as all that is near in the other image: a pen is paler in some scanners
NEAR = 0.17  # millimetres by which lines may be off
LEAST_PIECE = 0.06  # square millimetres
TILE, REACH = 90, 15  # pixels


@dataclass(frozen=True)
class Pair:
    """Two images of a page, each with its line."""

    first: tuple[Task, PageRecord]
    second: tuple[Task, PageRecord]


@dataclass(frozen=True, eq=False)
class Sheet:
    """A page as it was scanned, laid on its print.

    Attributes:
        ink: how dark it is, of its own black print; 0 is paper.
        noise: of its paper.
    """

    ink: Grey
    noise: float


def difference(pair: Pair, prints: Prints) -> float:
    """Return how many square millimetres of ink are on one image of a page only."""
    found = find_ink_alone(pair, prints)
    return float("inf") if found is None else pieces(found, SCALE, LEAST_PIECE)[0]


def find_ink_alone(pair: Pair, prints: Prints) -> Mask | None:
    """Find where one image of a page has ink and the other none; None where one has no place.

    It has `SCALE` pixels a millimetre.
    """
    printed = prints.page(pair.first[1].paper, pair.first[1].page)
    one, other = (_sheet(*which, printed) for which in (pair.first, pair.second))
    if one is None or other is None:
        return None
    laid = replace(other, ink=_laid_on(one.ink, other.ink))
    alone = (_alone(one, laid) | _alone(laid, one)) & ~_drawn(printed)
    edge = EDGE * SCALE
    alone[:edge] = alone[-edge:] = alone[:, :edge] = alone[:, -edge:] = False
    # What is thinner than two pixels is the edge of a line that lies a little off.
    thick = cv2.morphologyEx(alone.astype(np.uint8), cv2.MORPH_OPEN, np.ones((2, 2), np.uint8))
    return np.asarray(thick > 0)


def _alone(one: Sheet, other: Sheet) -> Mask:
    """Return where one sheet has ink and the other nothing like it near."""
    size = 2 * round(NEAR * SCALE) + 1
    near = cv2.dilate(other.ink, np.ones((size, size), np.uint8))
    return np.asarray(one.ink > np.maximum(max(INK, NOISES * one.noise), TIMES * near))


def _sheet(task: Task, page: PageRecord, printed: Print) -> Sheet | None:
    if not page.matrix:
        return None
    scan = load(task.path, task.number)
    rough = _rough(page, printed.scale)
    # Where the code must be, by its place: a sparse page is found from its code alone.
    code = None if printed.code is None else cv2.perspectiveTransform(printed.code[None], rough)[0]
    placed = register(scan.grey, printed, rough, code)
    if placed is None:
        return None
    lying = _straight(scan.grey, placed, page.dpi)
    contrast = 1 - lying / np.maximum(_paper(lying), 1)
    drawn = contrast[_drawn(printed)]
    black = float(np.percentile(drawn, 90)) if drawn.size else 1.0
    ink = np.asarray(contrast / max(black, 0.05), np.float32)
    return Sheet(ink, noise_of(ink[::3, ::3]))


def _size(printed: Print) -> tuple[int, int]:
    """Return the size of a sheet in pixels, across and down."""
    return round(printed.boxes.width * SCALE), round(printed.boxes.height * SCALE)


def _drawn(printed: Print) -> Mask:
    """Return where something is printed."""
    return np.asarray(cv2.resize(printed.picture, _size(printed)) < 255 * (1 - PRINT_INK))


def _straight(grey: Picture, placed: Placement, dpi: int) -> Grey:
    """Return a scan laid on the print, all scans as sharp as each other."""
    wide, high = _size(placed.printed)
    x, y = np.meshgrid(np.arange(0, wide + STEP, STEP), np.arange(0, high + STEP, STEP))
    points = (np.stack([x.ravel(), y.ravel()], axis=1) + 0.5) / SCALE
    nodes = placed.place(points).reshape(*x.shape, 2).astype(np.float32)
    column, row = np.meshgrid(
        np.arange(wide, dtype=np.float32) / STEP, np.arange(high, dtype=np.float32) / STEP
    )
    there = cv2.remap(nodes, column, row, cv2.INTER_LINEAR)
    soft = cv2.GaussianBlur(grey, (0, 0), SHARP / 25.4 * max(dpi, 50))
    lying = cv2.remap(soft, there, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(lying, np.float32)


def _paper(lying: Grey) -> Grey:
    """Return the white of the paper about each pixel: shadows are in it, ink is not."""
    high, wide = lying.shape
    small = cv2.resize(lying, (wide // SCALE, high // SCALE), interpolation=cv2.INTER_AREA)
    near = np.ones((2 * PAPER + 1, 2 * PAPER + 1), np.uint8)
    light = cv2.blur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, near), (5, 5))
    return np.asarray(cv2.resize(light, (wide, high)), np.float32)


def _laid_on(one: Grey, other: Grey) -> Grey:
    """Return another sheet moved, tile by tile, to where one lies."""
    high, wide = one.shape
    about = cv2.copyMakeBorder(other, REACH, REACH, REACH, REACH, cv2.BORDER_REPLICATE)
    moved = np.zeros_like(other)
    for top in range(0, high, TILE):
        for left in range(0, wide, TILE):
            tile = one[top : top + TILE, left : left + TILE]
            rows, columns = tile.shape
            around = about[top : top + rows + 2 * REACH, left : left + columns + 2 * REACH]
            dx, dy = _shift(tile, around)
            moved[top : top + rows, left : left + columns] = around[
                dy : dy + rows, dx : dx + columns
            ]
    return moved


def _shift(tile: Grey, around: Grey) -> tuple[int, int]:
    if tile.max() < INK or around.max() < INK:
        return REACH, REACH
    likeness = cv2.matchTemplate(around, tile, cv2.TM_CCOEFF_NORMED)
    _, best, _, (dx, dy) = cv2.minMaxLoc(likeness)
    return (dx, dy) if np.isfinite(best) and best > 0.3 else (REACH, REACH)


def _rough(page: PageRecord, scale: tuple[float, float]) -> Points:
    """Return from pixels of the print to those of the image, as it was found."""
    across, down = scale
    to_print = np.array([[across, 0, -0.5], [0, down, -0.5], [0, 0, 1.0]])
    return np.array(page.matrix).reshape(3, 3) @ np.linalg.inv(to_print)
