"""The codes in the picture of a page, with several tries for those that are pale or damaged."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import cv2
import numpy as np

from examgen.folder.pages.page_code import PageCode, page_code_of
from grader.scan.reading.prints import codes_in, corners_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.scan.reading.prints import Picture, Points

    Found: TypeAlias = list[tuple[PageCode, Points]]

# Of the width and the height of an upright page: at the lower right is its code.
CORNER = (0.33, 0.2)
ALONE = 0.002  # of the picture: the code of a page that fills it has 0.0027, of one of two 0.0014


def find_codes(grey: Picture) -> Found:
    """Find the codes of ours in a picture, each with its corners in pixels."""
    found = _of_single_page(grey)
    if found:
        return found
    for tried, factor in _tries(grey):
        found = _codes(tried, factor)
        if found:
            return found
    return []


def _of_single_page(grey: Picture) -> Found:
    """Find the code of a page that fills the picture: in its corner, which is quick."""
    for part, place in _corners(grey):
        found = [(code, corners + place) for code, corners in _codes(part, 1)]
        if found:
            is_alone = len(found) == 1 and _area(found[0][1]) > ALONE * grey.size
            return found if is_alone else []
    return []


def _corners(grey: Picture) -> Iterator[tuple[Picture, tuple[int, int]]]:
    """Yield the two corners in which a code may be, each with its place in the picture."""
    high, wide = grey.shape
    if high >= wide:
        x, y = round(wide * (1 - CORNER[0])), round(high * (1 - CORNER[1]))
        yield grey[y:, x:], (x, y)
        yield grey[: high - y, : wide - x], (0, 0)
    else:
        x, y = round(wide * (1 - CORNER[1])), round(high * (1 - CORNER[0]))
        yield grey[y:, : wide - x], (0, y)
        yield grey[: high - y, x:], (x, 0)


def _area(corners: Points) -> float:
    return float(cv2.contourArea(corners.astype(np.float32)))


def _codes(grey: Picture, factor: float) -> Found:
    read = codes_in(grey)
    known = ((page_code_of(one.text), corners_of(one)) for one in read)
    return [(code, (place + 0.5) / factor - 0.5) for code, place in known if code is not None]


def _tries(grey: Picture) -> Iterator[tuple[Picture, float]]:
    """Yield the picture as it is and changed, with the factor by which it is larger."""
    yield grey, 1
    yield cv2.GaussianBlur(grey, (0, 0), 1.0), 1
    yield cv2.resize(grey, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), 2
    yield _flattened(grey), 1
    yield cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), 0.5
    yield cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8)), 1
    yield cv2.medianBlur(grey, 3), 1


def _flattened(grey: Picture) -> Picture:
    """Return a picture without its shadows."""
    paper = cv2.blur(cv2.dilate(grey, np.ones((15, 15), np.uint8)), (31, 31))
    flat: Picture = cv2.divide(grey, paper, scale=255)
    return flat
