"""Submissions in CSV files.

Wide: a row for each student, a column for each answer, or for a question with several of them.
Long: a row for each answer, with the columns student (or paper), answer and response.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from examgen.ground.csv_cells import unguard_cell
from examgen.ground.tables.rows import find_header, rows_below
from examgen.ground.wording import first_of, format_count
from grader.intake.formats.markup import typed_text
from grader.intake.headers import Role, columns_of, count_known, nameless
from grader.intake.misplaced import MEND, is_header, without_others
from grader.intake.names import Names, Stray, Titles
from grader.intake.platforms.base import fold_header
from grader.intake.platforms.own import EXCEPTIONS, OWN
from grader.intake.platforms.search import platform_of, refuse_table
from grader.intake.reading import MAX_TEXT, check_text
from grader.intake.times import read_time, settle_times
from grader.records.register import Owner, Person, Stranger, nearest
from grader.records.submissions import Doubt, Problem, contradiction, excerpt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from examgen.ground.tables.rows import Grid, Row
    from grader.intake.headers import Column
    from grader.intake.platforms.base import Platform
    from grader.intake.reading import Reading
    from grader.records.submissions import Given, Texts

MAX_COLUMNS = 5_000
_PLACE = re.compile(r".+:\d{1,9}", re.DOTALL)
_FILL = "fill it in or remove the extra cells"
_SAID = 300
_MAP = "say what columns hold with --columns"
_NAMED = 8


@dataclass
class _Long:
    """The rows of one paper in a long table; in an exception file, of one of its sources."""

    row: Row
    owner: Owner
    source: str = ""
    answers: dict[str, Given] = field(default_factory=dict)
    rows: int = 0
    when: str = ""

    strays: dict[str, Given] = field(default_factory=dict)

    @cached_property
    def names(self) -> Names:
        """Return the paper's answers by what a table may call them."""
        return Names(answer.id for answer in self.owner.key.answers)


@dataclass(frozen=True)
class _Table:
    """A table: its columns, and where its rows go."""

    reading: Reading
    platform: Platform
    header: Sequence[str]
    columns: tuple[Column, ...] = ()
    strays: tuple[Column, ...] = ()
    long: dict[tuple[str, str], _Long] = field(default_factory=dict)

    @cached_property
    def width(self) -> int:
        """Return how many columns there are up to the last that has a name."""
        return max((at for at, cell in enumerate(self.header, start=1) if cell.strip()), default=0)

    @cached_property
    def is_long(self) -> bool:
        held = {column.role for column in self.columns}
        return Role.RESPONSE in held and not held.isdisjoint({Role.ANSWER, Role.QUESTION})

    def cell(self, row: Row, role: Role) -> str:
        """Return what a row holds in the column of this kind.

        Nothing where there is no such cell.
        """
        return next(self.cells(row, role), "")

    def cells(self, row: Row, role: Role) -> Iterator[str]:
        for column in self.columns:
            if column.role is role and column.at < len(row.cells):
                text = row.cells[column.at]
                yield unguard_cell(text) if self.platform is EXCEPTIONS else text

    def texts(self) -> Iterator[Column]:
        return (column for column in self.columns if column.role is Role.TEXT)

    def person(self, row: Row) -> Person:
        first, last = self.cell(row, Role.FIRST), self.cell(row, Role.LAST)
        name = self.cell(row, Role.NAME) or f"{first} {last}"
        also = tuple(text.strip() for text in self.cells(row, Role.ALSO) if text.strip())
        return Person(self.cell(row, Role.STUDENT).strip(), also, name.strip())

    def read_person(self, row: Row) -> tuple[Person, str]:
        return self.person(row), self.cell(row, Role.PAPER)


def count_known_columns(header: Row | None, reading: Reading) -> int:
    """Return how many columns of a header say what they hold."""
    return (
        count_known(header.cells[:MAX_COLUMNS], reading.register, reading.columns) if header else 0
    )


