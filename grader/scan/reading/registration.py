"""Register a scan with the printed page: the whole print is the mark to go by.

The code says roughly where the page is. Blocks of the print are then looked for near their places,
points are tracked, and what the sheet was stretched by is smoothed over the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from grader.scan.reading.prints import DPI

if TYPE_CHECKING:
    from grader.scan.reading.prints import Picture, Points, Print

BLOCK, REACHES = 32, (14, 30)  # pixels at half the print's size: 16 mm, and 7 or 15 mm about it
MOST_BLOCKS, LEAST_BLOCKS, LIKENESS = 60, 8, 0.5
MOST_POINTS, LEAST_POINTS, STRETCH = 500, 40, 3.0
NODES = (15, 11)  # down and across
NEAR = 22.0  # millimetres within which points tell of the stretching


@dataclass(frozen=True, eq=False)
class Placement:
    """The place of a printed page in a scan.

    Attributes:
        matrix: from pixels of the print to pixels of the scan, as if the sheet were rigid.
        shifts: by how many pixels of the print each node of a grid over the page is off besides.
        tracked: how many points of the print were found.
    """

    printed: Print
    matrix: Points
    shifts: Points
    tracked: int

    def place(self, millimetres: Points) -> Points:
        """Return where points of the page are in the scan, in pixels."""
        pixels = self.printed.pixels(millimetres)
        return _moved(self.matrix, pixels + self._shift(pixels))

    def _shift(self, pixels: Points) -> Points:
        high, wide = self.printed.picture.shape
        down, across = (
            np.clip(pixels[:, axis] / size * (count - 1), 0, count - 1.001)
            for axis, size, count in ((1, high, NODES[0]), (0, wide, NODES[1]))
        )
        row, column = down.astype(int), across.astype(int)
        v, h = (down - row)[:, None], (across - column)[:, None]
        at = self.shifts
        upper = at[row, column] * (1 - h) + at[row, column + 1] * h
        lower = at[row + 1, column] * (1 - h) + at[row + 1, column + 1] * h
        return np.asarray(upper * (1 - v) + lower * v)

    def straighten(self, grey: Picture) -> Picture:
        """Return the scan as it would be if it lay exactly on the print."""
        high, wide = self.printed.picture.shape
        size = (wide, high)
        shifts = [cv2.resize(self.shifts[..., axis].astype(np.float32), size) for axis in (0, 1)]
        x = np.arange(wide, dtype=np.float32)[None] + shifts[0]
        y = np.arange(high, dtype=np.float32)[:, None] + shifts[1]
        m = self.matrix.astype(np.float32)
        w = m[2, 0] * x + m[2, 1] * y + m[2, 2]
        u, v = ((m[i, 0] * x + m[i, 1] * y + m[i, 2]) / w for i in (0, 1))
        lying: Picture = cv2.remap(grey, u, v, cv2.INTER_LINEAR, borderValue=255)
        return lying


def register(grey: Picture, printed: Print, rough: Points) -> Placement | None:
    """Find a printed page in a scan; None where it cannot be found well enough.

    Args:
        grey: the scan.
        printed: the page.
        rough: from pixels of the print to pixels of the scan, good to some millimetres.
    """
    size = np.sqrt(abs(np.linalg.det(rough[:2, :2])))
    small, down = _reduced(grey, float(size))
    for reach in REACHES:
        coarse = _by_blocks(small, printed.picture, down @ rough, reach)
        placed = None if coarse is None else _tracked(small, printed, coarse)
        if placed is not None:
            matrix, shifts, count = placed
            return Placement(printed, np.linalg.inv(down) @ matrix, shifts, count)
    return None


def rough_by_code(printed: Points, found: Points) -> Points:
    """Return what the corners of a code say of a page's place: turned, moved and scaled."""
    matrix, _ = cv2.estimateAffinePartial2D(printed, found, method=cv2.LMEDS)
    return np.vstack([matrix, (0, 0, 1)])


def rough_by_turn(printed: Picture, grey: Picture, quarter: int) -> Points:
    """Return where a page is that fills its scan and is turned by some quarters."""
    high, wide = printed.shape
    corners = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32)
    edge_y, edge_x = grey.shape
    there = np.array([(0, 0), (edge_x, 0), (edge_x, edge_y), (0, edge_y)], np.float32)
    matrix: Points = cv2.getPerspectiveTransform(corners, np.roll(there, -quarter, axis=0))
    return matrix


def _reduced(grey: Picture, size: float) -> tuple[Picture, Points]:
    """Return the scan at the size of the print, and what takes its pixels there."""
    factor = min(1.0, 1 / size)
    high, wide = (max(8, round(edge * factor)) for edge in grey.shape)
    small = cv2.resize(grey, (wide, high), interpolation=cv2.INTER_AREA) if factor < 1 else grey
    fx, fy = wide / grey.shape[1], high / grey.shape[0]
    down = np.array([[fx, 0, fx / 2 - 0.5], [0, fy, fy / 2 - 0.5], [0, 0, 1.0]])
    return small, down


