"""Pages to annotate, from wherever they come, and the PDF that they become."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Dictionary, Name

from examgen.annotation.pen import Frame
from examgen.annotation.space import Area
from examgen.folder.pages.form_fields import answer_named

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from examgen.annotation.pen import Pen
    from examgen.annotation.pictures import Matrix, Picture
    from examgen.annotation.space import Space
    from examgen.folder.pages.page_boxes import Box, PageBoxes

POINTS = 72 / 25.4  # of a millimetre


@dataclass
class Printed:
    """The place of a page's print on a sheet.

    Attributes:
        place: from millimetres on the printed page to points of the sheet.
        boxes: of the answers.
        space: where nothing is.
    """

    place: Callable[[float, float], tuple[float, float]]
    boxes: tuple[Box, ...]
    space: Space

    def frame(self, x: float, y: float) -> Frame:
        """Return a point of the page with the page's axes there."""
        origin, right, below = self.place(x, y), self.place(x + 1, y), self.place(x, y + 1)
        return Frame(
            origin,
            (right[0] - origin[0], right[1] - origin[1]),
            (origin[0] - below[0], origin[1] - below[1]),
        )


@dataclass
class Sheet:
    """A page of the file that a student gets.

    Attributes:
        picture: what is on it; None for a sheet of notes.
        size: in points.
        turn: by how many degrees it is turned to be read.
        printed: where the print is; None where nobody knows, as on a back.
        is_typed: whether it was answered on a screen.
        typed: what was typed and its box, by answer; `ticks` the boxes that were ticked.
    """

    picture: Picture | None
    size: tuple[float, float]
    turn: int = 0
    printed: Printed | None = None
    is_typed: bool = False
    typed: dict[str, tuple[Area, str]] = field(default_factory=dict)
    ticks: dict[str, list[Area]] = field(default_factory=dict)


def straight_sheet(picture: Picture, boxes: PageBoxes, space: Space) -> Sheet:
    """Return a sheet as large as the printed page, whose print lies where it was printed."""
    size = (boxes.width * POINTS, boxes.height * POINTS)

    def place(x: float, y: float) -> tuple[float, float]:
        return x * POINTS, size[1] - y * POINTS

    return Sheet(picture, size, printed=Printed(place, boxes.boxes, space))


def area_of(box: Box) -> Area:
    """Return the area of a box."""
    return Area(box.x, box.y, box.width, box.height)


def answer_of(box: Box) -> str:
    """Return the answer of a box, of which it may have several."""
    return answer_named(box.answer)


def join_sheets(sheets: Sequence[Sheet], pen: Pen) -> bytes:
    """Return the sheets with what was drawn on them as a PDF."""
    out, file = pikepdf.new(), io.BytesIO()
    with pikepdf.open(io.BytesIO(pen.pdf())) as drawn:
        for sheet, layer in zip(sheets, drawn.pages, strict=True):
            page = out.add_blank_page(page_size=sheet.size)
            shown = {"/Drawn": out.copy_foreign(layer.as_form_xobject())}
            content = b"q /Drawn Do Q"
            if sheet.picture is not None:
                shown["/Page"] = out.copy_foreign(sheet.picture.painted)
                matrix = " ".join(
                    f"{value:.6f}" for value in _scale(sheet.picture.lies, sheet.size)
                )
                content = f"q {matrix} cm /Page Do Q ".encode() + content
            page.Resources = Dictionary(XObject=Dictionary(shown))
            page.Contents = out.make_stream(content)
            page.obj[Name.Rotate] = sheet.turn
    out.save(file, deterministic_id=True)
    return file.getvalue()


def _scale(lies: Matrix, size: tuple[float, float]) -> Matrix:
    a, b, c, d, e, f = lies
    wide, high = size
    return a * wide, b * high, c * wide, d * high, e * wide, f * high
