"""Decisions at the pages: each is a line at once, and can be taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from threading import Lock, RLock
from typing import TYPE_CHECKING

from examgen.folder.key import AnswerKey, PaperKey
from examgen.folder.manifest import find_manifest
from examgen.folder.scans import PAGES, READS, SCANS
from examgen.ground.errors import ExamgenError
from examgen.ground.translator import Translator
from examgen.web.leases import Leases
from grader.scan.account import OPEN, Account
from grader.scan.records import (
    RULE,
    UNDONE,
    Kind,
    PageRecord,
    ReadRecord,
    append,
    now,
    read_journal,
)
from grader.scan.scan import Printed, settle_twins, task_of
from grader.scan.settle import place_image

if TYPE_CHECKING:
    from pathlib import Path

    from examgen.folder.key import RubricKey
    from grader.scan.records import Journal, Place
    from grader.scan.work import Readers

KEPT_KEYS = 256
TAKEN = "somebody else is at this; go on with the next"
_OPEN = {Kind.UNKNOWN, Kind.SPARE, Kind.PAGE}
SETTLES = "settles two readings that differ"


class Refused(ExamgenError):
    """The reason why a decision is refused: somebody else has it, or made it meanwhile."""


@dataclass(frozen=True)
class Decision:
    """The statement of a person about an answer.

    Attributes:
        place: the answer on its image.
        state: typed, blank, illegible, open.
        text: what is written, or the option that is ticked.
        why: how the person came to it, where that is not by typing.
    """

    place: Place
    state: str
    text: str = ""
    why: str = ""


@dataclass(frozen=True)
class Step:
    """The last deed of a person: the lines that counted before, and the page of it."""

    page: str
    reads: Mapping[tuple[Place, bool], ReadRecord | None] = field(default_factory=dict)
    pages: tuple[PageRecord, ...] = ()


class Desk:
    """The desk of an exam's scans: what is known of them, and what people decide.

    Args:
        folder: the exam folder.
        readers: what reads an image again; `reading` is held while something is read.
    """

    def __init__(self, folder: Path, readers: Readers) -> None:
        self.folder, self.target = folder, folder / SCANS
        self.readers = readers
        self.say = Translator(find_manifest(folder).spoken)
        self.printed = Printed.of(folder)
        self.boxes, roll = self.printed.boxes, self.printed.keys.roll
        self._places = {key.paper: place for place, key in enumerate(roll)}
        self.asked: Mapping[str, AnswerKey | RubricKey] = {
            answer.id: answer for key in roll for answer in key.answers
        }
        self.leases = Leases()
        self.lock, self.reading = RLock(), Lock()
        self._steps: dict[str, list[Step]] = defaultdict(list)
        self._sizes: tuple[int, ...] = ()
        self.key = lru_cache(KEPT_KEYS)(self._key)
        self.expected = cache(self._expected)
        self.account = Account.of(self._reread())

    @property
    def journal(self) -> Journal:
        """Return the lines that count."""
        return self.account.journal

    @property
    def pages(self) -> Mapping[str, int]:
        """Return how many pages each paper has."""
        return {name: len(paper.pages) for name, paper in self.boxes.items()}

    def _key(self, paper: str) -> PaperKey:
        (line,) = self.printed.keys.lines([self._places[paper]])
        return PaperKey.from_json(line)

    def _expected(self, paper: str) -> Mapping[str, str]:
        """Return the right answers of a paper, by which equal ones are put beside each other."""
        answers = self._key(paper).answers
        return {one.id: one.expected for one in answers if isinstance(one, AnswerKey)}

    def _reread(self) -> Journal:
        self._sizes = self._on_disk()
        return read_journal(self.target)

    def _on_disk(self) -> tuple[int, ...]:
        paths = (self.target / name for name in (PAGES, READS))
        return tuple(path.stat().st_size if path.exists() else 0 for path in paths)

    def refresh(self) -> None:
        """Read the lines again if another command added some."""
        with self.lock:
            if self._on_disk() != self._sizes:
                self.account = Account.of(self._reread())

    def _write(self, reads: Sequence[ReadRecord], pages: Sequence[PageRecord] = ()) -> None:
        """Add lines, to the files first."""
        append(self.target, reads, pages)
        self._sizes = self._on_disk()
        for read in reads:
            self.journal.add(read)
        for page in pages:
            self.journal.add(page)
        if pages:
            self.account = Account.of(self.journal)

    def settle(
        self, decisions: Iterable[Decision], person: str, page: str, *, is_second: bool = False
    ) -> None:
        """Take what a person decided of some answers together, as one step.

        Raises:
            Refused: one of them is no longer theirs to decide; then none is taken.
        """
        with self.lock:
            self.refresh()
            made = [self._line(one, person, is_second=is_second) for one in decisions]
            before = {
                (line.key, is_second): None if is_second else self.journal.settled.get(line.key)
                for line in made
            }
            self._write(made)
            self._steps[person].append(Step(page, before))
            self._done([line.key for line in made], person)

    def _line(self, said: Decision, person: str, *, is_second: bool) -> ReadRecord:
        read = self.journal.reads.get(said.place)
        page = self.journal.pages.get(said.place[0])
        if read is None or page is None:
            raise Refused("there is no such answer")
        if not self.leases.is_free(said.place, person):
            raise Refused(TAKEN)
        if not is_second and said.state != OPEN:
            self._check_open(said.place, person)
        if is_second and said.place in self.journal.twice:
            raise Refused("this was read a second time already; go on with the next")
        about = (said.place[0], page.paper, page.page, said.place[1])
        why = SETTLES if self.journal.find_dispute(said.place) else said.why
        record = ReadRecord(*about, said.state, said.text, why, by=person, when=now())
        return replace(record, is_second=is_second)

    def _check_open(self, place: Place, person: str) -> None:
        """Refuse to decide over what somebody else decided; that is opened first."""
        settled = self.journal.settled.get(place)
        if settled is None or settled.by == person or settled.state == OPEN:
            return
        if self.journal.find_dispute(place) is None:
            raise Refused(f"{settled.by} decided this meanwhile; go on with the next")

    def _done(self, things: Iterable[Hashable], person: str) -> None:
        self.leases.give_back(things)
        self.leases.keep(person)

    def place(self, image: str, said: str, person: str) -> PageRecord:
        """Take what a person says an image is, and return what came of it.

        Raises:
            Refused: it cannot be that, or is no longer theirs to decide.
        """
        with self.lock:
            self.refresh()
            page, before = self._own_page(image, person), dict(self.journal.pages)
            placed = place_image(page, said, self.pages)
            if placed is None:
                raise Refused(f"there is no page {said}; say PAPER/PAGE as 017/03, or a paper")
            self.leases.take([image], person)
        pages, reads = (
            ([placed], []) if isinstance(placed, PageRecord) else self._read(page, placed)
        )
        with self.lock:
            self._write(reads, [replace(one, by=person, when=now()) for one in pages])
        with self.reading:
            settle_twins(self.target, self.readers)
        with self.lock:
            self.refresh()
            after = self.journal.pages
            changed = tuple(old for name, old in before.items() if after[name] != old)
            self._steps[person].append(Step("/pages", pages=changed))
            self._done([image], person)
            return after[image]

    def _own_page(self, image: str, person: str) -> PageRecord:
        """Return an image that a person may place."""
        page = self.journal.pages.get(image)
        if page is None or not self.leases.is_free(image, person):
            raise Refused(TAKEN)
        is_open = not page.paper or page.kind is Kind.PAGE  # of which there may be two
        if page.by not in {RULE, person} and not (is_open and page.kind in _OPEN):
            raise Refused(f"{page.by} settled this meanwhile; go on with the next")
        return page

    def _read(
        self, page: PageRecord, placed: tuple[str, int]
    ) -> tuple[list[PageRecord], list[ReadRecord]]:
        """Read an image as the page that it is."""
        task = replace(task_of(self.target, page), page=placed)
        with self.reading:
            ((found, reads),) = self.readers.read([task])
        if found[0].kind is not Kind.PAGE:
            raise Refused(found[0].why)
        return found, reads

    def undo(self, person: str) -> str:
        """Take back what a person did last, and return the page on which that was.

        Raises:
            Refused: there is nothing to take back.
        """
        with self.lock:
            self.refresh()
            if not self._steps[person]:
                raise Refused("there is nothing of yours to take back since this was started")
            step = self._steps[person].pop()
            self._check_own(step, person)
            reads = [
                before or self._undone(place, person, is_second=is_second)
                for (place, is_second), before in step.reads.items()
            ]
            pages = [replace(before, by=person, when=now()) for before in step.pages]
            self._write(reads, pages)
            return step.page

    def _check_own(self, step: Step, person: str) -> None:
        """Refuse to take back what somebody else changed since."""
        journal = self.journal
        lines = [
            journal.twice[place][1] if is_second else journal.settled[place]
            for place, is_second in step.reads
            if place in (journal.twice if is_second else journal.settled)
        ]
        others = sorted({line.by for line in lines} - {person})
        if others:
            raise Refused(f"{others[0]} decided this since; look it up to have it read again")

    def _undone(self, place: Place, person: str, *, is_second: bool) -> ReadRecord:
        page = self.journal.pages[place[0]]
        about = (place[0], page.paper, page.page, place[1])
        return ReadRecord(*about, UNDONE, by=person, when=now(), is_second=is_second)
