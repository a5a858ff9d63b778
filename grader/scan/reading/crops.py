"""Pictures of boxes and of whole pages for people, cut out of the originals when needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from grader.scan.reading.images import load

if TYPE_CHECKING:
    from pathlib import Path

    from grader.scan.reading.prints import Picture

SCALE = 8.0  # pixels a millimetre, as far as the scan has them
AROUND = 0.35  # of a box's height, and of a page's width at most
PAGE_PIXELS = 1_400
QUALITY = 80


@dataclass(frozen=True)
class Cut:
    """A piece to be cut out of an image.

    Attributes:
        path: of the original; `number` of the image in it.
        wanted: each file to write, and the corners of what it shows; none for the whole image.
    """

    path: Path
    number: int
    wanted: tuple[tuple[Path, tuple[tuple[float, ...], ...]], ...]


def write_crops(cut: Cut) -> None:
    """Write what is cut out of an image as pictures."""
    grey = load(cut.path, cut.number).grey
    for target, corners in cut.wanted:
        picture = _straight(grey, corners) if corners else _small(grey)
        found, raw = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
        if found:
            target.write_bytes(raw.tobytes())


def _small(grey: Picture) -> Picture:
    factor = min(1.0, PAGE_PIXELS / max(grey.shape))
    small: Picture = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return small


def _straight(grey: Picture, boxes: tuple[tuple[float, ...], ...]) -> Picture:
    """Return boxes that lie beside each other as one picture, upright, with what is about them."""
    points = np.array(boxes, np.float64).reshape(-1, 4, 2)
    right, down = points[0, 1] - points[0, 0], points[0, 3] - points[0, 0]
    x, y = right / np.linalg.norm(right), down / np.linalg.norm(down)
    along = points.reshape(-1, 2) @ np.stack([x, y], axis=1)
    edge = AROUND * float(np.linalg.norm(down)) + 8
    (left, upper), (east, lower) = along.min(axis=0) - edge, along.max(axis=0) + edge
    size = (max(2, round(east - left)), max(2, round(lower - upper)))
    back = np.linalg.inv(np.stack([x, y], axis=0).T)
    corners = np.array([(left, upper), (east, upper), (left, lower)]) @ back
    there = np.array([(0, 0), (size[0], 0), (0, size[1])], np.float32)
    matrix = cv2.getAffineTransform(corners.astype(np.float32), there)
    upright: Picture = cv2.warpAffine(grey, matrix, size, borderValue=255)
    return upright
