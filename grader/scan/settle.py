"""Take a person's decisions from the table that they filled in: checked, never half-applied."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from examgen.folder.scans import SCANS
from examgen.ground.csv_cells import unguard_cell
from examgen.ground.errors import Fault, InputError
from examgen.ground.files import read_regular
from examgen.ground.privacy import keeps_private
from examgen.ground.tables.rows import find_header, rows_below
from examgen.ground.tables.workbooks import BadWorkbook
from grader.records.csv_tables import bad_workbook, grids_in
from grader.records.submissions import excerpt
from grader.scan.account import ILLEGIBLE, TYPED
from grader.scan.lists import COLUMNS, PLACES
from grader.scan.reading.writing import BLANK
from grader.scan.records import Kind, ReadRecord, append, now, read_journal
from grader.scan.scan import PAPERS, exam_of, paper_boxes, settle_twins, task_of
from grader.scan.work import Readers

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from examgen.ground.files import Content
    from examgen.ground.tables.rows import Grid, Row
    from grader.scan.reading.read_image import Task
    from grader.scan.records import Journal, PageRecord

MAX_BYTES = 256 * 2**20
WORDS = (BLANK, ILLEGIBLE)
_PLACE = re.compile(r"(\S+)/0*(\d{1,4})")
_KINDS = {"foreign": Kind.FOREIGN, "blank": Kind.BLANK, "duplicate": Kind.DUPLICATE}
_AGAIN = "write the table again with examgen scan --list"


@keeps_private
def take_list(folder: Path, file: Path, by: str, jobs: int = 1) -> int:
    """Take what a person decided, and return how many rows said something.

    Raises:
        InputError: every fault of the table; nothing of it is taken then.
    """
    content = read_regular(file, MAX_BYTES)
    if isinstance(content, Fault):
        raise InputError([content])
    target = folder / SCANS
    journal = read_journal(target)
    pages = {paper.paper: len(paper.pages) for paper in paper_boxes(folder)}
    taking = _Taking(target, journal, pages, by)
    for line, cells in _rows(content, taking.faults):
        taking.take(content.name, line, cells)
    if taking.faults:
        raise InputError(sorted(taking.faults))
    append(target, taking.reads, taking.pages)
    with Readers(exam_of(folder), folder / PAPERS, jobs) as readers:
        for found, reads in readers.read(taking.again):
            append(target, reads, [replace(page, by=by, when=taking.when) for page in found])
        settle_twins(target, readers)
    return len(taking.reads) + len(taking.pages) + len(taking.again)


class _Taking:
    """The rows of a table, sorted by what is to be done."""

    def __init__(self, target: Path, journal: Journal, papers: Mapping[str, int], by: str) -> None:
        self._target, self._journal, self._papers, self._by = target, journal, papers, by
        self.when = now()
        self.reads: list[ReadRecord] = []
        self.pages: list[PageRecord] = []
        self.again: list[Task] = []
        self.faults: list[Fault] = []

    def take(self, name: str, line: int, cells: Mapping[str, str]) -> None:
        """Take a row."""
        typed, word = unguard_cell(cells["typed"]), cells["is"].strip().casefold()
        page = self._journal.pages.get(cells["image"])
        if not typed.strip() and not word:
            return
        if page is None:
            self._fault(name, line, f"there is no image {excerpt(cells['image'])}")
        elif not cells["answer"]:
            self._place(name, line, page, typed.strip() or word)
        elif (page.image, cells["answer"]) not in self._journal.reads:
            self._fault(name, line, f"the image has no answer {excerpt(cells['answer'])}")
        elif word and (word not in WORDS or typed.strip()):
            what = f"{excerpt(word)} is none of {', '.join(WORDS)}, or something is typed as well"
            self._fault(name, line, what)
        else:
            about = (page.image, page.paper, page.page, cells["answer"])
            state = word or TYPED
            text = "" if word else typed
            self.reads.append(ReadRecord(*about, state, text, by=self._by, when=self.when))

    def _place(self, name: str, line: int, page: PageRecord, said: str) -> None:
        """Take what an image is said to be."""
        placed = place_image(page, said, self._papers)
        if placed is None:
            self._fault(name, line, f"{excerpt(said)} is none of: {PLACES}")
        elif isinstance(placed, tuple):
            self.again.append(replace(task_of(self._target, page), page=placed))
        else:
            self.pages.append(replace(placed, by=self._by, when=self.when))

    def _fault(self, name: str, line: int, what: str) -> None:
        self.faults.append(Fault(name, line, what, _AGAIN))


def place_image(
    page: PageRecord, said: str, papers: Mapping[str, int]
) -> PageRecord | tuple[str, int] | None:
    """Return what an image becomes by what a person says of it; None for what cannot be.

    It is the line of the image or, where it is a page of a paper, which one: it is read as that.

    Args:
        page: the line of the image.
        said: `PAPER/PAGE`, a paper, or one of the words that say what else it is.
        papers: how many pages each paper has.
    """
    place = _PLACE.fullmatch(said)
    if kind := _KINDS.get(said.casefold()):
        return replace(page, kind=kind, matrix=(), why="")
    if said in papers:
        kind = Kind.SPARE if page.kind is Kind.SPARE else Kind.BACK
        return replace(page, kind=kind, paper=said, page=0, why="")
    if place and 1 <= int(place[2]) <= papers.get(place[1], 0):
        return place[1], int(place[2])
    return None


def _rows(content: Content, faults: list[Fault]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        grids, _ = grids_in(content)
    except BadWorkbook as error:
        faults.append(bad_workbook(content.name, error))
        return
    for grid in grids:
        header, mark = find_header(grid, _known)
        if header is not None and _known(header) == len(COLUMNS):
            yield from _below(grid, header, mark, content.name, faults)
            return
    what = f"not all columns are there: {', '.join(COLUMNS)}"
    faults.append(Fault(content.name, 1, what, _AGAIN))


def _below(
    grid: Grid, header: Row, mark: str, name: str, faults: list[Fault]
) -> Iterator[tuple[int, dict[str, str]]]:
    places = {cell.strip().casefold(): at for at, cell in enumerate(header.cells)}
    for row in rows_below(grid, header, mark):
        if row.broken or len(row.cells) != len(header.cells):
            what = row.broken or f"the row has {len(row.cells)} cells, not {len(header.cells)}"
            faults.append(Fault(name, row.line, what, "mend the row"))
        else:
            yield row.line, {column: row.cells[places[column]] for column in COLUMNS}


def _known(row: Row) -> int:
    return len(set(COLUMNS) & {cell.strip().casefold() for cell in row.cells})
