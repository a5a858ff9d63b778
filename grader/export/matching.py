"""Match the users of a platform with the students of the exam.

Platforms know people by numbers, logins and addresses of their own. The pair of a column and a
field of the roster that finds most students is taken for the whole file; it never changes from row
to row, so that one student's number cannot meet another's.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from examgen.ground.tables.labels import likely
from examgen.ground.tables.names import words_of
from grader.records.submissions import excerpt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from examgen.ground.errors import Fault
    from examgen.ground.tables.rows import Row
    from grader.export.book import Book, Entry, Wishes
    from grader.export.sheet import Sheet

FIELDS = ("id", "username", "email")
_T = TypeVar("_T")


@dataclass(frozen=True)
class Users:
    """The users of a platform's file.

    Attributes:
        rows: theirs.
        keys: the columns that tell them apart, the most trusted first.
        names: the columns that together are the name; only used where no key column fits.
    """

    rows: tuple[Row, ...]
    keys: tuple[int, ...]
    names: tuple[int, ...] = ()


@dataclass(frozen=True)
class Matched:
    """Rows with their students, and what did not meet."""

    pairs: tuple[tuple[Row, Entry], ...]
    faults: tuple[Fault, ...]
    notices: tuple[Fault, ...]
    left_out: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class _Key:
    """A way to compare: the text of a row, and the text of a student."""

    column: str
    of_row: Callable[[Row], str]
    of_entry: Callable[[Entry], str]


def match(book: Book, sheet: Sheet, users: Users) -> Matched:
    """Find each student's row.

    A student with a grade who has no row is a fault; a row without a student stays as it is and is
    a notice.
    """
    key = _best(book, sheet, users)
    rows, entries = _by_text(users.rows, key.of_row), _by_text(book.entries, key.of_entry)
    pairs: list[tuple[Row, Entry]] = []
    faults = [fault for at in users.keys for fault in _twice(sheet, users, at)]
    missing: list[Entry] = []
    free = {text: own for text, own in rows.items() if text not in entries}
    for text, students in entries.items():
        own = rows.get(text, []) if text else []
        if len(own) == 1 and len(students) == 1:
            pairs.append((own[0], students[0]))
        elif own:
            faults.append(_ambiguous(sheet, key, own, students))
        else:
            missing.extend(entry for entry in students if entry.grade is not None)
    notices = [
        sheet.fault(row.line, f"no student of the exam is {_shown(row, users)}", "left as it is")
        for text, own in rows.items()
        if not text or text not in entries
        for row in own
    ]
    pairs.sort(key=lambda pair: pair[0].line)
    notices += (_other_name(sheet, users, *pair) for pair in pairs if _differ(users, *pair))
    absent = [_missing(sheet, key, entry, free, book.wishes) for entry in missing]
    if book.wishes.skip_missing:
        return Matched(tuple(pairs), tuple(faults), (*absent, *notices), tuple(missing))
    return Matched(tuple(pairs), (*faults, *absent), tuple(notices))


def _by_text(items: Iterable[_T], text_of: Callable[[_T], str]) -> Mapping[str, list[_T]]:
    found: dict[str, list[_T]] = {}
    for item in items:
        found.setdefault(text_of(item), []).append(item)
    return found


def _twice(sheet: Sheet, users: Users, at: int) -> Iterator[Fault]:
    """Yield users who are in the file more than once."""
    for text, rows in _by_text(users.rows, _cell(at)).items():
        for row in rows[1:] if text else ():
            what = f"{sheet.header[at]} {excerpt(row.cells[at])} is in line {rows[0].line} already"
            yield sheet.fault(row.line, what, "keep one of the rows")


def _ambiguous(sheet: Sheet, key: _Key, rows: Sequence[Row], students: Sequence[Entry]) -> Fault:
    text = excerpt(students[0].person.get("name") or students[0].person.id)
    lines = ", ".join(str(row.line) for row in rows)
    people = ", ".join(f"{entry.person.id} (paper {entry.paper})" for entry in students)
    what = f"{key.column} of {text} is in line {lines} and belongs to {people}"
    return sheet.fault(rows[0].line, what, "keep one row and one paper for each student")


def _missing(
    sheet: Sheet, key: _Key, entry: Entry, free: Mapping[str, list[Row]], wishes: Wishes
) -> Fault:
    """Return what is said of a student without a row.

    Only rows of nobody else may be the student's.
    """
    person, text = entry.person, key.of_entry(entry)
    who = f"{excerpt(person.id)} {excerpt(person.name)}".rstrip()
    near = likely(text, [name for name in free if name])
    hint = f"is it line {free[near][0].line}?" if near else "enrol the student there"
    fix = "left out" if wishes.skip_missing else f"{hint} or go on without with --skip-missing"
    return sheet.fault(1, f"{who} is not in the file (looked for in {key.column})", fix)


def _differ(users: Users, row: Row, entry: Entry) -> bool:
    """Return whether the two names have no word in common: the ids may agree by chance."""
    theirs, ours = _name(users.names)(row).split(), _name_folded(entry.person.name).split()
    return bool(theirs and ours) and not set(theirs) & set(ours)


def _other_name(sheet: Sheet, users: Users, row: Row, entry: Entry) -> Fault:
    person = entry.person
    what = f"{excerpt(person.id)} is {excerpt(person.name)} here and {_shown(row, users)} there"
    return sheet.fault(row.line, what, "make sure that this is the same person")


def _shown(row: Row, users: Users) -> str:
    texts = (row.cells[at].strip() for at in (*users.names, *users.keys))
    return excerpt(", ".join(filter(None, texts))) or "nobody"


def _keys(sheet: Sheet, users: Users) -> Iterator[_Key]:
    for at in users.keys:
        for field in FIELDS:
            yield _Key(sheet.header[at], _cell(at), _field(field))


def _cell(at: int) -> Callable[[Row], str]:
    return lambda row: _folded(row.cells[at])


def _field(name: str) -> Callable[[Entry], str]:
    return lambda entry: _folded(entry.person.get(name))


def _name(places: tuple[int, ...]) -> Callable[[Row], str]:
    return lambda row: _name_folded(" ".join(row.cells[at] for at in places))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def _name_folded(name: str) -> str:
    """Return a name in whatever order its words stand: `Lovelace, Ada` is `Ada Lovelace`."""
    return " ".join(words_of(name))


def _best(book: Book, sheet: Sheet, users: Users) -> _Key:
    """Return the way to compare that finds most students; names where no other finds any."""

    def count_found(key: _Key) -> int:
        texts = {key.of_row(row) for row in users.rows} - {""}
        return sum(key.of_entry(entry) in texts for entry in book.entries)

    best = max(_keys(sheet, users), key=count_found, default=None)
    if best is None or (users.names and not count_found(best)):
        return _Key("name", _name(users.names), lambda entry: _name_folded(entry.person.name))
    return best
