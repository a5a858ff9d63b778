"""Find the empty space of a page: stamps cover neither print nor handwriting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from grader.scan.reading.patches import LEAST_CONTRAST, NOISES, noise_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.scan.reading.prints import Picture

SCALE = 4  # cells to a millimetre
EDGE = 4.0  # millimetres at the edges of the sheet that stay free
AROUND = 0.7  # millimetres between ink and what is stamped
DOWN, LEFT = 4.0, 25.0  # how much worse a millimetre down is, and how many the left side costs
FAR = 120.0  # of such millimetres, beyond which nobody sees what a stamp belongs to
ROW = 4.2  # millimetres of a stamp at its top by which it is beside something

Mask: TypeAlias = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Area:
    """A rectangle on a page, in millimetres from its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @classmethod
    def about(cls, areas: Iterable[Area]) -> Area:
        """Return the rectangle about others, of which there is at least one."""
        corners = [(one.x, one.y, one.x + one.width, one.y + one.height) for one in areas]
        lefts, tops, rights, lows = zip(*corners, strict=True)
        left, top = min(lefts), min(tops)
        return cls(left, top, max(rights) - left, max(lows) - top)


@dataclass
class Space:
    """The places of a page that are taken, `SCALE` to a millimetre."""

    taken: Mask

    @classmethod
    def of(cls, picture: Picture) -> Space:
        """Return the space of a page that lies straight, drawn with `SCALE` pixels a millimetre."""
        paper = cv2.blur(cv2.dilate(picture, np.ones((15, 15), np.uint8)), (31, 31))
        contrast = 1 - cv2.divide(picture, paper, scale=255).astype(np.float32) / 255
        ink = (contrast > max(2 * LEAST_CONTRAST, NOISES * noise_of(contrast))) | (picture < 40)
        size = 2 * round(AROUND * SCALE) + 1
        taken = cv2.dilate(ink.astype(np.uint8), np.ones((size, size), np.uint8))
        edge = round(EDGE * SCALE)
        taken[:edge] = taken[-edge:] = 1
        taken[:, :edge] = taken[:, -edge:] = 1
        return cls(taken)

    def take(self, area: Area) -> None:
        """Keep an area free of what is stamped."""
        left, top = max(0, int(area.x * SCALE)), max(0, int(area.y * SCALE))
        right, low = (
            round(edge * SCALE) + 1 for edge in (area.x + area.width, area.y + area.height)
        )
        self.taken[top:low, left:right] = 1

    def is_free(self, area: Area) -> bool:
        """Return whether nothing is in an area."""
        left, top = int(area.x * SCALE), int(area.y * SCALE)
        right, low = (round(edge * SCALE) for edge in (area.x + area.width, area.y + area.height))
        return not self.taken[top:low, left:right].any()

    def nearest(self, width: float, height: float, near: Area) -> tuple[float, Area] | None:
        """Return the free area of a size that is nearest to another, and how far it is.

        None where the page has none near it.
        """
        wide, high = (round(side * SCALE) + 1 for side in (width, height))
        if high >= self.taken.shape[0] or wide >= self.taken.shape[1]:
            return None
        sums = cv2.integral(self.taken)
        inside = (
            sums[high:, wide:] - sums[:-high, wide:] - sums[high:, :-wide] + sums[:-high, :-wide]
        )
        free = inside[::2, ::2] == 0
        y, x = (np.arange(count) * 2 / SCALE for count in free.shape)
        across = np.maximum(np.maximum(near.x - (x + width), x - (near.x + near.width)), 0)
        middle = y + min(height, ROW) / 2
        down = np.maximum(np.maximum(near.y - middle, middle - (near.y + near.height)), 0)
        cost = np.hypot(across[None], DOWN * down[:, None]) + LEFT * (x < near.x)[None]
        cost = np.where(free, cost, np.inf)
        row, column = np.unravel_index(int(np.argmin(cost)), cost.shape)
        best = float(cost[row, column])
        if best > FAR:
            return None
        return best, Area(float(x[column]), float(y[row]), width, height)
