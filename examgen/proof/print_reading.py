"""Look for a question's values, words and fields on the printed paper and the page."""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

import pikepdf

from examgen.folder.pages.form_fields import answer_named
from examgen.ground.html.latex_to_html import Prose
from generator.texts.template import named_values, values_put_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from generator.questions.model import QuestionFile
    from generator.texts.shown import Shown
    from generator.variants.paper import Paper, Part

HIDDEN = "is it behind a % or in \\iffalse, \\phantom, or off the sheet? Show it, or take it out"
SHORTEST = 4
_TAG, _SOURCE = re.compile(r"<[^>]*>"), re.compile(r"<(code|pre)>\s*[\\$].*?</\1>", re.DOTALL)
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_WORD = re.compile(rf"[A-Za-z]{{{SHORTEST},}}")
_PLACE = re.compile(r"\\V\{([^{}]*)\}")
_FURNITURE = re.compile(r"Page\s*\d+\s*of\s*\d+|\[[\d.]+ marks?\]|\b\d+[a-z]\.\w+|Question \d+\.")


def find_unprinted(question: QuestionFile, paper: Paper, pdf: bytes) -> Iterator[tuple[int, str]]:
    """Yield what the text of a question has and its paper lacks, each with its line of the file.

    Args:
        question: the question.
        paper: a paper of it alone, without a cover.
        pdf: of this paper, as TeX made it.
    """
    (part,) = paper.parts
    printed, page = printed_text(pdf), page_text(part)
    values = named_values(part.key.model, part.solved)
    yield from _missing_values(question, values, printed, "printed paper")
    yield from _missing_values(question, values, page, "HTML paper")
    for word in dict.fromkeys(_WORD.findall(page)):
        if _squashed(word) not in _squashed(printed):
            yield _line(question, word), f"the printed paper lacks the word {word!r}; {HIDDEN}"
    yield from _missing_fields(question, paper, pdf)


def printed_text(pdf: bytes) -> str:
    """Return the text of a PDF in one line, without what is on every page."""
    from pypdf import PdfReader

    pages = (page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return _FURNITURE.sub(" ", unicodedata.normalize("NFKC", "\n".join(pages)))


def page_text(part: Part) -> str:
    """Return the text of a part on its HTML paper, without fields and drawings."""
    nothing = Prose(lambda _: " ", inside=lambda *_: " ", draw=lambda _source, _alt: "")
    html = nothing.html(part.body)
    text = unescape(_TAG.sub(" ", _SOURCE.sub(" ", html)))
    return unicodedata.normalize("NFKC", text)


def _missing_values(
    question: QuestionFile, values: Mapping[str, Shown | str], text: str, where: str
) -> Iterator[tuple[int, str]]:
    found, wanted = _squashed(text), Counter[str]()
    for expression, latex in values_put_in(question.body, values):
        for number in _NUMBER.findall(_plain(latex)):
            wanted[number] += 1
            if found.count(number) < wanted[number]:
                what = f"the {where} lacks {number}, the value of \\V{{{expression}}}"
                last = question.body.rpartition(f"\\V{{{expression}}}")[0]
                yield question.body_line + last.count("\n"), f"{what}; {HIDDEN}"


def _plain(latex: str) -> str:
    return latex.replace("{,}", ",").replace("{.}", ".").replace("\\,", "")


def _squashed(text: str) -> str:
    """Return a text without spaces and hyphens, in which a line may have divided a word."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


def _line(question: QuestionFile, text: str) -> int:
    """Return the line of a question's file that has a text; that of the body if none has."""
    before = question.body.partition(text)
    return question.body_line + (before[0].count("\n") if before[1] else 0)


# -- fields ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Box:
    """A field on a page, in points from the page's corner at the left below."""

    page: int
    left: float
    bottom: float
    right: float
    top: float
    is_inside: bool

    def meets(self, other: Box) -> bool:
        """Return whether it lies on another field."""
        return (
            self.page == other.page
            and self.left < other.right
            and other.left < self.right
            and self.bottom < other.top
            and other.bottom < self.top
        )


def fields_of(pdf: bytes) -> dict[str, list[Box]]:
    """Return the fields of a PDF by the ids of their answers."""
    found: dict[str, list[Box]] = {}
    with pikepdf.Pdf.open(io.BytesIO(pdf)) as whole:
        for number, page in enumerate(whole.pages):
            sheet = [float(side) for side in page.mediabox]
            for widget in page.obj.get("/Annots", ()):
                field = widget if "/T" in widget else widget.get("/Parent", widget)
                if "/T" in field:
                    _, _, part, name, *_ = str(field["/T"]).split("/")
                    answer = answer_named(name)
                    box = _box(number, [float(side) for side in widget.Rect], sheet)
                    found.setdefault(f"{part}.{answer}", []).append(box)
    return found


def _box(page: int, rectangle: list[float], sheet: list[float]) -> Box:
    left, bottom, right, top = rectangle
    is_inside = sheet[0] <= left <= right <= sheet[2] and sheet[1] <= bottom <= top <= sheet[3]
    return Box(page, left, bottom, right, top, is_inside)


def _missing_fields(question: QuestionFile, paper: Paper, pdf: bytes) -> Iterator[tuple[int, str]]:
    boxes = fields_of(pdf)
    for answer in paper.key.answers:
        name = answer.id.partition(".")[2]
        line, own = _line(question, f"{{{name}}}"), boxes.get(answer.id, [])
        if not own:
            yield line, f"the printed paper has no field for the answer {name}; {HIDDEN}"
        for box in own:
            if not box.is_inside:
                fix = "put fewer things side by side, or break the line"
                yield line, f"the field of the answer {name} is off the sheet; {fix}"
            others = (other for key, found in boxes.items() if key > answer.id for other in found)
            if any(map(box.meets, others)):
                yield line, f"the field of the answer {name} lies on another; set them apart"
