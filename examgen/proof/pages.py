"""The printed pages of a question: does TeX make them, and does everything stay on the sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.folder.key import RubricKey
from examgen.ground.errors import ToolError
from examgen.ground.wording import format_count, marks_counted
from generator.pdf.formats import format_of
from generator.pdf.pdflatex import engine, typeset
from generator.pdf.printed_images import for_tex, images_of
from generator.render import key_tex, paper_tex
from generator.render.latex import Setup, preamble
from generator.render.where import locate_message, place_among
from generator.variants.assemble import copies, papers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.exams.model import Exam
    from generator.pdf.overfull import Overfull
    from generator.pdf.pdflatex import Typeset
    from generator.variants.paper import Paper

EDGE = {"right": 51, "bottom": 73}  # points from the text to the edge: 18 mm and 26 mm
FIXES = {
    "the paper": "put fewer fields or shorter things side by side, or break the line",
    "the key": "break the line, or give a part of a long formula a name of its own under values",
}

SHORTER = "give less room with space: or lines:, or ask for things of less height"

_HEADING = re.compile(r"\\(?:textbf|section\*|subsection\*)\{(.*?)\}")


@dataclass
class Pages:
    """The findings on the pages of a paper and its key.

    Attributes:
        faults: why TeX cannot print them, and what runs over a margin or off the sheet.
        notices: pages that are half empty.
        paper: the PDF of the paper; None where TeX cannot print it.
    """

    faults: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    paper: bytes | None = None

    def look_at(self, paper: Paper) -> None:
        """Print a paper and its key, and note what is wrong with them."""
        for name, source in (("the paper", paper_tex(paper)), ("the key", key_tex(paper))):
            try:
                made = print_paper(source, name, paper)
            except ToolError as error:
                why = locate_message(str(error), source, paper.parts)
                self.faults.append(f"{paper.parts[0].file}: {why}")
            else:
                for one in made.overfull:
                    self._note(one, name, source, paper)
                file = paper.parts[0].file
                self.notices += (f"{file}: {said}" for said in _half_empty(made))
                self.paper = self.paper or made.pdf

    def _note(self, one: Overfull, name: str, source: str, paper: Paper) -> None:
        edge = EDGE[one.margin]
        place = place_among(one.first, one.last, source, paper.parts)
        where = "" if place else _under(one, source)
        beyond = f" and off the sheet, which ends after {edge} pt" if one.points > edge else ""
        what = f"{name} runs {one.points:.0f} pt over the {one.margin} margin{beyond}{where}"
        self.faults.append(f"{place or paper.parts[0].file}: {what}; {FIXES[name]}")


def print_paper(source: str, name: str, paper: Paper) -> Typeset:
    """Return a document of a paper as TeX prints it, with the paper's images."""
    given, files = for_tex(source, images_of(paper.parts))
    before = preamble(Setup.of(paper))
    form = format_of(before)
    if form is not None:  # lines keep their numbers, by which faults are located
        given = "%\n" * before.count("\n") + given.removeprefix(before)
    return typeset(given, name, form, files=files)


def sheets(exam: Exam) -> Iterator[str]:
    """Yield how many pages a paper of an exam has and which are half empty; nothing without TeX."""
    if engine() is None:
        return
    (paper,) = papers(exam, "check", copies(1))
    made = print_paper(paper_tex(paper), "a paper of the exam", paper)
    yield f"a paper has {format_count(made.pages[0], 'page')}"
    if paper.says_boxes == "boxes_and_book":
        prose = (one.marks for one in paper.key.answers if isinstance(one, RubricKey))
        marks = marks_counted(sum(prose, Fraction(0)))
        yield f"prose of {marks} goes into the answer book; mark it with examgen mark --by-paper"
    yield from _half_empty(made)


def _half_empty(made: Typeset) -> Iterator[str]:
    for one in made.short:
        what = f"page {one.page} is only {one.share:.0%} full, and its question goes on"
        yield f"{what}; {SHORTER}"


def _under(one: Overfull, source: str) -> str:
    """Return the heading above a line that no author wrote, such as one of the worked steps."""
    above = source.splitlines()[: one.first]
    headings = (_HEADING.match(line) for line in reversed(above))
    found = next(filter(None, headings), None)
    return f", under the heading {found[1]!r}" if found else ""
