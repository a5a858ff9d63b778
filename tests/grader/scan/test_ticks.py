"""Ticks in boxes as hands draw them, with boxes of other questions above and below."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

pytest.importorskip("pypdfium2")

import cv2
import numpy as np

from examgen.folder.pages.page_boxes import Box, PageBoxes
from examgen.simulation.scans.pens import DPI, MM, PENS, Hand, check, cross, fill, scribble
from grader.scan.reading.prints import Print
from grader.scan.reading.registration import NODES, Placement
from grader.scan.reading.ticks import DOUBT, EMPTY, MARK, read_tick

if TYPE_CHECKING:
    from collections.abc import Callable

    from examgen.simulation.scans.pens import Sheet, Stroke

    Drawn = Callable[[Box, np.random.Generator], tuple[Stroke, ...]]

TOP = Box("1a.eggs", 0, 10, 5, 3.5, 3.5, "yes")
UPPER = Box("1a.spam", 0, 10, 10, 3.5, 3.5, "yes")
LOWER = Box("1a.ham", 0, 10, 15, 3.5, 3.5, "yes")
WIDE, HIGH = 30.0, 30.0  # millimetres


def drawn_page() -> tuple[Sheet, Placement]:
    """Return a page with the boxes, and the place of its print in a scan at 200 dots an inch."""
    sheet = np.ones((round(HIGH * MM), round(WIDE * MM)), np.float32)
    for box in (TOP, UPPER, LOWER):
        first = (round(box.x * MM), round(box.y * MM))
        last = (round((box.x + box.width) * MM), round((box.y + box.height) * MM))
        cv2.rectangle(sheet, first, last, 0.0, 2)
    picture = scanned(sheet, 100)
    scale = (picture.shape[1] / WIDE, picture.shape[0] / HIGH)
    page = Print(picture, scale, None, PageBoxes(WIDE, HIGH, (TOP, UPPER, LOWER)))
    to_scan = np.array([[2, 0, 0.5], [0, 2, 0.5], [0, 0, 1.0]])
    return sheet, Placement(page, to_scan, np.zeros((*NODES, 2)), 400)


def scanned(sheet: Sheet, dpi: int) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    high, wide = (round(edge / DPI * dpi) for edge in sheet.shape)
    small = cv2.resize(sheet, (wide, high), interpolation=cv2.INTER_AREA)
    return np.asarray(245 * small, np.uint8)


def line(*ends: tuple[float, float]) -> Drawn:
    """Return how a line is drawn through points, which are shares of a box."""

    def draw(box: Box, _: np.random.Generator) -> tuple[Stroke, ...]:
        return (np.array([(box.x + u * box.width, box.y + v * box.height) for u, v in ends]),)

    return draw


ACROSS, DOWN = line((-0.8, 0.4), (1.8, 0.6)), line((0.6, -0.8), (0.4, 2.6))
ASLANT = line((-0.7, 1.0), (1.2, -0.7))  # by the left and the upper side, as a fold may


@pytest.mark.parametrize("pen", ["blue", "black", "pencil"])
@pytest.mark.parametrize(
    ("upper", "lower", "state"),
    [
        ((check,), (), MARK),
        ((cross,), (), MARK),
        ((scribble,), (), MARK),
        ((fill,), (), DOUBT),
        ((check, fill), (), DOUBT),
        ((cross, fill), (), DOUBT),
        ((ACROSS,), (), DOUBT),
        ((check, DOWN), (cross,), DOUBT),
        ((ASLANT,), (), DOUBT),
        ((), (), EMPTY),
        ((), (cross,), EMPTY),
        ((), (cross, fill), EMPTY),
        ((check,), (fill,), MARK),
    ],
)
def test_a_box_is_read_by_its_own_ink(
    upper: tuple[Drawn, ...], lower: tuple[Drawn, ...], state: str, pen: str
) -> None:
    sheet, placed = drawn_page()
    hand = Hand(PENS[pen], np.random.default_rng(5))
    for box, shapes in ((TOP, lower), (UPPER, upper), (LOWER, lower)):
        for shape in shapes:
            hand.draw(sheet, *shape(box, hand.rng))
    assert read_tick(scanned(sheet, 200), placed, UPPER, [TOP, UPPER, LOWER]).state == state
