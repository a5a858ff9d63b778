"""Marks by paper that come back: each cell checked, nothing taken where a cell is wrong."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Generic, TypeVar

from examgen.folder.rubric import criteria_of, rubric_digest, sum_criteria
from examgen.ground.csv_cells import unguard_cell
from examgen.ground.errors import Fault
from examgen.ground.tables.rows import find_header, rows_below
from examgen.ground.wording import first_of, format_count
from grader.by_hand.by_paper.grid import ABSENT, NOT_ASKED, PAPER, REMARK, WORDS
from grader.by_hand.given import check_remark, number_up_to
from grader.intake.platforms.base import fold_header
from grader.records.submissions import excerpt
from grader.store.marks import PersonMark, response_digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from examgen.ground.tables.rows import Grid as Table
    from examgen.ground.tables.rows import Row
    from grader.by_hand.by_paper.grid import Asked, Column, Grid

_MOST = re.compile(r"\s*\[[^\]]*\]\s*$")
_WORDS = frozenset(map(fold_header, WORDS))
_Value = TypeVar("_Value", Fraction, str)


@dataclass(frozen=True)
class _Given(Generic[_Value]):
    """A cell that was filled in: what it says, and where it stands."""

    value: _Value
    text: str
    line: int


@dataclass
class _Filled:
    """The marks of a person for an answer of a paper, by the numbers of its criteria."""

    marks: dict[int, _Given[Fraction]] = field(default_factory=dict)
    remark: _Given[str] | None = None


def table_by_paper(
    tables: Iterable[Table], answers: Iterable[str]
) -> tuple[Table, Row, str] | None:
    """Return the table with a row for each paper, its header and its delimiter, if it is there.

    Args:
        tables: of a file.
        answers: the ids of the exam's answers.
    """
    ids = frozenset(map(fold_header, answers))

    def count_known(row: Row) -> int:
        names = list(map(fold_header, row.cells))
        heads = sum(name.partition(" ")[0] in ids for name in names)
        return 1 + heads if PAPER in names else 0

    for table in tables:
        header, mark = find_header(table, count_known)
        if header is not None and count_known(header) > 1:
            return table, header, mark
    return None


def marks_by_paper(
    found: tuple[Table, Row, str],
    grid: Grid,
    by: str,
    faults: list[Fault],
    file: str,
) -> Iterator[PersonMark]:
    """Yield the marks of a table, one for each answer whose criteria are all marked.

    Args:
        found: the table, its header and its delimiter.
        grid: what is asked.
        by: who marked.
        faults: gets every cell that is wrong.
        file: what the table is called.
    """
    taking = _Taking(grid, faults, file)
    table, header, delimiter = found
    places = taking.columns(header)
    for row in rows_below(table, header, delimiter):
        taking.row(row, places, len(header.cells))
    for (paper, answer), filled in taking.filled.items():
        if filled.remark is not None and not filled.marks:
            what = f"paper {paper} has a remark to {answer} without marks"
            taking.fault(filled.remark.line, what, "give marks, or take it out")
            continue
        asked = grid.rows[paper][answer]
        if len(filled.marks) == max(1, asked.criteria):
            try:
                yield _mark(asked, filled, by)
            except ValueError as error:
                what, _, fix = str(error).partition("; ")
                line = max(given.line for given in filled.marks.values())
                taking.fault(line, f"paper {paper}, {answer}: {what}", fix)


def empty_cells(grid: Grid, given: Sequence[PersonMark], file: str) -> Iterator[Fault]:
    """Say which answers still wait because cells of theirs are empty."""
    marked = {(mark.paper, mark.answer) for mark in given}
    left = [f"{paper} {name}" for paper, name in grid.waiting() if (paper, name) not in marked]
    if left:
        what = f"{format_count(len(left), 'answer waits', 'answers wait')} with empty cells"
        yield Fault(file, 1, f"{what}: {first_of(left)}", "mark them; what is empty is never 0")


class _Taking:
    """The rows of a table, cell by cell."""

    def __init__(self, grid: Grid, faults: list[Fault], file: str) -> None:
        self._grid, self._faults, self._file = grid, faults, file
        self._papers = _by_number(grid.rows)
        self.filled: defaultdict[tuple[str, str], _Filled] = defaultdict(_Filled)

    def fault(self, line: int, what: str, fix: str) -> None:
        """Add what is wrong."""
        self._faults.append(Fault(self._file, line, what, fix))

    def columns(self, header: Row) -> Mapping[int, Column | str | None]:
        """Return what each column holds: marks, remarks on an answer, or nothing that is known."""
        names = {fold_header(column.name): column for column in self._grid.columns}
        remarks = {fold_header(f"{one.answer} {REMARK}"): one.answer for one in names.values()}
        found: dict[int, Column | str | None] = {}
        for place, cell in enumerate(header.cells):
            name = fold_header(_MOST.sub("", unguard_cell(cell)))
            if name == PAPER:
                continue
            held = names.get(name) or remarks.get(name)
            if held is not None and held in found.values():
                self.fault(header.line, f"the column {excerpt(cell)} occurs twice", "keep one")
            found[place] = held
        return found

    def row(self, row: Row, places: Mapping[int, Column | str | None], width: int) -> None:
        """Take a row."""
        if row.broken or len(row.cells) != width:
            what = row.broken or f"the row has {format_count(len(row.cells), 'cell')}, not {width}"
            self.fault(row.line, what, "mend the row")
            return
        cells = {place: unguard_cell(row.cells[place].strip()).strip() for place in places}
        texts = {
            place: text for place, text in cells.items() if fold_header(text) not in {"", *_WORDS}
        }
        name = unguard_cell(row.cells[self._place(places, width)].strip())
        paper = name if name in self._grid.rows else self._papers.get(name.lstrip("0"))
        if paper is None:
            what = (
                f"there is no paper {excerpt(name)!r} in this exam" if name else "no paper is named"
            )
            if texts or name:
                self.fault(row.line, what, "write its number as it is printed on each page")
            return
        for place, text in texts.items():
            self._cell(row.line, paper, places[place], text)

    @staticmethod
    def _place(places: Mapping[int, object], width: int) -> int:
        return next(place for place in range(width) if place not in places)

    def _cell(self, line: int, paper: str, column: Column | str | None, text: str) -> None:
        try:
            if column is None:
                what = f"{excerpt(text)!r} is in a column that is none of the table's"
                raise ValueError(f"{what}; mend the head of the column, or empty it")  # noqa: TRY301
            if isinstance(column, str):
                check_remark(text)
                own = self.filled[paper, column]
                own.remark = _one(_Given(text, text, line), own.remark)
            else:
                self._marks(line, paper, column, text)
        except ValueError as error:
            what, _, fix = str(error).partition("; ")
            place = column if isinstance(column, str) else column.name if column else ""
            where = f"paper {paper}, {place}: " if place else ""
            self.fault(line, f"{where}{what}", fix)

    def _marks(self, line: int, paper: str, column: Column, text: str) -> None:
        """Take a cell with marks.

        Raises:
            ValueError: what is wrong, and what to do.
        """
        word = self._grid.word(paper, column)
        if word == ABSENT:
            fix = "hand in and grade what it answers first; a row of empty cells is enough"
            raise ValueError(f"the paper was not handed in; {fix}")
        if word == NOT_ASKED:
            raise ValueError("this is not asked on the paper; take the mark out")
        asked, own = self._grid.rows[paper][column.answer], self.filled[paper, column.answer].marks
        least, most = asked.bounds(column.criterion)
        new = _Given(number_up_to(text, most, least), text, line)
        own[column.criterion] = _one(new, own.get(column.criterion))


def _one(new: _Given[_Value], before: _Given[_Value] | None) -> _Given[_Value]:
    """Return what a cell holds, which may be twice if it says the same.

    Raises:
        ValueError: it says something else.
    """
    if before is not None and before.value != new.value:
        what = f"{excerpt(before.text)} in line {before.line} and {excerpt(new.text)} here"
        raise ValueError(f"{what}; keep one of them")
    return before or new


def _mark(asked: Asked, filled: _Filled, by: str) -> PersonMark:
    """Return the marks for an answer of which each criterion is marked.

    Raises:
        ValueError: the criteria exclude each other.
    """
    given = [filled.marks[place].value for place in sorted(filled.marks)]
    criteria = criteria_of(asked.key)
    return PersonMark(
        *(asked.paper, asked.key.id, response_digest(asked.answer.text)),
        *(sum_criteria(criteria, given, asked.key.marks) if criteria else given[0], by),
        criteria=tuple(map(str, given)) if criteria else (),
        rubric=rubric_digest(criteria),
        remark=filled.remark.value if filled.remark is not None else "",
    )


def _by_number(papers: Iterable[str]) -> Mapping[str, str]:
    """Return the papers by their numbers without zeros before them, as spreadsheets leave them."""
    found: dict[str, str | None] = {}
    for paper in papers:
        number = paper.lstrip("0")
        found[number] = None if number in found else paper
    return {number: paper for number, paper in found.items() if paper is not None}
