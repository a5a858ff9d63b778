"""The print of a page: what the scan of it must look like, and where its code and boxes are."""

from __future__ import annotations

import io
import re
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path  # noqa: TC003 - a key of the cache
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pypdfium2

from examgen.folder.pages.page_boxes import BOXES, boxes_from, boxes_of

if TYPE_CHECKING:
    from examgen.folder.pages.page_boxes import PageBoxes, PaperBoxes

DPI = 100
PAPERS_KEPT, PAGES_KEPT = 4, 8
_PAPER = re.compile(rb'\{"paper": "([^"\\]+)"')
CODE_DPI, CODE_PLACE = 200, (60.0, 45.0)  # millimetres at the lower right in which the code is

Picture: TypeAlias = npt.NDArray[np.uint8]
Points: TypeAlias = npt.NDArray[np.float64]  # a row for each point: x and y


@dataclass(frozen=True, eq=False)
class Print:
    """A page as it was printed.

    Attributes:
        picture: grey, about 100 dots an inch.
        scale: pixels a millimetre, across and down: pdfium rounds the size up to whole pixels.
        code: the corners of its code in pixels; None where there is none.
        boxes: where its boxes are, in millimetres.
    """

    picture: Picture
    scale: tuple[float, float]
    code: Points | None
    boxes: PageBoxes

    def pixels(self, millimetres: Points) -> Points:
        """Return where points in millimetres are in the picture."""
        return millimetres * self.scale - 0.5


class Prints:
    """The prints of an exam's papers; the latest ones are kept.

    Args:
        folder: of their PDFs, beside which the exam has the file of their boxes.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.page = lru_cache(PAGES_KEPT)(self._page)
        self._paper = lru_cache(PAPERS_KEPT)(self._opened)

    def _opened(self, paper: str) -> tuple[pypdfium2.PdfDocument, PaperBoxes]:
        path = self._folder / f"{paper}.pdf"
        drawn, known = pypdfium2.PdfDocument(path), self._listed(paper)
        if known is None or len(known.pages) != len(drawn):
            known = boxes_of(paper, path.read_bytes())
        return drawn, known

    def _listed(self, paper: str) -> PaperBoxes | None:
        """Return where the file of the boxes has those of a paper, which is quick to read."""
        if paper not in self._places:
            return None
        with (self._folder.parent / BOXES).open("rb") as file, suppress(ValueError):
            file.seek(self._places[paper])
            return boxes_from(file.readline().decode())
        return None

    @cached_property
    def _places(self) -> dict[str, int]:
        """Return where the line of each paper begins in the file of the boxes."""
        found, place, path = dict[str, int](), 0, self._folder.parent / BOXES
        with path.open("rb") if path.exists() else io.BytesIO() as file:
            for line in file:
                if name := _PAPER.match(line):
                    found[name[1].decode()] = place
                place += len(line)
        return found

    def pages(self, paper: str) -> int:
        """Return how many pages a paper has."""
        return len(self._paper(paper)[0])

    def _page(self, paper: str, number: int) -> Print:
        """Return a page by its number from 1."""
        drawn, known = self._paper(paper)
        boxes, page = known.pages[number - 1], drawn[number - 1]
        picture = render_print(page, DPI)
        high, wide = picture.shape
        scale = wide / boxes.width, high / boxes.height
        return Print(picture, scale, _code_of(picture, page, boxes, scale), boxes)


def render_print(
    page: pypdfium2.PdfPage, dpi: float, crop: tuple[float, ...] = (0, 0, 0, 0)
) -> Picture:
    """Draw a page in grey, without what was filled into its form."""
    bitmap = page.render(scale=dpi / 72, grayscale=True, may_draw_forms=False, crop=crop)
    drawn = bitmap.to_numpy()
    return np.ascontiguousarray(drawn.reshape(drawn.shape[:2]))


def _code_of(
    picture: Picture, page: pypdfium2.PdfPage, boxes: PageBoxes, scale: tuple[float, float]
) -> Points | None:
    """Return the corners of the code on a print; it is drawn larger only where it is not read."""
    wide, high = (round(edge * per) for edge, per in zip(CODE_PLACE, scale, strict=True))
    y, x = (edge - size for edge, size in zip(picture.shape, (high, wide), strict=True))
    found = codes_in(np.kron(picture[y:, x:], np.ones((2, 2), np.uint8)))
    if len(found) == 1:
        return np.asarray((corners_of(found[0]) - 0.5) / 2 + (x, y))
    return _code(page, boxes, scale)


def _code(page: pypdfium2.PdfPage, boxes: PageBoxes, scale: tuple[float, float]) -> Points | None:
    width, height = CODE_PLACE
    left, above = boxes.width - width, boxes.height - height
    part = render_print(page, CODE_DPI, (left / 25.4 * 72, 0, 0, above / 25.4 * 72))
    found = codes_in(part)
    if len(found) != 1:
        return None
    in_part = np.array([width, height]) / part.shape[::-1]
    return ((corners_of(found[0]) + 0.5) * in_part + (left, above)) * scale - 0.5


def codes_in(grey: Picture) -> list[Any]:
    """Find the QR codes in a picture, whatever they say."""
    # Imported in the processes that read only: at the end of one that freezes its garbage, as the
    # command line does, this library complains.
    from zxingcpp import BarcodeFormat, Binarizer, read_barcodes  # noqa: PLC0415

    how: dict[str, Any] = {"formats": BarcodeFormat.QRCode, "binarizer": Binarizer.LocalAverage}
    return list(read_barcodes(grey, **how))


def corners_of(code: object) -> Points:
    """Return the corners of a code in pixels, from its upper left one round."""
    place = code.position  # type: ignore[attr-defined]
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    return np.array([(corner.x, corner.y) for corner in corners], dtype=np.float64)
