"""Reading one image: which page it is, where that is in it, and what is in its boxes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from examgen.folder.pages.form_fields import COVER, NAME, NUMBER
from examgen.folder.pages.page_code import NOBODY
from grader.scan.reading.codes import find_codes
from grader.scan.reading.images import Unusable, load
from grader.scan.reading.registration import register, rough_by_code, rough_by_turn
from grader.scan.reading.ticks import decide, read_tick
from grader.scan.reading.writing import (
    BLANK,
    ink_of_back,
    ink_outside,
    is_answered_on,
    read_writing,
)
from grader.scan.records import Kind, PageRecord, ReadRecord

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from examgen.folder.pages.page_boxes import Box
    from examgen.folder.pages.page_code import PageCode
    from grader.scan.reading.images import Scan
    from grader.scan.reading.prints import Picture, Points, Prints
    from grader.scan.reading.registration import Placement

COARSE = 130  # dots an inch below which faint ink may be lost
BACK_INK = 1.0  # square millimetres on a sheet without print
MISPLACED = "the print is not found where it must be; a person has to read the page"
A4 = 210.0 * 297.0


@dataclass(frozen=True)
class Task:
    """An image to read.

    Attributes:
        image: its original's hash and its number.
        path: of the original.
        page: which page of which paper it is, where a person says so.
    """

    image: str
    path: Path
    source: str
    number: int
    page: tuple[str, int] | None = None

    def record(self, kind: Kind, **more: object) -> PageRecord:
        """Return the line of this image."""
        return PageRecord(self.image, self.source, self.number, kind, **more)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Exam:
    """The facts known about the exam whose papers come back.

    Attributes:
        code: the exam's code.
        checksums: of each paper as it was made.
        has_sums: whether its codes carry them.
    """

    code: str
    checksums: Mapping[str, str]
    has_sums: bool

    def foreign(self, code: PageCode) -> str:
        """Return why a page is of another exam or make; empty where it is of this one."""
        if code.exam != self.code:
            return f"a page of another exam, {code.exam}"
        first = next(iter(self.checksums.values()), "")
        ours = first if code.is_spare else self.checksums.get(code.paper, code.checksum)
        if code.checksum == ours or not (code.checksum or self.has_sums):
            return ""
        return f"a page of another make of the exam ({code.text})"


def read_image(task: Task, exam: Exam, prints: Prints) -> tuple[list[PageRecord], list[ReadRecord]]:
    """Read an image: a line for each page that it shows, and one for each answer on them."""
    try:
        scan = load(task.path, task.number)
    except Unusable as error:
        return [task.record(Kind.UNKNOWN, why=str(error))], []
    return read_scan(task, exam, prints, scan)


def read_scan(
    task: Task, exam: Exam, prints: Prints, scan: Scan
) -> tuple[list[PageRecord], list[ReadRecord]]:
    """Read an image that was loaded."""
    if task.page is not None:
        return _told(task, scan, prints)
    found = find_codes(scan.grey)
    if not found:
        return [_without_code(task, scan)], []
    pages, reads = list[PageRecord](), list[ReadRecord]()
    for place, (code, corners) in enumerate(found):
        own = task if not place else replace(task, image=f"{task.image}.{place + 1}")
        page, read = _coded(own, exam, prints, scan, code, corners)
        pages.append(page)
        reads += read
    return pages, reads


def _coded(
    task: Task, exam: Exam, prints: Prints, scan: Scan, code: PageCode, corners: Points
) -> tuple[PageRecord, list[ReadRecord]]:
    known = {"paper": code.paper, "page": code.page, "checksum": code.checksum}
    if why := exam.foreign(code):
        return task.record(Kind.FOREIGN, **known, why=why), []
    if code.is_spare:
        paper = "" if code.paper == NOBODY else code.paper
        why = "an extra sheet; say of which paper it is"
        return task.record(Kind.SPARE, paper=paper, page=code.page, why=why), []
    if code.paper not in exam.checksums or not 1 <= code.page <= prints.pages(code.paper):
        why = f"there is no such page in this exam ({code.text})"
        return task.record(Kind.UNKNOWN, why=why), []
    printed = prints.page(code.paper, code.page)
    if printed.code is None:
        return task.record(Kind.UNKNOWN, **known, why="the code on its print is not read"), []
    rough = rough_by_code(printed.code, corners)
    placed = register(scan.grey, printed, rough, corners)
    return _placed(task, scan, placed, (code.paper, code.page, code.checksum))


def _told(task: Task, scan: Scan, prints: Prints) -> tuple[list[PageRecord], list[ReadRecord]]:
    """Read an image of which a person says what page it is."""
    paper, page = task.page or ("", 0)
    printed = prints.page(paper, page)
    turns = (rough_by_turn(printed.picture, scan.grey, quarter) for quarter in range(4))
    found = (placed for rough in turns if (placed := register(scan.grey, printed, rough)))
    record, reads = _placed(task, scan, next(found, None), (paper, page, ""))
    return [record], reads


def _placed(
    task: Task, scan: Scan, placed: Placement | None, which: tuple[str, int, str]
) -> tuple[PageRecord, list[ReadRecord]]:
    paper, page, checksum = which
    known = {"paper": paper, "page": page, "checksum": checksum}
    if placed is None:
        return task.record(Kind.PAGE, **known, why=MISPLACED), []
    to_pixels = _in_millimetres(placed)
    dpi = round(25.4 * float(np.sqrt(abs(np.linalg.det(to_pixels[:2, :2])))))
    turn = round(float(np.degrees(np.arctan2(to_pixels[1, 0], to_pixels[0, 0])))) % 360
    is_pale = scan.is_bilevel or dpi < COARSE
    record = task.record(
        Kind.PAGE,
        **known,
        turn=turn,
        dpi=dpi,
        is_pale=is_pale,
        tracked=placed.tracked,
        outside=ink_outside(scan.grey, placed) if is_answered_on(placed) else 0.0,
        matrix=tuple(float(f"{value:.8g}") for value in to_pixels.ravel()),
    )
    reads = [
        _read(record, scan.grey, placed, boxes) for boxes in _by_answer(placed.printed.boxes.boxes)
    ]
    return record, reads


def _in_millimetres(placed: Placement) -> Points:
    across, down = placed.printed.scale
    to_print = np.array([[across, 0, -0.5], [0, down, -0.5], [0, 0, 1.0]])
    matrix = placed.matrix @ to_print
    return np.asarray(matrix / matrix[2, 2])


def _by_answer(boxes: Sequence[Box]) -> Iterator[list[Box]]:
    """Yield the boxes of each answer, and those of the cover in which students write."""
    for answer, group in groupby(boxes, key=lambda box: box.answer):
        if not answer.startswith(COVER) or answer in {NAME, NUMBER}:
            yield list(group)


def _read(page: PageRecord, grey: Picture, placed: Placement, boxes: Sequence[Box]) -> ReadRecord:
    about = (page.image, page.paper, page.page, boxes[0].answer)
    if boxes[0].option is None:
        found = read_writing(grey, placed, boxes[0], is_pale=page.is_pale)
        features = ((found.ink, round(found.seen, 3)),)
        corners = (_listed(found.corners),)
        return ReadRecord(*about, found.state, "", found.why, features, corners)
    others = [box for box in placed.printed.boxes.boxes if box.option is not None]
    ticks = [
        (box.option, read_tick(grey, placed, box, others))
        for box in boxes
        if box.option is not None
    ]
    choice = decide(ticks, is_pale=page.is_pale)
    state = "doubt" if choice.why else BLANK if choice.option is None else "ticked"
    text = next((box.text for box in boxes if box.option == choice.option), "")
    return ReadRecord(
        *about,
        state,
        text if state == "ticked" else "",
        choice.why,
        tuple((round(t.inside, 4), round(t.around, 2), round(t.seen, 3)) for _, t in ticks),
        tuple(_listed(tick.corners) for _, tick in ticks),
    )


def _listed(corners: Points) -> tuple[float, ...]:
    return tuple(round(float(value), 1) for value in corners.ravel())


def _without_code(task: Task, scan: Scan) -> PageRecord:
    """Return what an image is on which no code is found: an empty back, or a person has to look."""
    pixels = float(np.sqrt(scan.grey.size / A4))
    ink = ink_of_back(scan.grey, pixels)
    dpi = round(pixels * 25.4)
    if ink < BACK_INK and not scan.is_bilevel and dpi >= COARSE:
        return task.record(Kind.BLANK, dpi=dpi, outside=ink)
    return task.record(Kind.UNKNOWN, dpi=dpi, outside=ink, why="no code is found on it")