def _by_blocks(small: Picture, printed: Picture, rough: Points, reach: int) -> Points | None:
    """Return a better place by blocks of the print that are found near their rough places."""
    half = cv2.resize(printed, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    to_half = np.array([[0.5, 0, -0.25], [0, 0.5, -0.25], [0, 0, 1]])
    edge = np.array([[1, 0, reach], [0, 1, reach], [0, 0, 1.0]])
    size = (half.shape[1] + 2 * reach, half.shape[0] + 2 * reach)
    lying = cv2.warpPerspective(small, edge @ to_half @ np.linalg.inv(rough), size, borderValue=255)
    pairs = [
        pair for x, y in _textured(half) if (pair := _found(half, lying, x, y, reach)) is not None
    ]
    if len(pairs) < LEAST_BLOCKS:
        return None
    here, there = (np.array(points, np.float64) for points in zip(*pairs, strict=True))
    fit, good = cv2.findHomography(here, there, cv2.RANSAC, 2.5)
    if fit is None or good.sum() < LEAST_BLOCKS:
        return None
    return np.asarray(rough @ np.linalg.inv(to_half) @ fit @ to_half)


def _textured(half: Picture) -> list[tuple[int, int]]:
    """Return the corners of the blocks with the most print, spread over the page."""
    rows, columns = (edge // BLOCK for edge in half.shape)
    cut = half[: rows * BLOCK, : columns * BLOCK].reshape(rows, BLOCK, columns, BLOCK)
    spread = cut.std(axis=(1, 3))
    order = np.argsort(spread, axis=None)[::-1][:MOST_BLOCKS]
    blocks = zip(*np.unravel_index(order, spread.shape), strict=True)
    return [(int(x) * BLOCK, int(y) * BLOCK) for y, x in blocks if spread[y, x] > 8]


def _found(
    half: Picture, lying: Picture, x: int, y: int, reach: int
) -> tuple[tuple[float, float], tuple[float, float]] | None:
    block = half[y : y + BLOCK, x : x + BLOCK]
    about = lying[y : y + BLOCK + 2 * reach, x : x + BLOCK + 2 * reach]
    likeness = cv2.matchTemplate(about, block, cv2.TM_CCOEFF_NORMED)
    _, best, _, (dx, dy) = cv2.minMaxLoc(likeness)
    if best < LIKENESS or not np.isfinite(best):
        return None
    middle = (x + (BLOCK - 1) / 2, y + (BLOCK - 1) / 2)
    return middle, (middle[0] + dx - reach, middle[1] + dy - reach)


def _tracked(small: Picture, printed: Print, coarse: Points) -> tuple[Points, Points, int] | None:
    """Return the exact place, the shifts at the nodes, and how many points tell of them."""
    picture = cv2.GaussianBlur(printed.picture, (0, 0), 0.8)
    high, wide = picture.shape
    lying = cv2.warpPerspective(small, np.linalg.inv(coarse), (wide, high), borderValue=255)
    points = cv2.goodFeaturesToTrack(picture, MOST_POINTS, 0.02, 8)
    if points is None:
        return None
    seen, status, _ = cv2.calcOpticalFlowPyrLK(
        picture, lying, points, points.copy(), winSize=(21, 21), maxLevel=2
    )
    back, status_back, _ = cv2.calcOpticalFlowPyrLK(
        lying, picture, seen, seen.copy(), winSize=(21, 21), maxLevel=1
    )
    steady = np.linalg.norm(back - points, axis=2)[:, 0] < 0.5
    is_good = (status[:, 0] == 1) & (status_back[:, 0] == 1) & steady
    here, there = (found[is_good, 0].astype(np.float64) for found in (points, seen))
    if len(here) < LEAST_POINTS:
        return None
    fit, good = cv2.findHomography(here, there, cv2.RANSAC, STRETCH)
    if fit is None or good.sum() < LEAST_POINTS:
        return None
    here, there = (found[good[:, 0] == 1] for found in (here, there))
    offs = _moved(np.linalg.inv(fit), there) - here
    return coarse @ fit, _shifts(here, offs, (high, wide)), len(here)


def _shifts(here: Points, offs: Points, size: tuple[int, int]) -> Points:
    """Return the shift at each node: of a plane through the points near it, by their nearness."""
    rows, columns = NODES
    y, x = np.meshgrid(
        np.linspace(0, size[0], rows), np.linspace(0, size[1], columns), indexing="ij"
    )
    nodes = np.stack([x.ravel(), y.ravel()], axis=1)
    away = (here[None] - nodes[:, None]) / (NEAR * DPI / 25.4)
    near = np.exp(-0.5 * (away**2).sum(axis=2))
    plane = np.concatenate([np.ones((*near.shape, 1)), away], axis=2)
    weighted = plane * near[..., None]
    normal = np.einsum("npi,npj->nij", weighted, plane) + np.diag([0.5, 2.0, 2.0])
    right = np.einsum("npi,pd->nid", weighted, offs)
    solved = np.linalg.solve(normal, right)
    return np.asarray(solved[:, 0].reshape(rows, columns, 2))


def _moved(matrix: Points, points: Points) -> Points:
    """Return points as a matrix moves them."""
    whole = points @ matrix[:, :2].T + matrix[:, 2]
    return np.asarray(whole[:, :2] / whole[:, 2:])