def header_of(grid: Grid, reading: Reading) -> tuple[Row | None, str]:
    """Return the header of a table, and the delimiter under which most of its columns are known."""
    return find_header(grid, lambda row: count_known_columns(row, reading))


def read_table(grid: Grid, reading: Reading) -> None:
    """Take in the rows of a table."""
    header, delimiter = header_of(grid, reading)
    if header is None:
        reading.unreadable(1, "the file is empty", "hand in a table with a header")
    elif len(header.cells) > MAX_COLUMNS:
        fix = "is this the right file?"
        reading.unreadable(header.line, f"the table has more than {MAX_COLUMNS:,} columns", fix)
    elif trouble := refuse_table(header.cells):
        reading.unreadable(header.line, *trouble)
    elif not count_known_columns(header, reading):
        what = f"line {header.line} is no header: no column is called student or paper"
        fix = "write a header: student or paper, and the answers; nothing is read"
        reading.unreadable(header.line, what, fix)
    else:
        table = _table(header, reading)
        if _is_usable(header.line, table):
            _read_rows(rows_below(grid, header, delimiter), table)


def _table(header: Row, reading: Reading) -> _Table:
    names = Names(reading.register.answers)
    titles = Titles(names, header.cells)
    columns, unknown = columns_of(header.cells, reading.register, reading.columns, titles.answer)
    platform = platform_of(header.cells, reading.columns)
    is_own = platform.names_unknown
    strays = [c for c in unknown if is_own and titles.is_stray(c)]
    strays += nameless(header.cells) if is_own else ()
    _tell_unknown(unknown, header.line, platform, reading)
    held = Counter(column.target for column in columns if column.role is Role.TEXT)
    for name, count in held.items():
        if count > 1:
            fix = "keep one; where they differ, a person has to choose"
            reading.note(header.line, f"{count} columns are called {name}", fix)
    # Only a file that the user names is believed to come from a person who settled something.
    reading.corrected = platform is EXCEPTIONS and reading.item.content.is_named
    return _Table(reading, platform, header.cells, columns, tuple(strays))


def _tell_unknown(
    unknown: Sequence[Column], line: int, platform: Platform, reading: Reading
) -> None:
    """Name the columns that are passed over: what resembles an answer alone, others together."""
    targets = {fold_header(name): name for name in reading.register.answers}
    others = []
    for column in unknown:
        name = excerpt(column.header)
        if near := nearest(fold_header(column.target or column.header), targets):
            reading.note(line, f"unknown column {name}", f"did you mean {targets[near[0]]}?")
        else:
            others.append(name)
    if others:
        one = len(others) == 1
        names = first_of(others, _NAMED)
        what = f"unknown column {names}" if one else f"{len(others)} unknown columns: {names}"
        passed = "it is passed over" if one else "they are passed over"
        reading.note(line, what, passed if platform is OWN else f"{passed}; {_MAP}")


def _is_usable(line: int, table: _Table) -> bool:
    roles = Counter(column.role for column in table.columns)
    if roles[Role.STUDENT] > 1 or roles[Role.PAPER] > 1:
        fix = "keep one of each; nothing is read"
        table.reading.unreadable(line, "several columns are called student or paper", fix)
        return False
    if roles.keys().isdisjoint({Role.STUDENT, Role.PAPER, Role.ALSO, Role.NAME, Role.LAST}):
        fix = "add one; nothing is read"
        table.reading.unreadable(line, "no column is called student or paper", fix)
        return False
    if not table.is_long and not roles[Role.TEXT]:
        fix = "call columns as the answers, or say what they hold with --columns; nothing is read"
        table.reading.unreadable(line, "no column is called as an answer of this exam", fix)
        return False
    return True


def _read_rows(rows: Iterator[Row], table: _Table) -> None:
    try:
        for row in rows:
            if table.platform is not EXCEPTIONS and is_header(row, table.reading):
                _read_below(row, rows, table)
            else:
                _read_row(row, table)
    finally:  # what was taken is kept even if the rest is hopeless
        for held in table.long.values():
            answers = {**held.strays, **held.answers}
            table.reading.cited = held.source
            if answers:
                count = max(held.rows, 1)
                line, when = held.row.line, read_time(held.when)
                table.reading.take(line, held.owner, answers, rows=count, when=when)
        _settle_times(table.reading)


