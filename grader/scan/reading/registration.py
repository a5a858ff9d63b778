"""Register a scan with the printed page: the whole print is the mark to go by.

The code says roughly where the page is. Blocks of the print are then looked for near their places,
points are tracked, and what the sheet was stretched by is smoothed over the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from grader.scan.reading.blocks import (
    REACHES,
    STRETCHES,
    fit_places,
    from_code,
    halve,
    without_code,
)
from grader.scan.reading.prints import DPI

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.scan.reading.prints import Picture, Points, Print

CODE_OFF = 2.0  # millimetres by which the code may be off where the print says that it is
MOST_POINTS, LEAST_POINTS, STRETCH = 400, 40, 5.0
HALVINGS = 2  # of the size, at which points are tracked first where they are few, as the far end
# of such a page may be off; where they are many, shadows mislead there
NODES = (15, 11)  # down and across
FLAT = 1.0  # pixels of the print: a sheet that is stretched by less lies as if it were rigid
CELL = 16  # pixels of the print within which its place in a scan is a plane
NEAR = 22.0  # millimetres within which points tell of the stretching


_TRACKING: dict[str, Any] = {
    "winSize": (21, 21),
    "criteria": (cv2.TERM_CRITERIA_COUNT + cv2.TERM_CRITERIA_EPS, 15, 0.02),
}


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
        if np.abs(self.shifts).max() < FLAT:
            return _warped(grey, self.matrix, (wide, high))
        down, across = (np.arange(-1, edge // CELL + 2) for edge in (high, wide))
        y, x = np.meshgrid((down + 0.5) * CELL - 0.5, (across + 0.5) * CELL - 0.5, indexing="ij")
        nodes = np.stack([x.ravel(), y.ravel()], axis=1)
        there = _moved(self.matrix, nodes + self._shift(nodes)).astype(np.float32)
        coarse = there.reshape(*x.shape, 2)
        u, v = (
            cv2.resize(coarse[..., axis], None, fx=CELL, fy=CELL)[CELL:, CELL:][:high, :wide]
            for axis in (0, 1)
        )
        lying: Picture = cv2.remap(grey, u, v, cv2.INTER_LINEAR, borderValue=255)
        return lying


def register(
    grey: Picture, printed: Print, rough: Points, code: Points | None = None
) -> Placement | None:
    """Find a printed page in a scan; None where it cannot be found well enough.

    Args:
        grey: the scan.
        printed: the page.
        rough: from pixels of the print to pixels of the scan, good to some millimetres.
        code: the corners of the page's code in the scan, where it is read.
    """
    size = np.sqrt(abs(np.linalg.det(rough[:2, :2])))
    small, down = _reduced(grey, float(size))
    for coarse in _coarse(small, printed, down @ rough, is_coded=code is not None):
        found = None if coarse is None else _tracked(small, printed, coarse)
        if found is not None:
            matrix, shifts, count = found
            placed = Placement(printed, np.linalg.inv(down) @ matrix, shifts, count)
            if code is None or _is_at(placed, code):
                return placed
    return None


def _coarse(
    small: Picture, printed: Print, rough: Points, *, is_coded: bool
) -> Iterator[Points | None]:
    """Yield the places where the page may be, the likeliest first."""
    if is_coded and printed.code is not None:
        for most in STRETCHES:
            yield from_code(small, printed.picture, rough, printed.code, most)
    for reach in REACHES:
        yield without_code(small, printed.picture, rough, reach)


def _is_at(placed: Placement, code: Points) -> bool:
    """Return whether the code is where the rest of the print says that it is."""
    if placed.printed.code is None:
        return False
    back = np.asarray(np.linalg.inv(placed.matrix), np.float64)
    off = _moved(back, code) - placed.printed.code
    return float(np.linalg.norm(off.mean(axis=0))) < CODE_OFF * placed.printed.scale[0]


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
    """Return the scan about as small as the print, and what takes its pixels there.

    By a power of two, which is quick.
    """
    times = 1 << max(0, int(np.log2(size + 0.3)))
    high, wide = (edge // times for edge in grey.shape)
    small = grey
    if times > 1:
        whole = grey[: high * times, : wide * times]
        small = cv2.resize(whole, (wide, high), interpolation=cv2.INTER_AREA)
    to_small = 1 / times
    edge = to_small / 2 - 0.5
    return small, np.array([[to_small, 0, edge], [0, to_small, edge], [0, 0, 1.0]])


def _tracked(small: Picture, printed: Print, coarse: Points) -> tuple[Points, Points, int] | None:
    """Return the exact place, the shifts at the nodes, and how many points tell of them."""
    picture = cv2.GaussianBlur(printed.picture, (3, 3), 0.8)
    high, wide = picture.shape
    lying = _warped(small, coarse, (wide, high))
    found = cv2.goodFeaturesToTrack(halve(printed.picture), MOST_POINTS, 0.02, 4)
    quick = None if found is None else _followed(picture, lying, coarse, 2 * found + 0.5)
    if quick is not None:
        return quick
    found = cv2.goodFeaturesToTrack(picture, MOST_POINTS, 0.02, 8)
    return None if found is None else _followed(picture, lying, coarse, found)


def _followed(
    picture: Picture, lying: Picture, coarse: Points, points: Points
) -> tuple[Points, Points, int] | None:
    how = {**_TRACKING, "maxLevel": 0 if len(points) == MOST_POINTS else HALVINGS}
    seen, status, _ = cv2.calcOpticalFlowPyrLK(picture, lying, points, points.copy(), **how)
    back, status_back, _ = cv2.calcOpticalFlowPyrLK(lying, picture, seen, seen.copy(), **how)
    steady = np.linalg.norm(back - points, axis=2)[:, 0] < 0.5
    is_good = (status[:, 0] == 1) & (status_back[:, 0] == 1) & steady
    here, there = (found[is_good, 0].astype(np.float64) for found in (points, seen))
    if len(here) < LEAST_POINTS:
        return None
    fit, good = fit_places(here, there, STRETCH)
    if fit is None or good.sum() < LEAST_POINTS:
        return None
    here, there = here[good], there[good]
    offs = _moved(np.asarray(np.linalg.inv(fit), np.float64), there) - here
    return coarse @ fit, _shifts(here, offs, picture.shape), len(here)


def _shifts(here: Points, offs: Points, size: tuple[int, int]) -> Points:
    """Return the shift at each node: of a plane through the points near it, by their nearness."""
    rows, columns = NODES
    unit = NEAR * DPI / 25.4
    points = here / unit
    down, across = (
        np.linspace(0, edge, count) / unit for edge, count in zip(size, NODES, strict=True)
    )
    y, x = np.meshgrid(down, across, indexing="ij")
    nodes = np.stack([x.ravel(), y.ravel()], axis=1)
    far_y, far_x = (
        np.exp(-0.5 * (points[:, axis] - at[:, None]) ** 2) for axis, at in ((1, down), (0, across))
    )
    near = (far_y[:, None] * far_x[None]).reshape(len(nodes), -1)
    plane = np.concatenate([np.ones((len(points), 1)), points], axis=1)
    about = np.tile(np.eye(3), (len(nodes), 1, 1))  # takes a plane's values to those about a node
    about[:, 1:, 0] = -nodes
    normal = about @ _sums(near, plane, plane) @ about.transpose(0, 2, 1)
    right = about @ _sums(near, plane, offs)
    solved = np.linalg.solve(normal + np.diag([0.5, 2.0, 2.0]), right)
    return np.asarray(solved[:, 0].reshape(rows, columns, 2))


def _sums(near: Points, one: Points, other: Points) -> Points:
    """Return for each node the sum of the products of two rows of values, by their nearness."""
    products = (one[:, :, None] * other[:, None]).reshape(len(one), -1)
    # OpenCV's product, as numpy's starts threads for it that keep a core busy for nothing
    sums = cv2.gemm(near, products, 1.0, None, 0.0)
    return np.asarray(sums).reshape(-1, one.shape[1], other.shape[1])


def _warped(grey: Picture, matrix: Points, size: tuple[int, int]) -> Picture:
    """Return a picture as it is at the places to which a matrix takes those of another."""
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    lying: Picture = cv2.warpPerspective(grey, matrix, size, flags=flags, borderValue=255)
    return lying


def _moved(matrix: Points, points: Points) -> Points:
    """Return points as a matrix moves them."""
    whole = points @ matrix[:, :2].T + matrix[:, 2]
    return np.asarray(whole[:, :2] / whole[:, 2:])
