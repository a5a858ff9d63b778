"""Account for all images: pages that were found, that are missing, answers that wait.

Nothing of a page is taken that is missing, doubtful, or there twice with other ink: what was asked
on it waits for a person, and is never blank.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from examgen.folder.pages.form_fields import NUMBER, FormField, answer_named
from grader.intake.formats.several_fields import with_one_field
from grader.records.submissions import Doubt
from grader.scan.reading.writing import BLANK, WRITTEN
from grader.scan.records import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from examgen.folder.key import AnswerKey, RubricKey
    from examgen.folder.pages.page_boxes import PaperBoxes
    from grader.intake.formats.pdf_fields import Fields
    from grader.records.submissions import Given
    from grader.scan.records import Journal, PageRecord, ReadRecord

    Sheet: TypeAlias = tuple[str, int]  # paper and page

OUTSIDE = 0.5  # square millimetres of ink outside all boxes, from which on somebody has to look
TYPED, ILLEGIBLE, TICKED = "typed", "illegible", "ticked"
OPEN = "open"  # a person takes out what a rule decided: somebody has to read it
UNSETTLED = (Kind.UNKNOWN, Kind.SPARE)
NO_BOX = "it has no box on the paper: look in the answer book"
_TRANSCRIBE = "it is written by hand and not transcribed yet"


@dataclass
class Account:
    """The images of an exam, and what they say together.

    Attributes:
        journal: the lines that count.
        sheets: the images of each page; one, or the page is doubtful.
        beside: of each paper, sheets and images beside its pages: extra sheets, backs with ink.
    """

    journal: Journal
    sheets: dict[Sheet, list[PageRecord]] = field(default_factory=dict)
    beside: dict[str, list[PageRecord]] = field(default_factory=dict)

    @classmethod
    def of(cls, journal: Journal) -> Account:
        """Sort the images of a journal."""
        sheets: dict[Sheet, list[PageRecord]] = defaultdict(list)
        beside: dict[str, list[PageRecord]] = defaultdict(list)
        for page in journal.pages.values():
            if page.kind is Kind.PAGE:
                sheets[page.paper, page.page].append(page)
            elif page.paper and page.kind in {Kind.SPARE, Kind.BACK}:
                beside[page.paper].append(page)
        return cls(journal, dict(sheets), dict(beside))

    @property
    def kinds(self) -> Counter[Kind]:
        """Return how many images there are of each kind."""
        return Counter(page.kind for page in self.journal.pages.values())

    @property
    def unsettled(self) -> list[PageRecord]:
        """Return images of which nobody knows yet where they belong."""
        return [
            page
            for page in self.journal.pages.values()
            if page.kind in UNSETTLED and not page.paper
        ]

    @property
    def papers(self) -> set[str]:
        """Return the papers of which at least one page was found."""
        return {paper for paper, _ in self.sheets} | self.beside.keys()

    def doubt(self, sheet: Sheet) -> str:
        """Return why nothing of a page is taken; empty where its boxes were read."""
        images = self.sheets.get(sheet, [])
        if not images:
            return f"page {sheet[1]} was not found in the scans"
        if len(images) > 1:
            places = ", ".join(f"{one.source} {one.number}" for one in images)
            return f"page {sheet[1]} was scanned twice, with other ink: {places}"
        return "" if images[0].is_read else f"page {sheet[1]}: {images[0].why}"

    def missing(self, boxes: Iterable[PaperBoxes]) -> Iterator[Sheet]:
        """Yield the pages that were not found, of papers of which others were."""
        for paper in boxes:
            if paper.paper in self.papers:
                sheets = ((paper.paper, number + 1) for number in range(len(paper.pages)))
                yield from (sheet for sheet in sheets if sheet not in self.sheets)

    def answers(
        self, boxes: PaperBoxes, asked: Mapping[str, AnswerKey | RubricKey]
    ) -> dict[str, Given] | None:
        """Return what a paper answers; None where nothing was seen of it and all images are known.

        Args:
            boxes: of the paper.
            asked: its answers by their ids; one may have several boxes.
        """
        if boxes.paper not in self.papers:
            if not self.unsettled:
                return None
            why = (
                f"no page of this paper was found, and {len(self.unsettled)} images are not settled"
            )
            return dict.fromkeys(asked, Doubt(why))
        pages = {box.answer: place for place, one in enumerate(boxes.pages, 1) for box in one.boxes}
        fields: Fields = []
        for name in asked:
            for own in [box for box in pages if answer_named(box) == name] or [name]:
                given = self._answer((boxes.paper, pages.get(own, 0)), own)
                fields.append((FormField("", boxes.paper, own, ""), given))
        return {field.answer: given or "" for field, given in with_one_field(fields, asked)}

    def student(self, paper: str) -> str:
        """Return the number of a student who took a paper made for nobody, if it was typed."""
        settled = self._settled((paper, 1), NUMBER)
        return settled.text if settled is not None and settled.state == TYPED else ""

    def _answer(self, sheet: Sheet, name: str) -> Given:
        if not sheet[1]:
            return Doubt(NO_BOX)
        settled = self._settled(sheet, name)
        if settled is not None and self.journal.find_dispute(settled.key):
            return Doubt("two people read differently what is written by hand")
        if settled is not None:
            return _given(settled)
        if why := self.doubt(sheet):
            return Doubt(why)
        (page,) = self.sheets[sheet]
        read = self.journal.reads.get((page.image, name))
        if read is None:
            return Doubt(f"its box was not read on page {sheet[1]}")
        if read.state == TICKED:
            return read.text
        if read.state == BLANK:
            why = self._beside(page)
            return Doubt(why) if why else ""
        return Doubt(read.why or _TRANSCRIBE)

    def _settled(self, sheet: Sheet, name: str) -> ReadRecord | None:
        """Return what a person decided of an answer, as long as its page is the one they saw."""
        images = self.sheets.get(sheet, [])
        found = (self.journal.settled.get((one.image, name)) for one in images)
        return next(found, None) if len(images) == 1 else None

    def _beside(self, page: PageRecord) -> str:
        """Return where what seems blank may be written instead; empty where nothing else is."""
        if page.outside >= OUTSIDE:
            return "the box is empty, and something is written outside the boxes of its page"
        if self.beside.get(page.paper):
            return "the box is empty, and the paper has an extra sheet or a back with ink"
        return ""

    def waiting(self) -> Iterator[ReadRecord]:
        """Yield the answers that a person has to read, of pages that are certain."""
        for read in self.journal.reads.values():
            if self.is_waiting(read):
                yield read

    def is_certain(self, read: ReadRecord) -> bool:
        """Return whether an answer was read on the page that counts."""
        images = [one.image for one in self.sheets.get((read.paper, read.page), ())]
        return images == [read.image] and not self.doubt((read.paper, read.page))

    def is_waiting(self, read: ReadRecord) -> bool:
        """Return whether a person has to read an answer, of a page that is certain."""
        page = self.journal.pages.get(read.image)
        if page is None or not self.is_certain(read):
            return False
        settled = self.journal.settled.get(read.key)
        if settled is not None:
            return settled.state == OPEN or self.journal.find_dispute(settled.key) is not None
        is_beside = read.state == BLANK and bool(self._beside(page))
        return read.state in {WRITTEN, "doubt"} or is_beside


def _given(settled: ReadRecord) -> Given:
    if settled.state == TYPED:
        return settled.text
    if settled.state == OPEN:
        return Doubt(_TRANSCRIBE)
    return "" if settled.state == BLANK else Doubt("nobody could read what is written by hand")
