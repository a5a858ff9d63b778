"""Pens and what hands draw with them, as strokes on a sheet; lengths are in millimetres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Callable

    from examgen.folder.pages.page_boxes import Box

Sheet: TypeAlias = npt.NDArray[np.float32]  # 0 black, 1 white
Stroke: TypeAlias = npt.NDArray[np.float64]  # points in millimetres
DPI = 300
MM = DPI / 25.4


@dataclass(frozen=True)
class Pen:
    """A pen: how dark and how wide its line is."""

    dark: float
    width: float


PENS = {
    "blue": Pen(0.62, 0.5), "black": Pen(0.88, 0.5), "pencil": Pen(0.42, 0.5), "gel": Pen(0.8, 0.6),
    "green": Pen(0.5, 0.5), "red": Pen(0.45, 0.5), "faint": Pen(0.25, 0.4),
    "light blue": Pen(0.3, 0.5), "marker": Pen(0.75, 1.5),
}  # fmt: skip
OFTEN = {
    "blue": 45, "black": 30, "pencil": 10, "gel": 5, "green": 2, "red": 2, "faint": 2,
    "light blue": 2, "marker": 2,
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Hand:
    """A hand with a pen: no two of its strokes are alike."""

    pen: Pen
    rng: np.random.Generator

    def draw(self, sheet: Sheet, *strokes: Stroke) -> None:
        """Draw strokes on a sheet."""
        wide = max(1, round(self.pen.width * MM * float(self.rng.uniform(0.8, 1.2))))
        lines = [self._shaky(stroke) * MM for stroke in strokes]
        x, y, part = _about(sheet, np.concatenate(lines), wide + 6)
        layer = np.zeros(part.shape, np.uint8)
        for line in lines:
            points = np.round((line - (x, y)) * 16).astype(np.int32)
            cv2.polylines(layer, [points], False, 255, wide, cv2.LINE_AA, 4)
        ink = cv2.GaussianBlur(layer, (0, 0), 1.0).astype(np.float32) / 255
        part *= 1 - ink * self.pen.dark * float(self.rng.uniform(0.85, 1.1))

    def _shaky(self, stroke: Stroke) -> Stroke:
        """Return a stroke with more points, each of them a little off."""
        steps = np.linspace(0, len(stroke) - 1, 6 * len(stroke))
        fine = np.stack(
            [np.interp(steps, range(len(stroke)), stroke[:, axis]) for axis in (0, 1)], axis=1
        )
        return np.asarray(fine + self.rng.normal(0, 0.05, fine.shape))

    def write(self, sheet: Sheet, box: Box, text: str) -> None:
        """Write a text into a box, as large as there is room for."""
        plain = text.encode("ascii", "replace").decode().replace("\n", " ")[:60] or "?"
        font = cv2.FONT_HERSHEY_SCRIPT_SIMPLEX if self.rng.random() < 0.5 else 0
        (wide, high), _ = cv2.getTextSize(plain, font, 1.0, 1)
        room = min((box.width - 2) * MM / wide, min(box.height - 1.2, 6) * MM / (1.4 * high))
        size = room * float(self.rng.uniform(0.75, 1.0))
        x = (box.x + 1) * MM + float(self.rng.uniform(0, 0.3)) * (box.width * MM - wide * size - 2)
        y = (box.y + min(box.height, 7) * 0.5) * MM + high * size * 0.5
        thick = max(1, round(self.pen.width * MM * 0.7))
        ends = np.array([(x, y - 1.5 * high * size), (x + wide * size, y + high * size)])
        left, upper, part = _about(sheet, ends, thick + 20)
        layer = np.zeros(part.shape, np.uint8)
        start = (round(x) - left, round(y) - upper)
        cv2.putText(layer, plain, start, font, size, 255, thick, cv2.LINE_AA)
        ink = cv2.GaussianBlur(layer, (0, 0), 0.8).astype(np.float32) / 255
        part *= 1 - ink * self.pen.dark


def _about(sheet: Sheet, points: Stroke, margin: int) -> tuple[int, int, Sheet]:
    """Return the part of a sheet about points in pixels, behind where it begins."""
    high, wide = sheet.shape
    left, upper = (max(0, int(edge) - margin) for edge in points.min(axis=0))
    right, lower = (int(edge) + margin for edge in points.max(axis=0))
    left, upper = min(left, wide - 1), min(upper, high - 1)
    return left, upper, sheet[upper : max(lower, upper + 1), left : max(right, left + 1)]


def _at(box: Box, *points: tuple[float, float]) -> Stroke:
    """Return points given as shares of a box."""
    return np.array([(box.x + u * box.width, box.y + v * box.height) for u, v in points])


def check(box: Box, rng: np.random.Generator) -> tuple[Stroke, ...]:
    """Return a check mark, which may reach out of the box."""
    out = float(rng.uniform(0, 0.3))
    return (_at(box, (0.15, 0.5), (0.4, 0.85), (0.85 + out, 0.1 - out)),)


def cross(box: Box, rng: np.random.Generator) -> tuple[Stroke, ...]:
    """Return a cross."""
    e = float(rng.uniform(0.05, 0.2))
    return _at(box, (e, e), (1 - e, 1 - e)), _at(box, (1 - e, e), (e, 1 - e))


def slash(box: Box, rng: np.random.Generator) -> tuple[Stroke, ...]:
    """Return a stroke from corner to corner."""
    e = float(rng.uniform(0.05, 0.2))
    return (_at(box, (e, 1 - e), (1 - e, e)),)


def dot(box: Box, rng: np.random.Generator) -> tuple[Stroke, ...]:
    """Return a thick dot."""
    turn = np.linspace(0, 6 * np.pi, 40)
    size = np.linspace(0.05, float(rng.uniform(0.15, 0.25)), 40)
    return (_at(box, *zip(0.5 + size * np.cos(turn), 0.5 + size * np.sin(turn), strict=True)),)


def scribble(box: Box, rng: np.random.Generator) -> tuple[Stroke, ...]:
    """Return a zigzag."""
    e = float(rng.uniform(0.1, 0.2))
    return (_at(box, *((e if n % 2 else 1 - e, e + (1 - 2 * e) * n / 6) for n in range(7))),)


def fill(box: Box, rng: np.random.Generator) -> tuple[Stroke, ...]:
    """Return what fills a box: a tick that is taken back."""
    e = float(rng.uniform(0.0, 0.05))
    return (_at(box, *((e if n % 2 else 1 - e, e + (1 - 2 * e) * n / 16) for n in range(17))),)


def circle(box: Box, rng: np.random.Generator) -> tuple[Stroke, ...]:
    """Return a ring about a box."""
    turn, size = np.linspace(0, 2.1 * np.pi, 30), float(rng.uniform(0.85, 1.2))
    return (_at(box, *zip(0.5 + size * np.cos(turn), 0.5 + size * np.sin(turn), strict=True)),)


def beside(box: Box, rng: np.random.Generator) -> tuple[Stroke, ...]:
    """Return a check mark on the left of its box."""
    off = float(rng.uniform(0.9, 1.3))
    return (_at(box, (0.15 - off, 0.5), (0.4 - off, 0.85), (0.85 - off, 0.1)),)


MARKS: tuple[Callable[[Box, np.random.Generator], tuple[Stroke, ...]], ...] = (
    check, cross, slash, scribble, dot,
)  # fmt: skip
ODD = (circle, beside, fill)
