"""Pages that were scanned twice: is anything written on one image that the other lacks?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from grader.scan.reading.images import load
from grader.scan.reading.registration import register
from grader.scan.reading.writing import added_ink, pieces

if TYPE_CHECKING:
    from grader.scan.reading.prints import Points, Prints
    from grader.scan.reading.read_image import Task
    from grader.scan.records import PageRecord

SAME = 2.2  # square millimetres: the same page has at most 1.8, one digit more at least 2.75
LEAST_PIECE = 0.1


@dataclass(frozen=True)
class Pair:
    """Two images of a page, each with its line."""

    first: tuple[Task, PageRecord]
    second: tuple[Task, PageRecord]


def difference(pair: Pair, prints: Prints) -> float:
    """Return how many square millimetres of ink are on one image of a page only."""
    one, other = (_ink(*which, prints) for which in (pair.first, pair.second))
    if one is None or other is None:
        return float("inf")
    scale = prints.page(pair.first[1].paper, pair.first[1].page).scale[0]
    near = np.ones((7, 7), np.uint8)
    alone = (one & (cv2.dilate(other, near) == 0)) | (other & (cv2.dilate(one, near) == 0))
    return pieces(alone > 0, scale, LEAST_PIECE)[0]


def _ink(
    task: Task, page: PageRecord, prints: Prints
) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]] | None:
    if not page.matrix:
        return None
    scan, printed = load(task.path, task.number), prints.page(page.paper, page.page)
    placed = register(scan.grey, printed, _rough(page, printed.scale))
    return None if placed is None else added_ink(scan.grey, placed).astype(np.uint8)


def _rough(page: PageRecord, scale: tuple[float, float]) -> Points:
    """Return from pixels of the print to those of the image, as it was found."""
    across, down = scale
    to_print = np.array([[across, 0, -0.5], [0, down, -0.5], [0, 0, 1.0]])
    return np.array(page.matrix).reshape(3, 3) @ np.linalg.inv(to_print)
