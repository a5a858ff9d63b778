"""Scanners and telephones: the image that comes of a sheet, and where its points are in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from examgen.simulation.scans.pens import DPI

if TYPE_CHECKING:
    from examgen.simulation.scans.pens import Sheet
    from grader.scan.reading.prints import Picture, Points


PAPER = (210.0, 297.0)  # A4, on which made-up stacks are printed


@dataclass(frozen=True)
class Scanner:
    """The effects of a device on a sheet.

    Attributes:
        dpi: of its images.
        turn: by how many degrees sheets lie aslant at most.
        size: by what share images are larger or smaller at most.
        blur: in millimetres.
        noise: of grey values, of 255.
        paper: how light paper comes out; `black` how dark black does.
        shadow: how much darker one side is.
        stretch: by how many millimetres the feed pulls the sheet, here more and there less.
        perspective: by what share of the sheet its corners are off.
        folds: how many.
        speckles: how many dark specks.
        is_bilevel: whether images are black and white.
    """

    dpi: int = 200
    turn: float = 1.0
    size: float = 0.01
    blur: float = 0.06
    noise: float = 3.0
    paper: float = 0.96
    black: float = 0.1
    shadow: float = 0.0
    stretch: float = 0.0
    perspective: float = 0.0
    folds: int = 0
    speckles: int = 0
    is_bilevel: bool = False


SCANNERS = {
    "office": Scanner(),
    "office150": Scanner(dpi=150, turn=2.0, noise=4),
    "office300": Scanner(dpi=300, turn=1.5, size=0.02, noise=5),
    "pale": Scanner(paper=0.98, black=0.5, noise=2),
    "dark": Scanner(paper=0.75, noise=6, shadow=0.1),
    "feed": Scanner(stretch=0.6),
    "bilevel": Scanner(is_bilevel=True),
    "fax": Scanner(dpi=110, is_bilevel=True, speckles=10),
    "folds": Scanner(folds=2, speckles=8),
    "phone": Scanner(dpi=170, turn=3, size=0.05, blur=0.12, noise=5, paper=0.85, shadow=0.25,
                     perspective=0.02, stretch=0.3),
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Lie:
    """The map from points of a sheet to its image.

    Attributes:
        matrix: from pixels of the sheet to those of the image.
        scale: pixels of the sheet a millimetre, across and down.
        waves: by how many pixels the feed pulled each row of the sheet.
    """

    matrix: Points
    scale: tuple[float, float]
    waves: Points

    def place(self, millimetres: Points) -> Points:
        """Return where points of the sheet are in the image."""
        pixels = millimetres * self.scale - 0.5
        rows = np.clip(pixels[:, 1].round().astype(int), 0, len(self.waves) - 1)
        pixels = pixels - np.stack([np.zeros(len(rows)), self.waves[rows]], axis=1)
        whole = pixels @ self.matrix[:, :2].T + self.matrix[:, 2]
        return np.asarray(whole[:, :2] / whole[:, 2:])


def scan_sheet(
    sheet: Sheet, scanner: Scanner, rng: np.random.Generator, quarters: int = 0
) -> tuple[Picture, Lie]:
    """Return the image of a sheet, and where its points are in it.

    Args:
        sheet: written on, at 300 dots an inch.
        scanner: the device.
        rng: what its sheets differ by.
        quarters: by how many quarters the sheet lies turned.
    """
    high, wide = sheet.shape
    matrix = _placed(scanner, rng, (wide, high), quarters)
    size = _size(scanner, (wide, high), quarters)
    waves, scale = _waves(scanner, rng, high), (wide / PAPER[0], high / PAPER[1])
    lying = _stretched(sheet, waves) if scanner.stretch else sheet
    for _ in range(scanner.folds):
        lying = _folded(lying, rng)
    sigma = max(scanner.blur / 25.4 * DPI, 0.35 * DPI / scanner.dpi)
    lying = cv2.GaussianBlur(lying, (0, 0), sigma)
    image = cv2.warpPerspective(lying, matrix, size, flags=cv2.INTER_LINEAR, borderValue=1.0)
    return _developed(image, scanner, rng), Lie(matrix, scale, waves)


def _placed(
    scanner: Scanner, rng: np.random.Generator, size: tuple[int, int], quarters: int
) -> Points:
    wide, high = size
    scale = scanner.dpi / DPI * (1 + rng.uniform(-scanner.size, scanner.size))
    angle = np.radians(rng.uniform(-scanner.turn, scanner.turn) + 90 * quarters)
    c, s = np.cos(angle) * scale, np.sin(angle) * scale
    there = np.array(_size(scanner, size, quarters)) / 2 + rng.uniform(-4, 4, 2) * scanner.dpi / 100
    middle = np.array([[1, 0, -wide / 2], [0, 1, -high / 2], [0, 0, 1]])
    turned = np.array([[c, -s, there[0]], [s, c, there[1]], [0, 0, 1]]) @ middle
    if not scanner.perspective:
        return np.asarray(turned)
    corners = np.array([(0, 0), (wide, 0), (wide, high), (0, high)], np.float32)
    off = rng.uniform(-1, 1, (4, 2)) * scanner.perspective * (wide, high)
    return np.asarray(
        turned @ cv2.getPerspectiveTransform(corners, (corners + off).astype(np.float32))
    )


def _size(scanner: Scanner, size: tuple[int, int], quarters: int) -> tuple[int, int]:
    wide, high = (round(edge * scanner.dpi / DPI) for edge in size)
    return (high, wide) if quarters % 2 else (wide, high)


def _waves(scanner: Scanner, rng: np.random.Generator, high: int) -> Points:
    """Return by how many pixels each row is off: smoothly, by up to so many millimetres."""
    phase, waves = rng.uniform(0, 2 * np.pi), rng.uniform(0.7, 1.6)
    along = phase + waves * 2 * np.pi * np.arange(high) / high
    return np.asarray(scanner.stretch / 25.4 * DPI * np.sin(along))


def _stretched(sheet: Sheet, waves: Points) -> Sheet:
    """Return a sheet as the feed pulled it."""
    high, wide = sheet.shape
    rows = np.repeat((np.arange(high) + waves).astype(np.float32)[:, None], wide, axis=1)
    columns = np.repeat(np.arange(wide, dtype=np.float32)[None], high, axis=0)
    return np.asarray(cv2.remap(sheet, columns, rows, cv2.INTER_LINEAR, borderValue=1.0))


def _folded(sheet: Sheet, rng: np.random.Generator) -> Sheet:
    high, wide = sheet.shape
    left, right = (0, int(rng.uniform(0, high))), (wide, int(rng.uniform(0, high)))
    line = np.zeros(sheet.shape, np.uint8)
    cv2.line(line, left, right, 255, 5, cv2.LINE_AA)
    shade = cv2.GaussianBlur(line, (0, 0), 3).astype(np.float32) / 255
    return np.asarray(sheet * (1 - float(rng.uniform(0.1, 0.3)) * shade))


def _developed(image: Sheet, scanner: Scanner, rng: np.random.Generator) -> Picture:
    """Return an image as the device sees it: its greys, shadow, specks, noise."""
    high, wide = image.shape
    grey = scanner.black + (scanner.paper - scanner.black) * image
    if scanner.shadow:
        x, y = np.meshgrid(np.linspace(-1, 1, wide), np.linspace(-1, 1, high))
        turn = rng.uniform(0, 2 * np.pi)
        side = (np.cos(turn) * x + np.sin(turn) * y) / 2 + 0.5
        grey = grey * (1 - scanner.shadow * side.astype(np.float32))
    for x, y in rng.uniform(0, 1, (scanner.speckles, 2)):
        cv2.circle(grey, (int(x * wide), int(y * high)), int(rng.integers(1, 2)), 0.3, -1)
    noisy = grey * 255 + rng.normal(0, scanner.noise, grey.shape)
    if scanner.is_bilevel:
        return np.where(noisy > 0.6 * 255 * scanner.paper, 255, 0).astype(np.uint8)
    return np.clip(noisy, 0, 255).astype(np.uint8)
