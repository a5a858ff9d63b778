"""Places of the boxes of answers on the printed pages: millimetres from the upper left corner.

`make` writes them beside the papers, one line a paper. A folder that an earlier version made has
no such file; its papers' PDFs say the same.
"""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

from examgen.folder.pages.form_fields import field_of
from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pikepdf

BOXES = "boxes.jsonl"
MILLIMETRES = 25.4 / 72  # of a point


@record
class Box:
    """A box on a page: the inside of its frame.

    Attributes:
        answer: the answer's id; of the cover's fields `cover.name` and such.
        option: the number of the option that it ticks, from 0; None where something is written.
        x: of its left edge; `y` of the upper one.
        width: in millimetres, as `height`.
        text: of the option.
    """

    answer: str
    option: int | None
    x: float
    y: float
    width: float
    height: float
    text: str = ""


@record
class PageBoxes:
    """The boxes of a page, and its size."""

    width: float
    height: float
    boxes: tuple[Box, ...] = ()


@record
class PaperBoxes:
    """The boxes of a paper, page by page."""

    paper: str
    pages: tuple[PageBoxes, ...]

    def to_json(self) -> str:
        """Return the line of the paper in the file of the class: pages and boxes as lists."""
        pages = [[page.width, page.height, list(map(_listed, page.boxes))] for page in self.pages]
        return json.dumps({"paper": self.paper, "pages": pages}, ensure_ascii=False)


def _listed(box: Box) -> list[object]:
    text = [] if box.option is None else [box.text]
    return [box.answer, box.option, box.x, box.y, box.width, box.height, *text]


def boxes_from(line: str) -> PaperBoxes:
    """Read the line of a paper.

    Raises:
        ValueError: it is no such line.
    """
    try:
        found = json.loads(line)
        pages = (
            (width, high, tuple(Box(*own) for own in boxes))
            for width, high, boxes in found["pages"]
        )
        return PaperBoxes(found["paper"], tuple(PageBoxes(*page) for page in pages))
    except (KeyError, TypeError) as error:
        raise ValueError(f"this is no line of {BOXES}: {error}") from error


def boxes_of(paper: str, pdf: bytes) -> PaperBoxes:
    """Find the boxes on the pages of a paper's PDF, as `make` prints it."""
    from pikepdf import Pdf

    with Pdf.open(io.BytesIO(pdf)) as whole:
        return PaperBoxes(paper, tuple(map(boxes_on, whole.pages)))


def boxes_on(page: pikepdf.Page) -> PageBoxes:
    """Find the boxes on a page of a paper's PDF."""
    left, low, right, high = (float(edge) for edge in page.mediabox)
    boxes = tuple(_boxes(page, left, high))
    return PageBoxes(_rounded(right - left), _rounded(high - low), boxes)


def _boxes(page: pikepdf.Page, left: float, high: float) -> Iterator[Box]:
    for widget in page.obj.get("/Annots", ()):
        parent = widget.get("/Parent", widget)
        field = field_of(str(parent.get("/T", "")))
        if field is not None:
            x0, y0, x1, y1 = (float(edge) for edge in widget.Rect)
            x, y, width, height = map(_rounded, (x0 - left, high - y1, x1 - x0, y1 - y0))
            option, text = _option(widget, parent)
            yield Box(field.answer, option, x, y, width, height, text)


def _option(widget: pikepdf.Object, parent: pikepdf.Object) -> tuple[int | None, str]:
    """Return the number and the text of the option that a widget ticks."""
    if "/Opt" not in parent:
        return None, ""
    (state,) = (name for name in widget.AP.N.keys() if name != "/Off")  # noqa: SIM118 - of pikepdf
    number = int(state.removeprefix("/"))
    return number, str(parent.Opt[number])


def _rounded(points: float) -> float:
    return round(points * MILLIMETRES, 2)
