"""Pictures of boxes and of whole pages for people, cut out of the originals when needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

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
FRAMED, FRAME = (40, 40, 220), 0.006  # its colour, and its width as a share of the page's

Corners: TypeAlias = tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Cut:
    """A piece to be cut out of an image.

    Attributes:
        path: of the original; `number` of the image in it.
        wanted: the corners of the boxes that each picture shows; none for the whole image.
        turn: by how many degrees the image lies turned.
        is_framed: instead, each picture is the whole image with these boxes framed.
    """

    path: Path
    number: int
    wanted: tuple[Corners, ...]
    turn: int = 0
    is_framed: bool = False


def cut_out(cut: Cut) -> list[bytes]:
    """Return what is cut out of an image as JPEGs, in the order that is wanted."""
    grey = load(cut.path, cut.number).grey
    return [_packed(_picture(grey, corners, cut)) for corners in cut.wanted]


def _picture(grey: Picture, corners: Corners, cut: Cut) -> Picture:
    if corners and not cut.is_framed:
        return _straight(grey, corners)
    whole = _framed(grey, corners) if corners else grey
    upright: Picture = np.rot90(whole, round(cut.turn / 90) % 4)
    return _small(upright)


def _packed(picture: Picture) -> bytes:
    _, raw = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    return bytes(raw.tobytes())


def _framed(grey: Picture, boxes: Corners) -> Picture:
    colour: Picture = cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR)
    wide = max(2, round(FRAME * grey.shape[1]))
    points = [np.array(box, np.int32).reshape(-1, 2) for box in boxes]
    cv2.polylines(colour, points, isClosed=True, color=FRAMED, thickness=wide)
    return colour


def _small(picture: Picture) -> Picture:
    factor = min(1.0, PAGE_PIXELS / max(picture.shape[:2]))
    small: Picture = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
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
