"""The codes in the picture of a page, with several tries for those that are pale or damaged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from examgen.folder.pages.page_code import PageCode, page_code_of
from grader.scan.reading.prints import codes_in, corners_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.scan.reading.prints import Picture, Points


def find_codes(grey: Picture) -> list[tuple[PageCode, Points]]:
    """Find the codes of ours in a picture, each with its corners in pixels."""
    for tried, factor in _tries(grey):
        found = _codes(tried, factor)
        if found:
            return found
    return []


def _codes(grey: Picture, factor: float) -> list[tuple[PageCode, Points]]:
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
