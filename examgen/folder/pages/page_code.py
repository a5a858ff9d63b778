"""The code on each page: which page of which paper it is, and of which make of the exam.

A page of another make has other numbers and looks the same, so the code carries the checksum that
the fields of forms carry. An extra sheet has a code of its own kind, with `-` for the paper.
"""

from __future__ import annotations

import re

from examgen.folder.pages.form_fields import CHECKSUM_LENGTH
from examgen.ground.record import record

NOBODY = "-"
_PLACE = re.compile(r"(x?)(\d{1,6})")


@record
class PageCode:
    """The code on a page, taken apart.

    Attributes:
        exam: the exam's code.
        paper: the paper's id; `-` on an extra sheet.
        page: its number from 1; 0 stands for every page beyond the last that has a code.
        checksum: of the paper as it was made, of an extra sheet that of the exam's first paper;
            empty on papers of versions that printed none.
        is_spare: whether it is on an extra sheet.
    """

    exam: str
    paper: str
    page: int
    checksum: str = ""
    is_spare: bool = False

    @property
    def text(self) -> str:
        """Return the text of the code.

        >>> PageCode("ceng403", "001", 2, "f249cad7").text
        'ceng403/001/02/f249cad7'
        >>> PageCode("ceng403", "-", 7, "f249cad7", is_spare=True).text
        'ceng403/-/x07/f249cad7'
        """
        place = f"{'x' if self.is_spare else ''}{self.page:02d}"
        return "/".join(filter(None, (self.exam, self.paper, place, self.checksum)))


def page_code_of(text: str) -> PageCode | None:
    """Read the text of a code; None for a code that is not ours.

    >>> page_code_of("ceng403/001/02").page, page_code_of("https://example.org/a/b") is None
    (2, True)
    """
    pieces = text.split("/")
    if len(pieces) not in {3, 4} or not all(pieces):
        return None
    exam, paper, number, *made = pieces
    place = _PLACE.fullmatch(number)
    if place is None or (made and len(made[0]) != CHECKSUM_LENGTH):
        return None
    return PageCode(exam, paper, int(place[2]), "".join(made), is_spare=bool(place[1]))
