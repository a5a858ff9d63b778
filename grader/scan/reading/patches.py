"""A box of a scan beside what is printed there: how ink is told from the print."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from examgen.folder.pages.page_boxes import Box
    from grader.scan.reading.prints import Picture, Points
    from grader.scan.reading.registration import Placement

LEAST_CONTRAST, NOISES = 0.065, 3.6
PRINT_INK = 0.10  # of the paper's white
WIDENED = 0.25  # millimetres by which printed ink is widened before it is taken out
BAND = 0.7  # millimetres about printed lines in which they must be seen again
GROUND = 0.15  # contrast below which a pixel may be paper
LEAST_PIXELS, LEAST_SPREAD = 16, 1e-3  # by which likeness can be told
STEP = 4  # greys that count as one where the white of the paper is looked for

Mask: TypeAlias = npt.NDArray[np.bool_]
Greys: TypeAlias = npt.NDArray[np.float32]
Counts: TypeAlias = npt.NDArray[np.intp]

_GREYS: Greys = np.arange(256, dtype=np.float32)
_PRINTED: Greys = ((255 - _GREYS) / 255).astype(np.float32)


@dataclass(frozen=True, eq=False)
class Patch:
    """A box with what is about it, as it was scanned and as it was printed.

    Attributes:
        cut: the scan, in grey.
        drawn: the print, in grey.
        counts: how many pixels of the scan there are of each grey.
        white: the grey of the scan's paper.
        inside: the inside of the frame.
        scale: pixels a millimetre.
        corners: of the inside in the scan, in pixels, from the upper left one round.
    """

    cut: Picture
    drawn: Picture
    counts: Counts
    white: float
    inside: tuple[int, int, int, int]
    scale: float
    corners: Points

    @cached_property
    def _contrasts(self) -> Greys:
        """Return the contrast of each grey against the paper: 0 is white and 1 black."""
        return np.asarray(np.clip((self.white - _GREYS) / self.white, 0, 1), np.float32)

    @cached_property
    def noise(self) -> float:
        """Return how much the paper's white varies."""
        return 1.4826 * _median(
            np.where(self._contrasts < GROUND, self.counts, 0)[::-1], self._contrasts[::-1]
        )

    @cached_property
    def contrast(self) -> Greys:
        """Return the contrast of the scan against its paper."""
        return np.asarray(cv2.LUT(self.cut, self._contrasts))

    @cached_property
    def dark(self) -> Mask:
        """Return where there is ink, printed or not."""
        return _is_in(self.cut, self._contrasts > max(LEAST_CONTRAST, NOISES * self.noise))

    @cached_property
    def ink(self) -> Mask:
        """Return where there is ink that was not printed."""
        return self.dark & ~self.print_mask(WIDENED)

    def print_mask(self, widened: float) -> Mask:
        """Return where something is printed, widened by some millimetres."""
        size = 2 * round(widened * self.scale) + 1
        dark = _is_in(self.drawn, _PRINTED > PRINT_INK).view(np.uint8)
        round_ = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
        return np.asarray(cv2.dilate(dark, round_)).view(bool)

    def within(self, inset: float) -> Mask:
        """Return the inside of the frame without an edge of some millimetres."""
        mask = np.zeros(self.cut.shape, bool)
        left, upper, right, lower = self.inside
        edge = round(inset * self.scale)
        mask[upper + edge : max(lower - edge, 0), left + edge : max(right - edge, 0)] = True
        return mask

    def likeness(self) -> float:
        """Return how like the print the scan is where there are printed lines: 1 is the same.

        Ink beside the lines does not count: it is what was written. A box that is not where it
        should be has no ink on the lines.
        """
        written = cv2.dilate(self.ink.view(np.uint8), np.ones((3, 3), np.uint8)).view(bool)
        about = self.print_mask(BAND) & ~written
        return _correlation(self.contrast[about], _PRINTED[self.drawn[about]])

    def square_millimetres(self, mask: Mask) -> float:
        """Return the area of a mask."""
        return float(np.count_nonzero(mask) / self.scale**2)