def _read_below(header: Row, rows: Iterator[Row], table: _Table) -> None:
    """Take in what is under another header in the same file; the same one changes nothing."""
    if tuple(map(fold_header, header.cells)) == tuple(map(fold_header, table.header)):
        table.reading.note(header.line, "the header occurs here again", "it is passed over")
        return
    below = _table(header, table.reading)
    if _is_usable(header.line, below):
        _read_rows(rows, below)
    for _ in rows:  # nobody knows what these hold
        pass


def _settle_times(reading: Reading) -> None:
    """Decides on the order of day and month by all rows; one row alone may be read in two ways."""
    times = settle_times([found.when for found in reading.found])
    pairs = zip(reading.found, times, strict=True)
    reading.found = [replace(found, when=when) for found, when in pairs]


def _read_row(row: Row, table: _Table) -> None:
    row = without_others(row, table.reading)
    if _is_absent(row, table):
        table.reading.blank += 1
    elif table.is_long:
        _read_long(row, table)
    elif owner := _owner(row, table, _wide_texts(row, table)):
        when = read_time(table.cell(row, Role.TIME))
        answers = _answers(row, owner, table)
        _leave_strays(row, owner, answers, table)
        table.reading.take(row.line, owner, answers, when=when)


def _leave_strays(row: Row, owner: Owner, answers: dict[str, Given], table: _Table) -> None:
    """Leave texts to a person that are in a column which seems to be of an answer."""
    for column in table.strays:
        if text := "".join(row.cells[column.at : column.at + 1]).strip():
            names = Names(answer.id for answer in owner.key.answers)
            name = column.header or f"in column {column.at + 1}"
            found = Stray(row.line, name, text, is_told=bool(column.header))
            found.leave(owner, answers, table.reading, names)


def _is_absent(row: Row, table: _Table) -> bool:
    """Return whether a platform lists somebody, or a mean, for whom it has no attempt."""
    if not table.platform.lists_absent:
        return False
    texts = (text for role in (Role.TEXT, Role.TIME) for text in table.cells(row, role))
    return all(text.strip() == "-" or table.platform.is_nothing(text) for text in texts)


def _owner(row: Row, table: _Table, texts: Texts) -> Owner | None:
    """Return whose row this is, if its cells can be trusted to be in their columns."""
    reading, named = table.reading, table.read_person(row)
    owner = reading.owner(*named)
    surplus = any(cell.strip() for cell in row.cells[table.width :])
    if not row.broken and not surplus and len(row.cells) >= table.width:
        if isinstance(owner, Owner):
            return owner
        reading.stranger(row.line, owner, named, texts)
        return None
    cells = f"the row has {format_count(len(row.cells), 'cell')}, the header {table.width}"
    why, fix = (row.broken, MEND) if row.broken else (cells, _FILL)
    whole = (("", " | ".join(row.cells)),)
    if isinstance(owner, Owner):
        reading.doubt(row.line, owner, (why, fix), whole)
    else:
        stranger = Stranger(why, fix, owner.suspect)
        reading.stranger(row.line, stranger, named, whole, Problem.UNREADABLE)
    return None


def _wide_texts(row: Row, table: _Table) -> Texts:
    return tuple((c.target, row.cells[c.at]) for c in table.texts() if c.at < len(row.cells))


def _answers(row: Row, owner: Owner, table: _Table) -> dict[str, Given]:
    own = {answer.id for answer in owner.key.answers}
    parts = {part.id: [answer.id for answer in part.answers] for part in owner.key.parts}
    answers: dict[str, Given] = {}
    for column in table.texts():
        text = row.cells[column.at]
        ids = [column.target] if column.target in own else parts.get(column.target, [])
        if not ids and not table.platform.is_nothing(text):
            what = f"paper {owner.key.paper} has no answer {column.target}"
            table.reading.note(row.line, what, "it is passed over")
        for name, given in _given(text, ids, row, column, table):
            before = answers.get(name, given)
            answers[name] = given if before == given else contradiction(before, given)
    return answers


