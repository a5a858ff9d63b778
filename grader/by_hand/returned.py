"""Marks that come back from people: read, checked against what was written, never half-applied."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from examgen.folder.key import PaperKey
from examgen.folder.rubric import criteria_of, rubric_digest, sum_criteria
from examgen.ground.errors import Fault, InputError
from examgen.ground.files import read_regular
from examgen.ground.tables.rows import find_header, rows_below
from examgen.ground.tables.workbooks import BadWorkbook
from examgen.ground.wording import format_count, marks_counted, marks_text
from grader.by_hand.by_paper.grid import paper_grid
from grader.by_hand.by_paper.take import empty_cells, marks_by_paper, table_by_paper
from grader.by_hand.earlier import opinions_digest
from grader.by_hand.given import check_remark, number, signed_number
from grader.by_hand.groups import group_id, paper_code
from grader.by_hand.sheets import COLUMNS, RUBRIC
from grader.intake.platforms.base import fold_header
from grader.records.csv_tables import bad_workbook, grids_in
from grader.records.submissions import excerpt
from grader.results.effective_marks import effective_results
from grader.store.marks import Opinion, PersonMark, response_digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from examgen.folder.key import AnswerKey, Criterion, RubricKey
    from examgen.folder.key_file import KeyFile
    from examgen.ground.files import Content
    from examgen.ground.tables.rows import Grid, Row
    from grader.store.store import Run, Store

MAX_BYTES = 256 * 2**20
_AGAIN = "write the files again with examgen mark"


@dataclass(frozen=True)
class Line:
    """A line of a file that came back: what was marked, and what was given, all as text."""

    group: str
    answer: str
    papers: tuple[str, ...]
    opinion: Opinion
    marks: str = ""
    criteria: tuple[str, ...] = ()
    remark: str = ""
    comments: tuple[str, ...] = ()
    rubric: str = ""


@dataclass(frozen=True)
class _Exam:
    """A graded exam, and who marked it."""

    store: Store
    run: Run
    keys: KeyFile
    by: str
    rubrics: set[tuple[Criterion, ...]] = field(default_factory=set)


@dataclass(frozen=True)
class _Asked:
    """An answer that was marked: whose it is, what was written, what can be earned.

    Attributes:
        both: names the two marks that a file settles; empty for other files.
    """

    paper: str
    response: str
    key: AnswerKey | RubricKey
    both: str = ""

    def state(self, opinion: Opinion) -> str:
        """Return what a group of answers says of this one: its text, and marks to be settled."""
        return f"{self.response} {self.both}" if opinion == "settled" else self.response


@dataclass(frozen=True)
class Returned:
    """The marks in a file.

    Attributes:
        marks: one for each paper and answer.
        rubrics: the criteria by which they were given.
    """

    marks: Sequence[PersonMark]
    rubrics: frozenset[tuple[Criterion, ...]]


_LINE = TypeAdapter(Line)


def read_marks(
    path: Path, store: Store, run: Run, keys: KeyFile, by: str, notices: list[Fault]
) -> Returned:
    """Return the marks in a filled table, or in the file that the page saved.

    Args:
        path: the file.
        store: the grading store.
        run: whose answers were marked.
        keys: of the exam.
        by: who marked.
        notices: gets what a person should know of the file, though it is read.

    Raises:
        InputError: every fault of the file, each with its line.
    """
    content = read_regular(path, MAX_BYTES)
    if isinstance(content, Fault):
        raise InputError([content])
    exam, faults = _Exam(store, run, keys, by), list[Fault]()
    if path.suffix == ".jsonl":
        found = _grouped(exam, content.name, list(_json_lines(content, faults)), faults)
    else:
        tables = _tables(content, faults, notices)
        by_paper = table_by_paper(tables, keys.answers)
        if by_paper is not None:
            grid = paper_grid(store, run, keys)
            found = list(marks_by_paper(by_paper, grid, by, faults, content.name))
            exam.rubrics.update(grid.rubrics)
            notices.extend(empty_cells(grid, found, content.name))
        else:
            lines = list(_table_lines(tables, content.name, faults))
            found = _grouped(exam, content.name, lines, faults)
    if faults:
        raise InputError(sorted(faults))
    return Returned(found, frozenset(exam.rubrics))


def _grouped(
    exam: _Exam, file: str, lines: Sequence[tuple[int, Line]], faults: list[Fault]
) -> list[PersonMark]:
    """Return the marks of groups of equal answers."""
    codes = {paper_code(exam.store.salt(), key.paper): key.paper for key in exam.keys.roll}
    asked = _asked(lines, codes, exam)
    exam.rubrics.update(criteria_of(one.key) for one in asked.values())
    found: dict[tuple[str, str, Opinion], PersonMark] = {}
    for place, line in lines:
        try:
            marks = list(_marks(line, asked, exam.by))
        except ValueError as error:
            what, _, fix = str(error).partition("; ")
            faults.append(Fault(file, place, what, fix))
            continue
        for mark in marks:
            if found.setdefault((mark.paper, mark.answer, mark.opinion), mark) is not mark:
                what = f"group {line.group} occurs twice"
                faults.append(Fault(file, place, what, "keep one of them"))
                break
    return list(found.values())


def _json_lines(content: Content, faults: list[Fault]) -> Iterator[tuple[int, Line]]:
    for place, text in enumerate(content.raw.splitlines(), start=1):
        if text.strip():
            try:
                yield place, _LINE.validate_json(text)
            except ValidationError as error:
                what = f"this is not a mark: {error.errors()[0]['msg']}"
                faults.append(Fault(content.name, place, what, "save it from the page again"))


def _tables(content: Content, faults: list[Fault], notices: list[Fault]) -> Sequence[Grid]:
    try:
        grids, found = grids_in(content)
    except BadWorkbook as error:
        faults.append(bad_workbook(content.name, error))
        return ()
    notices.extend(found)
    return grids


def _table_lines(
    grids: Sequence[Grid], file: str, faults: list[Fault]
) -> Iterator[tuple[int, Line]]:
    heads = ((grid, *find_header(grid, _known)) for grid in grids)
    whole = ((g, head, mark) for g, head, mark in heads if head and _known(head) == len(COLUMNS))
    table = next(whole, None)
    if table is None and not faults:
        what = f"not all columns are there: {', '.join(COLUMNS)}"
        faults.append(Fault(file, 1, what, _AGAIN))
    if table is None:
        return
    grid, header, mark = table
    places = {fold_header(name): at for at, name in enumerate(header.cells)}
    for row in rows_below(grid, header, mark):
        if row.broken or len(row.cells) != len(header.cells):
            width = f"the row has {format_count(len(row.cells), 'cell')}, not {len(header.cells)}"
            what = row.broken or width
            faults.append(Fault(file, row.line, what, "mend the row"))
            continue
        cells: dict[str, object] = {
            name: row.cells[places[name]].strip() for name in (*COLUMNS, RUBRIC) if name in places
        }
        cells["papers"] = str(cells["papers"]).split()
        cells["criteria"] = [c.strip() for c in str(cells["criteria"]).split(";") if c.strip()]
        try:
            yield row.line, _LINE.validate_python(cells)
        except ValidationError:
            what = f"the opinion {excerpt(str(cells['opinion']))} is not first or second"
            faults.append(Fault(file, row.line, what, _AGAIN))


def _known(row: Row) -> int:
    return len(set(COLUMNS) & set(map(fold_header, row.cells)))


def _asked(
    lines: Sequence[tuple[int, Line]],
    codes: Mapping[str, str],
    exam: _Exam,
) -> Mapping[tuple[str, str], _Asked]:
    """Return what was asked and written, by a paper's code and an answer's id.

    Only what is needed.
    """
    wanted = {(code, line.answer) for _, line in lines for code in line.papers}
    by_paper = {codes[code]: code for code, _ in wanted if code in codes}
    found: dict[tuple[str, str], _Asked] = {}
    texts = exam.keys.lines()
    settles = any(line.opinion == "settled" for _, line in lines)
    for paper, text in zip(effective_results(exam.store, exam.run), texts, strict=True):
        code = by_paper.get(paper.paper, "")
        given = {a.id: a for a in paper.answers if (code, a.id) in wanted}
        for key in PaperKey.from_json(text).answers if given else ():
            if key.id in given:
                written = given[key.id].text
                both = opinions_digest(exam.store, paper.paper, key.id, written) if settles else ""
                response = response_digest(written)
                found[code, key.id] = _Asked(paper.paper, response, key, both)
    return found


def _marks(line: Line, asked: Mapping[tuple[str, str], _Asked], by: str) -> Iterator[PersonMark]:
    """Yield the marks of a line, one for each paper; none where nothing was filled in.

    Raises:
        ValueError: what is wrong, and what to do.
    """
    if not (line.marks or line.criteria):
        if line.remark or any(line.comments):
            raise ValueError("there is a remark without marks; give marks, or take it out")
        return
    members = [asked.get((code, line.answer)) for code in line.papers]
    known = [member for member in members if member is not None]
    if not known or len(known) < len(members):
        raise ValueError(f"group {excerpt(line.group)} has unknown papers or answers; {_AGAIN}")
    written = zip(line.papers, (member.state(line.opinion) for member in known), strict=True)
    if group_id(line.answer, written) != line.group:
        marks = " or their marks" if line.opinion == "settled" else ""
        what = f"the answers of group {excerpt(line.group)}{marks} have changed"
        raise ValueError(f"{what}; take the row out, and mark it in new files of examgen mark")
    if line.rubric not in {"", rubric_digest(criteria_of(known[0].key))}:
        raise ValueError(f"the criteria of {line.answer} were edited since; {_AGAIN}")
    for text in (line.remark, *line.comments):
        check_remark(text)
    given = _points(line, known[0].key)
    for member in known:
        yield PersonMark(
            *(member.paper, line.answer, member.response, given, by),
            criteria=tuple(map(str, map(signed_number, line.criteria))),
            remark=line.remark,
            opinion=line.opinion,
            rubric=rubric_digest(criteria_of(member.key)),
            comments=line.comments if any(line.comments) else (),
        )


def _points(line: Line, key: AnswerKey | RubricKey) -> Fraction:
    """Return the marks that a line gives: as a sum of criteria, as a whole, or both alike."""
    criteria = list(map(signed_number, line.criteria))
    total = sum_criteria(criteria_of(key), criteria, key.marks) if criteria else Fraction(0)
    given = number(line.marks) if line.marks else total
    if criteria and given != total:
        both = f"the marks are {marks_text(given)}, the criteria give {marks_text(total)}"
        raise ValueError(f"{both}; leave one of them empty")
    if given > key.marks:
        worth = f"{marks_counted(given, 'mark is', 'marks are')} given of {marks_text(key.marks)}"
        raise ValueError(f"{worth}; give at most {marks_text(key.marks)}")
    return given