def cut_patch(grey: Picture, placed: Placement, box: Box, around: float, scale: float) -> Patch:
    """Cut a box out of a scan.

    Args:
        grey: the scan.
        placed: where the page is in it.
        box: on the page.
        around: how many millimetres about its frame are cut out with it.
        scale: pixels a millimetre.
    """
    outer = _corners(box, around)
    size = (round((box.width + 2 * around) * scale), round((box.height + 2 * around) * scale))
    there = placed.place(np.concatenate([outer, _corners(box, 0)]))
    cut = _straight(grey, there[:4], size)
    drawn = _straight(placed.printed.picture, placed.printed.pixels(outer), size)
    edge = round(around * scale)
    inside = (edge, edge, size[0] - edge, size[1] - edge)
    counts = _count(cut)
    return Patch(cut, drawn, counts, _white(counts), inside, scale, there[4:])


def noise_of(contrast: npt.NDArray[np.floating]) -> float:
    """Return how much the white of a paper varies; 0 where no pixel is paper."""
    ground = np.abs(contrast[contrast < GROUND])
    return 1.4826 * float(np.median(ground)) if ground.size else 0.0


def components(mask: Mask) -> npt.NDArray[np.int32]:
    """Return a row for each connected piece of a mask: left, top, width, height, pixels."""
    left, upper, wide, high = cv2.boundingRect(mask.view(np.uint8))
    part = mask[upper : upper + high, left : left + wide].view(np.uint8)
    if not part.size:
        return np.zeros((0, 5), np.int32)
    return np.asarray(cv2.connectedComponentsWithStats(part, connectivity=8)[2][1:], np.int32)


def _corners(box: Box, around: float) -> Points:
    left, upper = box.x - around, box.y - around
    right, lower = box.x + box.width + around, box.y + box.height + around
    return np.array([(left, upper), (right, upper), (right, lower), (left, lower)])


def _straight(picture: Picture, corners: Points, size: tuple[int, int]) -> Picture:
    wide, high = size
    there = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32) - 0.5
    matrix = cv2.getPerspectiveTransform(there, corners.astype(np.float32))
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    cut: Picture = cv2.warpPerspective(
        picture, matrix, size, flags=flags, borderMode=cv2.BORDER_CONSTANT, borderValue=255
    )
    return cut


def _correlation(one: Greys, other: Greys) -> float:
    """Return how alike two rows of values are: 1 is the same; 0 where one hardly varies."""
    if one.size < LEAST_PIXELS:
        return 0.0
    first, second = one - one.mean(dtype=np.float64), other - other.mean(dtype=np.float64)
    spreads = cv2.norm(first), cv2.norm(second)
    if min(spreads) ** 2 < LEAST_SPREAD**2 * one.size:
        return 0.0
    return float((first * second).sum()) / (spreads[0] * spreads[1])


def _white(counts: Counts) -> float:
    """Return the white of the paper: the value about which most of the light pixels are."""
    middle = _median(counts, _GREYS)
    steps = counts.reshape(-1, STEP).sum(axis=1)
    steps[: int(middle / STEP) - STEP if middle > 40 else 0] = 0
    top = int(np.argmax(steps))
    near = slice(max(0, top - 1) * STEP, (top + 2) * STEP + 1)
    return max(1.0, _median(counts[near], _GREYS[near]))


def _count(grey: Picture) -> Counts:
    """Return how many pixels there are of each grey."""
    counts = cv2.calcHist([grey], [0], None, [256], [0, 256])
    return np.asarray(counts).ravel().astype(np.intp)


def _median(counts: Counts, values: Greys) -> float:
    """Return the median of values in rising order, each there so often; 0 where there is none."""
    up_to = counts.cumsum()
    total = int(up_to[-1])
    if not total:
        return 0.0
    low, high = up_to.searchsorted([(total - 1) // 2, total // 2], "right")
    return (float(values[low]) + float(values[high])) / 2


def _is_in(grey: Picture, greys: npt.NDArray[np.bool_]) -> Mask:
    """Return where a picture has one of some greys."""
    return np.asarray(cv2.LUT(grey, greys.view(np.uint8))).view(bool)
