"""A box of a scan beside what is printed there: how ink is told from the print."""

from __future__ import annotations

from dataclasses import dataclass
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

Mask: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Patch:
    """A box with what is about it, as it was scanned and as it was printed.

    Attributes:
        contrast: of the scan against its paper, 0 is white and 1 black.
        printed: the same of the print.
        inside: the inside of the frame.
        scale: pixels a millimetre.
        noise: how much the paper's white varies.
        corners: of the inside in the scan, in pixels, from the upper left one round.
    """

    contrast: npt.NDArray[np.float32]
    printed: npt.NDArray[np.float32]
    inside: tuple[int, int, int, int]
    scale: float
    noise: float
    corners: Points

    @property
    def ink(self) -> Mask:
        """Return where there is ink that was not printed."""
        added = self.contrast > max(LEAST_CONTRAST, NOISES * self.noise)
        return added & ~self.print_mask(WIDENED)

    def print_mask(self, widened: float) -> Mask:
        """Return where something is printed, widened by some millimetres."""
        size = 2 * round(widened * self.scale) + 1
        dark = (self.printed > PRINT_INK).astype(np.uint8)
        round_ = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
        return np.asarray(cv2.dilate(dark, round_) > 0)

    def within(self, inset: float) -> Mask:
        """Return the inside of the frame without an edge of some millimetres."""
        mask = np.zeros(self.contrast.shape, bool)
        left, upper, right, lower = self.inside
        edge = round(inset * self.scale)
        mask[upper + edge : max(lower - edge, 0), left + edge : max(right - edge, 0)] = True
        return mask

    def likeness(self) -> float:
        """Return how like the print the scan is where there are printed lines: 1 is the same.

        Ink beside the lines does not count: it is what was written. A box that is not where it
        should be has no ink on the lines.
        """
        written = cv2.dilate(self.ink.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        about = self.print_mask(BAND) & ~written
        scan, drawn = self.contrast[about], self.printed[about]
        if drawn.size < 16 or drawn.std() < 1e-3 or scan.std() < 1e-6:
            return 0.0
        return float(np.corrcoef(scan, drawn)[0, 1])

    def square_millimetres(self, mask: Mask) -> float:
        """Return the area of a mask."""
        return float(mask.sum() / self.scale**2)


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
    cut = _straight(grey, placed.place(outer), size)
    drawn = _straight(placed.printed.picture, placed.printed.pixels(outer), size)
    edge = round(around * scale)
    white = _white(cut)
    contrast = np.clip((white - cut) / white, 0, 1).astype(np.float32)
    ground = contrast[contrast < 0.15]
    noise = 1.4826 * float(np.median(ground)) if ground.size else 0.0
    return Patch(
        contrast,
        ((255 - drawn) / 255).astype(np.float32),
        (edge, edge, size[0] - edge, size[1] - edge),
        scale,
        noise,
        placed.place(_corners(box, 0)),
    )


def _corners(box: Box, around: float) -> Points:
    left, upper = box.x - around, box.y - around
    right, lower = box.x + box.width + around, box.y + box.height + around
    return np.array([(left, upper), (right, upper), (right, lower), (left, lower)])


def _straight(picture: Picture, corners: Points, size: tuple[int, int]) -> npt.NDArray[np.float32]:
    wide, high = size
    there = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32) - 0.5
    matrix = cv2.getPerspectiveTransform(there, corners.astype(np.float32))
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    cut = cv2.warpPerspective(
        picture, matrix, size, flags=flags, borderMode=cv2.BORDER_CONSTANT, borderValue=255
    )
    return np.asarray(cut, np.float32)


def _white(cut: npt.NDArray[np.float32]) -> float:
    """Return the white of the paper: the value about which most of the light pixels are."""
    counts, edges = np.histogram(cut, bins=64, range=(0, 256))
    counts[: int(np.median(cut) / 4) - 4 if np.median(cut) > 40 else 0] = 0
    top = int(np.argmax(counts))
    near = cut[(cut >= edges[max(0, top - 1)]) & (cut <= edges[min(64, top + 2)])]
    return max(1.0, float(np.median(near)) if near.size else 255.0)
