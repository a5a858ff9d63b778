"""The ticks of a choice: which option is ticked, or why a person has to look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from grader.scan.reading.patches import components, cut_patch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from examgen.folder.pages.page_boxes import Box
    from grader.scan.reading.patches import Mask, Patch
    from grader.scan.reading.prints import Picture, Points
    from grader.scan.reading.registration import Placement

SCALE, AROUND, INSET, OUTSET = 8.0, 2.5, 0.35, 0.45
FRAME = 0.5
EMPTY_INSIDE, EMPTY_AROUND, EMPTY_SOFT = 0.012, 0.6, 0.05
LEAST_MARK, MOST_AROUND = 0.06, 3.6
DENSE, ALONG = 0.35, (0.25, 0.65)  # so much ink must leave white along a side: millimetres within
MOST_ALONG, MOST_ABOUT = 0.7, 0.85  # of the side with the least ink, and of all four together
LEAST_STROKE, THROUGH, LEAST_AWAY = 0.7, 1.2, 0.1  # millimetres, and square ones
EMPTY, MARK, DOUBT = "empty", "mark", "doubt"


@dataclass(frozen=True, eq=False)
class Tick:
    """The ink in and about a box to tick.

    Attributes:
        state: empty, mark, or doubt.
        why: what is doubtful.
        inside: the share of the inside that is inked.
        around: square millimetres of ink about the frame.
        seen: how well the printed frame was found.
        corners: of the box in the scan.
    """

    state: str
    why: str
    inside: float
    around: float
    seen: float
    corners: Points


def read_tick(grey: Picture, placed: Placement, box: Box, others: Sequence[Box]) -> Tick:
    """Read a box to tick; ink in other boxes to tick, of whichever answer, is theirs."""
    patch = cut_patch(grey, placed, box, AROUND, SCALE)
    ink, core = patch.ink, patch.within(INSET)
    theirs = _theirs(patch, box, others)
    outer = ~patch.within(-OUTSET) & ~theirs
    inside, around = float(ink[core].mean()), patch.square_millimetres(ink & outer)
    seen = patch.likeness()
    state, why = _state(patch, ink, theirs, (inside, around, seen))
    return Tick(state, why, inside, around, seen, patch.corners)


def _state(
    patch: Patch, ink: Mask, theirs: Mask, found: tuple[float, float, float]
) -> tuple[str, str]:
    inside, around, seen = found
    soft = float(
        cv2.GaussianBlur(patch.contrast, (0, 0), 0.25 * patch.scale)[patch.within(0.7)].max()
    )
    if seen < FRAME:
        return DOUBT, "the printed box is not seen"
    if inside < EMPTY_INSIDE and around < EMPTY_AROUND and soft < max(EMPTY_SOFT, 2 * patch.noise):
        return EMPTY, ""
    if inside > DENSE and _is_filled(patch):
        return DOUBT, "the box is filled"
    if around >= MOST_AROUND:
        return DOUBT, "there is ink about the box"
    if inside < LEAST_MARK or _stroke(patch, ink) < LEAST_STROKE:
        return DOUBT, "there is little in the box"
    if _is_struck(patch, ink, theirs):
        return DOUBT, "a line goes through the box"
    return MARK, ""


def _is_filled(patch: Patch) -> bool:
    """Return whether there is ink along all sides of the frame.

    What fills a box reaches all of its sides; a cross or a scribble leaves white along one. The
    frame's own lines count as ink, so that a box which is a little off seems filled rather.
    """
    left, upper, right, lower = patch.inside
    first, last = (round(inset * patch.scale) for inset in ALONG)
    box = patch.dark[upper:lower, left:right]
    sides = (
        box[first:last, first:-first],
        box[-last:-first, first:-first],
        box[first:-first, first:last],
        box[first:-first, -last:-first],
    )
    inked = [float(side.mean()) for side in sides]
    return min(inked) > MOST_ALONG and sum(inked) > MOST_ABOUT * len(inked)


def _stroke(patch: Patch, ink: Mask) -> float:
    """Return how long the longest piece of ink inside is, in millimetres."""
    sides = components(ink & patch.within(INSET))[:, cv2.CC_STAT_WIDTH : cv2.CC_STAT_HEIGHT + 1]
    return float(np.hypot(*sides.T).max() / patch.scale) if len(sides) else 0.0


def _is_struck(patch: Patch, ink: Mask, theirs: Mask) -> bool:
    """Return whether a line goes through the box: ink leaves it far, and in two directions.

    The ticks of boxes above and below are no line, unless there is ink between them and the box.
    """
    left, upper, right, lower = patch.inside
    far, near = (round(edge * patch.scale) for edge in (THROUGH, OUTSET))
    rows, columns = slice(upper, lower), slice(left, right)
    sides = (
        (ink[rows, : left - near], ink[rows, right + near :][:, ::-1]),
        (ink[: upper - near, columns].T, ink[lower + near :, columns].T[:, ::-1]),
    )
    width = far - near
    if any(all(_goes_on(side, width) for side in pair) for pair in sides):
        return True
    away = ink & ~patch.within(-THROUGH) & ~theirs
    areas = components(away)[:, cv2.CC_STAT_AREA]
    return int((areas >= LEAST_AWAY * patch.scale**2).sum()) > 1


def _goes_on(side: Mask, width: int) -> bool:
    """Return whether there is ink beside a box, which is on the right, and farther away too."""
    return bool(side[:, -width:].any() and side[:, :-width].any())


def _theirs(patch: Patch, box: Box, others: Sequence[Box]) -> Mask:
    """Return where other boxes are, with their frames."""
    mask = np.zeros(patch.cut.shape, bool)
    for other in others:
        if other is box or not _is_near(box, other):
            continue
        x, y = (other.x - box.x + AROUND - 0.3, other.y - box.y + AROUND - 0.3)
        left, upper = (max(0, round(edge * patch.scale)) for edge in (x, y))
        right, lower = (
            max(0, round((edge + size + 0.6) * patch.scale))
            for edge, size in ((x, other.width), (y, other.height))
        )
        mask[upper:lower, left:right] = True
    return mask


def _is_near(box: Box, other: Box) -> bool:
    """Return whether a part of another box is in the patch of a box."""
    far = AROUND + 0.3
    across = -other.width - far < other.x - box.x < box.width + far
    return across and -other.height - far < other.y - box.y < box.height + far


@dataclass(frozen=True)
class Choice:
    """The ticked options of a choice.

    Attributes:
        option: the number of the one that is ticked; None where none is, or a person has to look.
        why: what is doubtful; empty where it is decided.
    """

    option: int | None
    why: str


def decide(ticks: Sequence[tuple[int, Tick]], *, is_pale: bool) -> Choice:
    """Decide what was ticked.

    Args:
        ticks: each option's number, and what is in its box.
        is_pale: the scan may have lost what was written faintly.
    """
    doubts = [f"option {number + 1}: {tick.why}" for number, tick in ticks if tick.state == DOUBT]
    marks = [number for number, tick in ticks if tick.state == MARK]
    if doubts:
        return Choice(None, "; ".join(doubts))
    if len(marks) > 1:
        return Choice(None, "more than one option is ticked")
    if is_pale:
        return Choice(None, "the scan may have lost faint ink: it is in black and white or coarse")
    return Choice(marks[0] if marks else None, "")
