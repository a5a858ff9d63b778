"""Records of each image and each box: lines that are added and never changed.

Of several lines about one thing the last one counts, so taking something back is another line. The
line of an image follows those of its boxes: an image without one is read again.
"""

from __future__ import annotations

import json
import os
import unicodedata
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from examgen.folder.scans import PAGES, READS
from examgen.ground.errors import Fault, InputError
from examgen.ground.files import writing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

RULE = "rule"
ALIKE = "says the same as the key that was confirmed, in another notation"
UNDONE = "undone"  # a person took back what they had decided
_Record = TypeVar("_Record", "PageRecord", "ReadRecord")


class Kind(StrEnum):
    """The kind of a sheet's image."""

    PAGE = "page"
    SPARE = "spare"
    BACK = "back"
    BLANK = "blank"
    FOREIGN = "foreign"
    UNKNOWN = "unknown"
    DUPLICATE = "duplicate"


@dataclass(frozen=True)
class PageRecord:
    """An image of a sheet, and what was decided about it.

    Attributes:
        image: its original's hash, its number in that, and which of the pages that it shows.
        source: the file as it was named.
        number: of the image in that file, from 1.
        why: what is doubtful, or what it is beside.
        turn: by how many degrees it lies turned.
        matrix: from millimetres on the page to pixels of the image, row by row.
        tracked: how many points of the print were found in it.
        outside: square millimetres of ink outside all boxes.
        is_pale: the scan may have lost faint ink: it is in black and white, or coarse.
        by: `rule`, or who decided.
        when: a person decided.
    """

    image: str
    source: str
    number: int
    kind: Kind
    paper: str = ""
    page: int = 0
    checksum: str = ""
    why: str = ""
    turn: int = 0
    dpi: int = 0
    is_pale: bool = False
    tracked: int = 0
    outside: float = 0.0
    matrix: tuple[float, ...] = ()
    by: str = RULE
    when: str = ""

    @property
    def is_read(self) -> bool:
        """Return whether its boxes were read."""
        return self.kind is Kind.PAGE and bool(self.matrix)


@dataclass(frozen=True)
class ReadRecord:
    """The answer read on an image, by a rule or by a person.

    Attributes:
        state: ticked, written, blank, doubt; of a person: typed, blank, illegible, open where
            somebody has to read what a rule had decided, undone where that is taken back.
        text: of the option that is ticked, or what a person typed.
        features: of each box what the rule went by.
        corners: of each box in the image, in pixels.
        when: a person decided.
        is_second: a second person read it, who did not see what the first one typed.
    """

    image: str
    paper: str
    page: int
    answer: str
    state: str
    text: str = ""
    why: str = ""
    features: tuple[tuple[float, ...], ...] = ()
    corners: tuple[tuple[float, ...], ...] = ()
    by: str = RULE
    when: str = ""
    is_second: bool = False

    @property
    def key(self) -> Place:
        """Return what it is about: an answer on an image."""
        return self.image, self.answer

    def says_as(self, other: ReadRecord) -> bool:
        """Return whether another person read the same, be it in another notation."""
        return self.why == ALIKE or _plain(self) == _plain(other)


Place: TypeAlias = tuple[str, str]  # an image, and an answer on it


def now() -> str:
    """Return the time for a line."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _plain(record: ReadRecord) -> tuple[str, str]:
    return record.state, " ".join(unicodedata.normalize("NFKC", record.text).split())


@dataclass
class Journal:
    """All lines that were written so far.

    Attributes:
        pages: by image, the line that counts.
        reads: by image and answer, what the rule found.
        settled: by image and answer, what a person decided.
        twice: by image and answer, what two people read of it.
    """

    pages: dict[str, PageRecord] = field(default_factory=dict)
    reads: dict[Place, ReadRecord] = field(default_factory=dict)
    settled: dict[Place, ReadRecord] = field(default_factory=dict)
    twice: dict[Place, tuple[ReadRecord, ReadRecord]] = field(default_factory=dict)

    def add(self, record: PageRecord | ReadRecord) -> None:
        """Take in a line."""
        if isinstance(record, PageRecord):
            self.pages[record.image] = record
        elif record.by == RULE:
            self.reads[record.key] = record
        else:
            self._settle(record)

    def _settle(self, record: ReadRecord) -> None:
        held = self.twice if record.is_second else self.settled
        if record.state == UNDONE:
            held.pop(record.key, None)
        elif not record.is_second:
            self.settled[record.key] = record
        elif record.key in self.settled:
            self.twice[record.key] = (self.settled[record.key], record)

    def find_dispute(self, place: Place) -> tuple[ReadRecord, ReadRecord] | None:
        """Return what two people read of an answer differently, until it is settled again."""
        first, second = self.twice.get(place, (None, None))
        if first is None or second is None or self.settled.get(place) != first:
            return None
        return None if second.says_as(first) else (first, second)


def read_journal(folder: Path) -> Journal:
    """Read all lines of a folder; a line that an interruption cut off is passed over.

    Raises:
        InputError: a line is damaged.
    """
    journal = Journal()
    for read in _lines(folder / READS, ReadRecord):
        journal.add(read)
    for page in _lines(folder / PAGES, PageRecord):
        journal.add(page)
    return journal


def append(folder: Path, reads: Iterable[ReadRecord], pages: Iterable[PageRecord]) -> None:
    """Add lines, those of the boxes first.

    Raises:
        ExamgenError: they cannot be written.
    """
    for name, records in ((READS, reads), (PAGES, pages)):
        text = "".join(f"{_json(record)}\n" for record in records)
        if text:
            _write(folder / name, text.encode())


def _write(path: Path, raw: bytes) -> None:
    with writing(path), path.open("ab+") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 1))
        if size and file.read(1) != b"\n":  # an interruption cut the last line off
            raw = b"\n" + raw
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())


def _json(record: PageRecord | ReadRecord) -> str:
    empty = {one.name: one.default for one in fields(record)}
    known = {name: value for name, value in asdict(record).items() if value != empty[name]}
    return json.dumps(known, ensure_ascii=False)


def _lines(path: Path, kind: type[_Record]) -> Iterator[_Record]:
    if not path.exists():
        return
    with path.open(encoding="utf-8", errors="replace") as file:
        for number, line in enumerate(file, 1):
            try:
                yield _record(json.loads(line), kind)
            except ValueError:  # an interruption cut it off
                continue
            except (TypeError, KeyError) as error:
                what = f"this is no line of scanning: {error}"
                fix = "restore the file, or scan into a new folder"
                raise InputError([Fault(str(path), number, what, fix)]) from error


def _record(found: dict[str, Any], kind: type[_Record]) -> _Record:
    if "kind" in found:
        found["kind"] = Kind(found["kind"])
    lists = {name: _tuple(value) for name, value in found.items() if isinstance(value, list)}
    return kind(**{**found, **lists})


def _tuple(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    return tuple(map(_tuple, value)) if isinstance(value, list) else value
