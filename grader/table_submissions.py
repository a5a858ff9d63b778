"""Submissions in CSV files.

Wide: a row for each student, a column for each answer. Long: a row for each answer, with the
columns student (or paper), answer and response.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from grader.register import Owner, nearest
from grader.submissions import Doubt, Submission, shown
from grader.tables import DELIMITERS, decoded, read_rows
from solvers.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.files import Content
    from grader.register import Register
    from grader.submissions import Given
    from grader.tables import Row

MAX_CELL = 131_072
_NAMES = {
    "student": "student",
    "student id": "student",
    "student_id": "student",
    "paper": "paper",
    "paper id": "paper",
    "paper_id": "paper",
    "answer": "answer",
    "answer id": "answer",
    "answer_id": "answer",
    "response": "response",
}
_PASSED_OVER = {"name", "exam"}
_FILL = "fill it in or remove the extra cells"


@dataclass(frozen=True)
class _Column:
    """Where a column stands and what it holds: student, paper, answer, response, or an answer."""

    at: int
    name: str
    is_answer: bool = False


@dataclass
class _Table:
    """A table while it is being read."""

    content: Content
    register: Register
    columns: tuple[_Column, ...] = ()
    width: int = 0
    found: list[Submission] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def fault(self, line: int, what: str, fix: str) -> None:
        self.faults.append(Fault(self.content.name, line, what, fix))

    def cell(self, row: Row, name: str) -> str:
        """What a row holds in the column of this name; nothing where there is no such cell."""
        texts = (row.cells[c.at] for c in self.columns if c.name == name and c.at < len(row.cells))
        return next(texts, "")

    def has(self, *names: str) -> bool:
        return all(any(column.name == name for column in self.columns) for name in names)

    def owner(self, row: Row) -> Owner | None:
        """Whose row this is; a row of nobody is reported, a row in doubt is left to a person."""
        owner = self.register.find(self.cell(row, "student"), self.cell(row, "paper"))
        if isinstance(owner, Owner):
            return owner
        self.fault(row.line, owner.what, owner.fix)
        if owner.suspect is not None:
            self.doubt(row, Owner(owner.suspect, owner.suspect.student), owner.what)
        return None

    def doubt(self, row: Row, owner: Owner, why: str) -> None:
        """Leaves all answers of a paper to a person."""
        given: Given = Doubt(why, (self.content.name + ": " + " | ".join(row.cells),))
        answers = dict.fromkeys((answer.id for answer in owner.key.answers), given)
        self.take(row, owner, answers)

    def take(self, row: Row, owner: Owner, answers: Mapping[str, Given]) -> None:
        source = f"{self.content.name}:{row.line}"
        self.found.append(Submission(owner.key.paper, owner.student, answers, (source,)))


def read_table(content: Content, register: Register) -> tuple[list[Submission], list[Fault]]:
    """The submissions of a CSV file, and what is wrong with it."""
    text, faults = decoded(content)
    table = _Table(content, register, faults=faults)
    header, rows = _best_split(text, register)
    if header is None:
        table.fault(1, "the file is empty", "hand in a table with a header")
        return [], table.faults
    table.width = len(header.cells)
    table.columns = _columns(header, table)
    if _identity_is_twice(table):
        fix = "keep one of each; nothing is read"
        table.fault(header.line, "several columns are called student or paper", fix)
    elif not (table.has("student") or table.has("paper")):
        table.fault(header.line, "no column is called student or paper", "add one; nothing is read")
    elif table.has("answer", "response"):
        _read_long(rows, table)
    else:
        _read_wide(rows, table)
    return table.found, table.faults


def _identity_is_twice(table: _Table) -> bool:
    own = [column.name for column in table.columns if not column.is_answer]
    return len(own) != len(set(own))


def _best_split(text: str, register: Register) -> tuple[Row | None, list[Row]]:
    """The rows with that delimiter under which most columns of the header are known."""
    heads = {mark: next(read_rows(text, mark), None) for mark in DELIMITERS}
    known = {mark: _known(row, register) if row else 0 for mark, row in heads.items()}
    best = max(DELIMITERS, key=lambda mark: known[mark])
    rows = list(read_rows(text, best))
    return (rows[0], rows[1:]) if rows else (None, [])


def _known(header: Row, register: Register) -> int:
    names = {_folded(name) for name in register.answers} | _NAMES.keys()
    return sum(_folded(cell) in names for cell in header.cells)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name[:200]).strip().casefold()


def _columns(header: Row, table: _Table) -> tuple[_Column, ...]:
    answers = {_folded(name): name for name in table.register.answers}
    columns = []
    for at, cell in enumerate(header.cells):
        name = _folded(cell)
        if name in answers:
            columns.append(_Column(at, answers[name], is_answer=True))
        elif name in _NAMES:
            columns.append(_Column(at, _NAMES[name]))
        elif name and name not in _PASSED_OVER:
            near = nearest(name, answers)
            fix = f"did you mean {answers[near[0]]}?" if near else "it is passed over"
            table.fault(header.line, f"unknown column {shown(cell)}", fix)
    for name, count in Counter(column.name for column in columns if column.is_answer).items():
        if count > 1:
            what = f"{count} columns are called {name}"
            table.fault(header.line, what, "keep one; where they differ, a person has to choose")
    return tuple(columns)


def _usable(row: Row, table: _Table) -> Owner | None:
    """Whose row this is, if its cells can be trusted to stand in their columns."""
    surplus = any(cell.strip() for cell in row.cells[table.width :])
    short = len(row.cells) < table.width
    if not row.broken and not surplus and not short:
        return table.owner(row)
    cells = f"the row has {len(row.cells)} cells, the header {table.width}"
    why, fix = (row.broken, "mend the row") if row.broken else (cells, _FILL)
    table.fault(row.line, why, fix)
    owner = table.owner(row)
    if owner is not None:
        table.doubt(row, owner, f"the row cannot be read: {why}")
    return None


def _read_wide(rows: list[Row], table: _Table) -> None:
    for row in rows:
        _warn_of_swallowed(row, table)
        owner = _usable(row, table)
        if owner is not None:
            table.take(row, owner, _answers(row, owner, table))


def _warn_of_swallowed(row: Row, table: _Table) -> None:
    """A cell over several lines is allowed; if it looks like rows, a quote may be missing."""
    if row.lines == 1 or row.broken:
        return
    for cell in row.cells:
        for line in cell.splitlines()[1:]:
            starts = {line.split(mark, 1)[0].strip() for mark in DELIMITERS if mark in line}
            if not starts.isdisjoint(table.register.students.keys() | table.register.papers.keys()):
                what = f"a cell of this row runs over {row.lines} lines and holds what looks like"
                table.fault(row.line, f"{what} another student's row", "check its quotes")
                return


def _answers(row: Row, owner: Owner, table: _Table) -> dict[str, Given]:
    own = {answer.id for answer in owner.key.answers}
    answers: dict[str, Given] = {}
    for column in table.columns:
        if not column.is_answer:
            continue
        text = row.cells[column.at]
        if column.name not in own:
            if text.strip():
                what = f"paper {owner.key.paper} has no answer {column.name}"
                table.fault(row.line, what, "it is passed over")
            continue
        cell = _cell(text, row, table)
        before = answers.get(column.name, cell)
        answers[column.name] = cell if before == cell else contradiction(before, cell)
    return answers


def contradiction(left: Given, right: Given) -> Doubt:
    """What is left of two different texts for one answer."""
    texts = dict.fromkeys((*_texts(left), *_texts(right)))
    return Doubt("different texts were handed in for this answer; none was chosen", tuple(texts))


def _texts(given: Given) -> tuple[str, ...]:
    return given.texts if isinstance(given, Doubt) else (given,)


def _cell(text: str, row: Row, table: _Table) -> Given:
    if len(text) > MAX_CELL:
        why = f"the answer has {len(text):,} characters"
        table.fault(row.line, why, "a person has to look at it")
        return Doubt(why, (text[:1_000],))
    if "\0" in text:
        table.fault(row.line, "an answer holds NUL characters", "the file may be damaged")
    return text


def _read_long(rows: list[Row], table: _Table) -> None:
    held: dict[str, tuple[Row, Owner, dict[str, Given]]] = {}
    for row in rows:
        owner = _usable(row, table)
        if owner is None:
            continue
        name = table.cell(row, "answer").strip()
        ids = {_folded(answer.id): answer.id for answer in owner.key.answers}
        if _folded(name) not in ids:
            near = nearest(_folded(name), ids)
            fix = f"did you mean {ids[near[0]]}?" if near else "it is passed over"
            table.fault(row.line, f"unknown answer {shown(name)}", fix)
            continue
        _, _, answers = held.setdefault(owner.key.paper, (row, owner, {}))
        _add(answers, ids[_folded(name)], row, table)
    for row, owner, answers in held.values():
        table.take(row, owner, answers)


def _add(answers: dict[str, Given], name: str, row: Row, table: _Table) -> None:
    place = next(column.at for column in table.columns if column.name == "response")
    cell = _cell(row.cells[place], row, table)
    before = answers.setdefault(name, cell)
    if before != cell:
        table.fault(row.line, f"{name} was handed in before with another text", "keep one of them")
        answers[name] = contradiction(before, cell)