def _given(
    text: str, ids: list[str], row: Row, column: Column, table: _Table
) -> Iterator[tuple[str, Given]]:
    """Yield what a cell gives for each of its answers."""
    if not table.platform.was_asked(row.cells, column.at):
        return
    if table.platform.holds_html:
        found = typed_text(text)
        if isinstance(found, Doubt):
            table.reading.note(row.line, found.why, "a person has to look at it")
            yield from ((name, found) for name in ids)
            return
        text = found
    if len(ids) == 1:
        plain = "" if table.platform is not OWN and table.platform.is_nothing(text) else text
        yield ids[0], check_text(plain, table.reading, row.line, ids[0])
        return
    texts = table.platform.answers(text, len(ids))
    if texts is None:
        why = f"{excerpt(column.header)} does not hold {len(ids)} answers that can be told apart"
        table.reading.note(row.line, why, "a person has to look at it")
        yield from ((name, Doubt(why, (text[:MAX_TEXT],))) for name in ids)
        return
    for name, piece in zip(ids, texts, strict=True):
        yield name, check_text(piece, table.reading, row.line, name)


def _read_long(row: Row, table: _Table) -> None:
    name, text = _asked(row, table), table.cell(row, Role.RESPONSE)
    table.reading.cited = source = _source(row, table)
    if table.platform is EXCEPTIONS and not name:
        _still_waits(row, table)
        return
    owner = _owner(row, table, ((name, text),))
    if owner is None:
        return
    held = table.long.setdefault((owner.key.paper, source), _Long(row, owner, source))
    answer = held.names.find(name)
    if answer is None:
        Stray(row.line, name, text).leave(owner, held.strays, table.reading, held.names)
        return
    held.rows += 1
    held.when = table.cell(row, Role.TIME).strip() or held.when
    _add(held, answer, text, row, table)


def _source(row: Row, table: _Table) -> str:
    """Return whose place a row of an exception file takes."""
    source = table.cell(row, Role.SOURCE)
    if not table.reading.corrected or not _PLACE.fullmatch(source):
        return ""
    table.reading.settles.add(source)
    return source


def _still_waits(row: Row, table: _Table) -> None:
    """Let a row for a whole file wait, under which nobody has written the answers yet."""
    what = table.cell(row, Role.PROBLEM).partition(": ")[2] or "this waits for a person"
    said = (excerpt(what, _SAID), excerpt(table.cell(row, Role.SUGGESTION), _SAID))
    response = table.cell(row, Role.RESPONSE)
    texts = (("", response),) if response else ()
    named = table.read_person(row)
    owner = table.reading.owner(*named)
    if isinstance(owner, Owner):
        table.reading.doubt(row.line, owner, said, texts)
    else:
        stranger = Stranger(*said, owner.suspect)
        table.reading.stranger(row.line, stranger, named, texts, Problem.UNREADABLE)


def _asked(row: Row, table: _Table) -> str:
    """Return the answer's id in a long table: in one column, or question and part in two."""
    pieces = (table.cell(row, role).strip() for role in (Role.QUESTION, Role.PART))
    return table.cell(row, Role.ANSWER).strip() or ".".join(filter(None, pieces))


def _add(held: _Long, name: str, text: str, row: Row, table: _Table) -> None:
    given = check_text(text, table.reading, row.line, name)
    before = held.answers.setdefault(name, given)
    if before != given:
        both = contradiction(before, given)
        held.answers[name] = both
        said = (held.row.line, f"{name} is handed in with several texts", "keep one of them")
        new = both.texts if isinstance(before, str) else (text,)
        texts = tuple((name, one) for one in new)
        own = (held.owner.student, held.owner.key.paper)
        table.reading.wait(Problem.DUPLICATE, said, own, texts, rows=0)
