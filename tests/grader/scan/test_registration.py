"""Pages on which much looks alike, or that have little on them, are found where they are."""

from __future__ import annotations

import pytest

pytest.importorskip("pypdfium2")
pytest.importorskip("zxingcpp")

import cv2
import numpy as np

from examgen.folder.pages.page_boxes import PageBoxes
from grader.scan.reading.prints import Picture, Points, Print
from grader.scan.reading.registration import register, rough_by_code

HIGH, WIDE, SCALE = 1170, 827, 1170 / 297  # an A4 page at 100 dots an inch
CODE = np.array([(690, 1060), (741, 1060), (741, 1111), (690, 1111)], np.float64)
WAVE = 0.6 * SCALE  # by which a feed pulls the sheet
TABLE = [(f"{n}. the number {97 * n % 89} is above {n}", 150 + 23 * n) for n in range(36)]
SPARSE = [(f"{n}. the number {97 * n % 89} is above {n}", 150 + 23 * n) for n in range(6)]


def printed(rows: list[tuple[str, int]]) -> Print:
    """Return a page with a row of text and two boxes for each of these, and a code."""
    picture = np.full((HIGH, WIDE), 255, np.uint8)
    for text, y in rows:
        cv2.putText(picture, text, (100, y), cv2.FONT_HERSHEY_COMPLEX, 0.5, 0, 1, cv2.LINE_AA)
        for x in (640, 700):
            cv2.rectangle(picture, (x, y - 12), (x + 14, y + 2), 0, 1)
    modules = np.random.default_rng(1).integers(0, 2, (17, 17), np.uint8) * 255
    picture[1060:1111, 690:741] = np.kron(modules, np.ones((3, 3), np.uint8))
    scale = (WIDE / 210, HIGH / 297)
    return Print(picture, scale, CODE, PageBoxes(210, 297))


def pulled(points: Points, phase: float) -> Points:
    """Return where points of the print are in the scan, twice as large."""
    down = WAVE * np.sin(phase + 1.5 * 2 * np.pi * points[:, 1] / HIGH)
    return 2 * (points + np.stack([0 * down, down], axis=1)) + 0.5


def scanned(page: Print, phase: float) -> Picture:
    y, x = np.mgrid[0 : 2 * HIGH, 0 : 2 * WIDE].astype(np.float32)
    rows = (y - 0.5) / 2
    for _ in range(3):  # the inverse of `pulled`
        rows = (y - 0.5) / 2 - np.float32(WAVE) * np.sin(
            np.float32(phase) + np.float32(3 * np.pi / HIGH) * rows
        )
    return np.asarray(cv2.remap(page.picture, (x - 0.5) / 2, rows, cv2.INTER_LINEAR), np.uint8)


@pytest.mark.parametrize("phase", [0.0, 1.6])
@pytest.mark.parametrize("rows", [TABLE, SPARSE], ids=["table", "sparse"])
def test_no_row_is_taken_for_the_next(rows: list[tuple[str, int]], phase: float) -> None:
    page = printed(rows)
    code = pulled(CODE, phase)
    placed = register(scanned(page, phase), page, rough_by_code(CODE, code), code)
    assert placed is not None
    boxes = np.array([(x, y) for _, y in rows for x in (640.0, 714.0)])
    found = placed.place((np.concatenate([boxes, CODE]) + 0.5) / page.scale)
    off = np.linalg.norm(found - pulled(np.concatenate([boxes, CODE]), phase), axis=1) / 2 / SCALE
    assert off.max() < 2.5  # millimetres; the next row is 5.8 away
