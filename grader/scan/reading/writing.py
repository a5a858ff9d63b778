"""Decide whether something is written: in a box, or on a page with nothing to write on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from examgen.folder.pages.form_fields import COVER
from grader.scan.reading.patches import (
    LEAST_CONTRAST,
    NOISES,
    PRINT_INK,
    components,
    cut_patch,
    noise_of,
)

if TYPE_CHECKING:
    from examgen.folder.pages.page_boxes import Box
    from grader.scan.reading.patches import Mask, Patch
    from grader.scan.reading.prints import Picture, Points
    from grader.scan.reading.registration import Placement

SCALE, AROUND, INSET, FRAME = 6.0, 1.2, 0.45, 0.5
LEAST_INK, LEAST_PIECE, LEAST_STROKE, SOFT = 0.25, 0.06, 0.9, 0.05
EDGE, HEAD = 8.0, 16.0  # millimetres where scanners leave shadows, and of the line for a name
ABOUT_WRITING, ABOUT_TICK = 1.5, 3.5
OUTSIDE_PIECE = 0.25
SAMPLE = 4_000  # pixels whose median is taken for that of all
WRITTEN, BLANK, DOUBT = "written", "blank", "doubt"


@dataclass(frozen=True, eq=False)
class Writing:
    """The ink in a box to write in.

    Attributes:
        state: written, blank, or doubt.
        ink: in square millimetres.
        seen: how well the printed frame was found.
        corners: of the box in the scan.
    """

    state: str
    why: str
    ink: float
    seen: float
    corners: Points


def read_writing(grey: Picture, placed: Placement, box: Box, *, is_pale: bool) -> Writing:
    """Read whether something is written in a box."""
    patch = cut_patch(grey, placed, box, AROUND, SCALE)
    within = patch.ink & patch.within(INSET)
    area, longest = pieces(within, patch.scale)
    seen = patch.likeness()
    has_ink = area >= LEAST_INK or longest >= LEAST_STROKE or _is_soft(patch)
    if seen < FRAME:
        state, why = DOUBT, "the printed box is not seen"
    elif has_ink:
        state, why = WRITTEN, ""
    elif is_pale:
        state, why = DOUBT, "nothing is seen, and the scan may have lost faint ink"
    else:
        state, why = BLANK, ""
    return Writing(state, why, round(area, 2), seen, patch.corners)


def _is_soft(patch: Patch) -> bool:
    """Return whether a larger spot is darker than the paper, too faint to be called ink."""
    soft = cv2.GaussianBlur(patch.contrast, (0, 0), 0.35 * patch.scale)
    clear = patch.within(0.9) & ~patch.print_mask(0.7)
    values = soft[clear]
    if not values.size:
        return False
    floor = float(np.median(values[:: max(1, values.size // SAMPLE)]))
    return float(values.max()) - floor > max(SOFT, 2 * patch.noise)


def pieces(mask: Mask, scale: float, least: float = LEAST_PIECE) -> tuple[float, float]:
    """Return the area of all pieces that are no specks, and the length of the longest."""
    stats = components(mask)
    areas = stats[:, cv2.CC_STAT_AREA] / scale**2
    real = areas >= least
    sides = stats[:, cv2.CC_STAT_WIDTH : cv2.CC_STAT_HEIGHT + 1][real]
    longest = float(np.hypot(*sides.T).max() / scale) if len(sides) else 0.0
    return float(areas[real].sum()), longest


def added_ink(grey: Picture, placed: Placement) -> Mask:
    """Return where on a page there is ink that was not printed, in pixels of the print."""
    lying = placed.straighten(grey)
    return _ink_of(lying) & ~_widened(placed.printed.picture < 255 * (1 - PRINT_INK), 3)


def ink_outside(grey: Picture, placed: Placement) -> float:
    """Return how many square millimetres of ink are on a page outside all boxes."""
    scale = placed.printed.scale[0]
    free = _free(placed)
    area, _ = pieces(added_ink(grey, placed) & free, scale, OUTSIDE_PIECE)
    return round(area, 2)


def ink_of_back(grey: Picture, scale: float) -> float:
    """Return how many square millimetres of ink are on a sheet on which nothing is printed."""
    ink = _ink_of(grey)
    edge = round(EDGE * scale)
    area, _ = pieces(ink[edge:-edge, edge:-edge], scale, OUTSIDE_PIECE)
    return round(area, 2)


def _ink_of(grey: Picture) -> Mask:
    paper = _paper(grey)
    sample = 1 - grey[::9, ::9] / np.maximum(paper[::9, ::9], np.float32(1))
    noise = noise_of(sample)
    darkest = cv2.convertScaleAbs(
        paper, alpha=max(0.0, 1 - max(2 * LEAST_CONTRAST, NOISES * noise))
    )
    return np.asarray(cv2.compare(grey, darkest, cv2.CMP_LT)).view(bool)


def _paper(grey: Picture) -> Picture:
    """Return the white of the paper about each pixel: shadows are in it, ink is not."""
    high, wide = grey.shape
    small = cv2.resize(grey, (max(1, wide // 4), max(1, high // 4)), interpolation=cv2.INTER_AREA)
    light = cv2.dilate(small, np.ones((5, 5), np.uint8))
    for _ in range(2):  # twice, as wider windows take ten times as long
        light = cv2.medianBlur(light, 5)
    return np.asarray(cv2.resize(light, (wide, high)))


def _widened(mask: Mask, pixels: int) -> Mask:
    near = np.ones((2 * pixels + 1, 2 * pixels + 1), np.uint8)
    return np.asarray(cv2.dilate(mask.view(np.uint8), near)).view(bool)


def _free(placed: Placement) -> Mask:
    """Return where nobody is to write: outside all boxes, the head and the edge of the sheet."""
    mask = np.ones(placed.printed.picture.shape, bool)
    sx, sy = placed.printed.scale
    edge = round(EDGE * sx)
    mask[: round(HEAD * sy)] = mask[-edge:] = False
    mask[:, :edge] = mask[:, -edge:] = False
    for box in placed.printed.boxes.boxes:
        more = ABOUT_WRITING if box.option is None else ABOUT_TICK
        left, right = (box.x - more) * sx, (box.x + box.width + more) * sx
        upper, lower = (box.y - more) * sy, (box.y + box.height + more) * sy
        mask[max(0, round(upper)) : round(lower), max(0, round(left)) : round(right)] = False
    return mask


def is_answered_on(placed: Placement) -> bool:
    """Return whether answers belong on a page; what is on a cover is not looked for there."""
    return any(not box.answer.startswith(COVER) for box in placed.printed.boxes.boxes)
