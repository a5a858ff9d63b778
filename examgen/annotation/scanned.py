"""The sheets of a paper that was scanned: its pages in their order, then what lay beside them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from examgen.annotation.pictures import jpeg_of, picture_of
from examgen.annotation.sheets import POINTS, Printed, Sheet, straight_sheet
from examgen.annotation.space import SCALE, Space
from examgen.folder.scans import SCANS
from grader.scan.account import Account
from grader.scan.reading.images import load
from grader.scan.records import read_journal
from grader.scan.scan import paper_boxes, task_of

if TYPE_CHECKING:
    from pathlib import Path

    from examgen.annotation.pictures import Picture as Painted
    from examgen.folder.pages.page_boxes import PageBoxes
    from grader.scan.reading.prints import Picture, Points
    from grader.scan.records import PageRecord

A4_WIDTH = 210.0
SHARED = 0.55  # of an image: a page that fills less may have another beside it
QUALITY = 85


@dataclass(frozen=True)
class Found:
    """An image with a page of a paper, or with what lay beside its pages.

    Attributes:
        path: of the original, `source` its own name; `number` of the image in it.
        boxes: of the printed page; None where it has no print, or nobody knows where that is.
        is_shared: whether the image shows something else as well.
    """

    path: Path
    source: str
    number: int
    dpi: int
    turn: int
    matrix: tuple[float, ...]
    boxes: PageBoxes | None
    is_shared: bool


class Scans:
    """The scans of an exam, paper by paper.

    Args:
        folder: the exam folder.
    """

    def __init__(self, folder: Path) -> None:
        self._target = folder / SCANS
        self._account = Account.of(read_journal(self._target))
        images = (page.image for page in self._account.journal.pages.values())
        self._shown = Counter(map(_image, images))
        self._sheets = defaultdict[str, list[tuple[str, int]]](list)
        for sheet in sorted(self._account.sheets):
            self._sheets[sheet[0]].append(sheet)
        scanned = self._account.papers
        self.boxes = {one.paper: one for one in paper_boxes(folder)} if scanned else {}

    def of(self, paper: str) -> list[Found]:
        """Return what was scanned of a paper; nothing where it was not."""
        own = self._sheets.get(paper, ())
        pages = [(page, sheet[1]) for sheet in own for page in self._account.sheets[sheet]]
        beside = [(page, 0) for page in self._account.beside.get(paper, ())]
        return [self._found(page, number) for page, number in (*pages, *beside)]

    def has(self, paper: str) -> bool:
        """Return whether anything was scanned of a paper."""
        return paper in self._account.papers

    def missing(self, paper: str) -> list[int]:
        """Return which pages of a scanned paper were not found."""
        boxes = self.boxes.get(paper)
        known = [boxes] if boxes is not None else []
        return [number for _, number in self._account.missing(known)]

    def _found(self, page: PageRecord, number: int) -> Found:
        task, boxes = task_of(self._target, page), self.boxes.get(page.paper)
        is_known = boxes is not None and number and page.is_read
        return Found(
            *(task.path, task.source, task.number, page.dpi, page.turn, page.matrix),
            boxes.pages[number - 1] if boxes is not None and is_known else None,
            self._shown[_image(page.image)] > 1,
        )


def _image(name: str) -> str:
    """Return the image that shows a page: `HASH#3` of `HASH#3.2`, the second page on it."""
    return name.partition(".")[0]


def build_scanned(found: Found) -> Sheet | None:
    """Return an image as a sheet; None where it shows other pages, too, and cannot be cut."""
    grey = load(found.path, found.number).grey
    if found.boxes is None:
        return None if found.is_shared else _as_it_is(found, grey)
    matrix = np.array(found.matrix).reshape(3, 3)
    if found.is_shared or _coverage(grey, matrix, found.boxes) < SHARED:
        return _cut(grey, matrix, found.boxes, found.dpi)
    sheet = _as_it_is(found, grey)
    factor = sheet.size[0] / grey.shape[1]

    def place(x: float, y: float) -> tuple[float, float]:
        u, v, w = matrix @ (x, y, 1.0)
        return (u / w + 0.5) * factor, sheet.size[1] - (v / w + 0.5) * factor

    sheet.turn = round(-found.turn / 90) * 90 % 360
    sheet.printed = Printed(
        place, found.boxes.boxes, Space.of(_straighten(grey, matrix, found.boxes))
    )
    return sheet


def _as_it_is(found: Found, grey: Picture) -> Sheet:
    """Return the whole image as a sheet, as large as it says."""
    high, wide = grey.shape
    factor = 72 / found.dpi if found.dpi else A4_WIDTH * POINTS / wide
    size = (wide * factor, high * factor)
    return Sheet(picture_of(found.path, found.number) or _jpeg(grey), size)


def _coverage(grey: Picture, matrix: Points, boxes: PageBoxes) -> float:
    """Return how much of an image a page takes."""
    corners = [(0, 0), (boxes.width, 0), (boxes.width, boxes.height), (0, boxes.height)]
    points = cv2.perspectiveTransform(np.array([corners], np.float32), matrix.astype(np.float32))
    return float(cv2.contourArea(points[0]) / grey.size)


def _cut(grey: Picture, matrix: Points, boxes: PageBoxes, dpi: int) -> Sheet:
    """Return a page cut out of an image that shows something else beside it."""
    scale = max(dpi, 100) / 25.4
    picture = _straighten(grey, matrix, boxes, scale, border=255)
    return straight_sheet(_jpeg(picture), boxes, Space.of(_straighten(grey, matrix, boxes)))


def _jpeg(picture: Picture) -> Painted:
    raw = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])[1].tobytes()
    high, wide = picture.shape
    return jpeg_of(raw, (wide, high))


def _straighten(
    grey: Picture, matrix: Points, boxes: PageBoxes, scale: float = SCALE, border: int = 0
) -> Picture:
    """Return the printed page out of a scan, upright; what the scan lacks is dark."""
    there = matrix @ np.diag([1 / scale, 1 / scale, 1.0])
    size = (round(boxes.width * scale), round(boxes.height * scale))
    thick = cv2.erode(grey, np.ones((3, 3), np.uint8)) if scale == SCALE else grey
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    lying: Picture = cv2.warpPerspective(thick, there, size, flags=flags, borderValue=border)
    return lying
