"""Taking in what the students handed in: files of any kind, one submission for each paper.

Nothing is chosen silently: what contradicts itself is left to a person, what cannot be read is
named by file and line, and the rest is graded.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from examgen.folder.key import AnswerKey
from examgen.folder.scans import ANSWERS, PAGES
from examgen.ground.errors import ExamgenError, Fault
from examgen.ground.files import Content, Unread, files_in, regular
from grader.intake.detect import Format, read_content
from grader.intake.formats.archives import members
from grader.intake.merge import MAX_TRIES, merge_submissions
from grader.intake.packed import pack
from grader.intake.reading import Item, Reading
from grader.intake.senders import Senders, is_metadata, is_submission
from grader.records.printed import Printed
from grader.records.register import Register
from grader.records.submissions import FileCount, Problem, Submissions, Waiting, excerpt, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from examgen.folder.key import PaperKey
    from grader.intake.reading import Found
    from grader.records.submissions import Submission


@dataclass(frozen=True)
class Intake:
    """The options for taking in what was handed in.

    Attributes:
        printed: what is known of the papers as they were printed.
        columns: what columns hold, where the user says so: a header to an answer's id.
        latest: of several submissions of a student that differ, the latest counts.
    """

    printed: Printed = field(default_factory=Printed)
    columns: Mapping[str, str] = field(default_factory=dict)
    latest: bool = False


def read_files(paths: Iterable[Path]) -> tuple[tuple[Content, ...], list[Fault]]:
    """Return the files that are named, and those in folders; what is no ordinary file is a fault.

    They are opened here and read when they are needed.
    """
    contents, faults = [], []
    for path in map(_scanned, paths):
        files, left_out = files_in(path)
        faults.extend(left_out)
        for file in files:
            found = regular(file)
            if isinstance(found, Content):
                contents.append(replace(found, origin=path))
            else:
                faults.append(found)
    return tuple(contents), faults


def _scanned(path: Path) -> Path:
    """Return the file of answers in the place of a folder that `scan` wrote."""
    is_scans = (path / PAGES).is_file() and (path / ANSWERS).is_file()
    return path / ANSWERS if is_scans else path


def take_in(
    contents: Iterable[Content], keys: Sequence[PaperKey], how: Intake | None = None
) -> Submissions:
    """Return the submissions of files that were named.

    Args:
        contents: the files.
        keys: the papers of the exam.
        how: what else is known, and what the user wants.
    """
    how = how or Intake()
    files = tuple(contents)
    desk, senders = _Desk(Register(keys, how.printed), how), Senders()
    for content in files:
        if is_metadata(content.name):
            desk.learn(senders, content)
    for content in files:
        if is_submission(content.name):
            desk.read(senders.item(content))
    taken = desk.submissions()
    if not taken.papers:
        return taken
    missing = _never_handed_in(taken.papers, keys, files[0].name)
    return replace(taken, notices=(*taken.notices, *missing))


@dataclass
class _Count:
    """The numbers of rows of what the user named, by what became of them."""

    formats: dict[str, None] = field(default_factory=dict)
    rows: Counter[str] = field(default_factory=Counter)


@dataclass
class _Desk:
    """A session of taking in files, with all that was found in them."""

    register: Register
    how: Intake
    found: list[tuple[_Count, Found]] = field(default_factory=list)
    waiting: list[tuple[_Count, Waiting]] = field(default_factory=list)
    notices: list[Fault] = field(default_factory=list)
    settled: set[str] = field(default_factory=set)
    counts: dict[str, _Count] = field(default_factory=dict)

    def learn(self, senders: Senders, content: Content) -> None:
        """Read who handed in what."""
        reading = Reading(Item(content), self.register)
        with _contained(reading):
            if fault := senders.learn(content):
                self.notices.append(fault)
        self.notices += reading.notices

    def read(self, item: Item, depth: int = 0) -> None:
        """Read a file, or the files of an archive one after the other.

        Whatever reading one file raises costs that file, and nothing else.
        """
        reading = Reading(item, self.register, self.how.columns)
        kind: str = Format.FOREIGN
        with _contained(reading):
            kind = read_content(reading)
            if kind is Format.ARCHIVE:
                self._read_archive(item, depth)
        if kind is not Format.ARCHIVE or reading.waiting or reading.found:
            self._keep(reading, kind)

    def _read_archive(self, item: Item, depth: int) -> None:
        senders = Senders()
        # In a student's own archive no platform names anybody.
        for found in () if item.people else members(item.content, depth, is_metadata):
            if isinstance(found, Content):
                self.learn(senders, found)
            elif is_metadata(found.file):
                self.notices.append(found)
        for found in members(item.content, depth, is_submission):
            if isinstance(found, Content):
                self.read(senders.item(found, item), depth + 1)
            else:
                nothing = replace(item.content, name=found.file, held=b"")
                reading = Reading(senders.item(nothing, item), self.register)
                reading.unreadable(found.line, found.what, found.fix)
                self._keep(reading, Format.ARCHIVE)

    def _keep(self, reading: Reading, kind: str) -> None:
        _check_sender(reading)
        content = reading.item.content
        origin = str(content.origin or content.path)
        count = self.counts.setdefault(origin, _Count())
        count.formats[kind] = None
        count.rows["blank"] += reading.blank
        self.found += [(count, found) for found in reading.found]
        self.waiting += [(count, waiting) for waiting in reading.waiting]
        self.notices += reading.notices
        self.settled |= reading.settles

    def submissions(self) -> Submissions:
        """Return all that arrived, one submission for each paper."""
        self._settle()
        papers: dict[str, list[Found]] = defaultdict(list)
        for count, found in self.found:
            count.rows["imported"] += found.rows
            papers[found.submission.paper].append(found)
        counts = {id(found): count for count, found in self.found}
        results: list[Submission] = []
        waiting: list[Waiting] = []
        for result in (
            merge_submissions(found, latest=self.how.latest) for found in papers.values()
        ):
            answers = pack(result.submission.answers)
            results.append(replace(result.submission, answers=answers))
            waiting += result.waiting
            self.notices += result.notices
            for found in result.duplicates:
                counts[id(found)].rows["imported"] -= found.rows
                counts[id(found)].rows["duplicate"] += found.rows
        for count, one in self.waiting:
            count.rows[one.problem] += one.rows
        self.notices += _several_papers(results)
        return Submissions(
            tuple(results),
            tuple(dict.fromkeys(self.notices)),  # what two answers share is said once
            tuple(_file_count(name, count) for name, count in self.counts.items()),
            (*(one for _, one in self.waiting), *waiting),
        )

    def _settle(self) -> None:
        """Take away what waited and was settled in an exception file."""
        for count, waiting in self.waiting:
            count.rows["settled"] += waiting.rows * self._is_settled(waiting)
        gone = {waiting.fault for _, waiting in self.waiting if self._is_settled(waiting)}
        self.waiting = [pair for pair in self.waiting if pair[1].fault not in gone]
        self.notices = [notice for notice in self.notices if notice not in gone]
        self.found = [
            (count, found)
            for count, found in self.found
            if found.rows or found.corrected or found.submission.sources[0] not in self.settled
        ]

    def _is_settled(self, waiting: Waiting) -> bool:
        return not waiting.cited and waiting.source in self.settled


@contextmanager
def _contained(reading: Reading) -> Iterator[None]:
    """Leave a file to a person, whatever reading it raises; a full disk ends the run."""
    try:
        yield
    except Unread as error:
        reading.fail(error)
    except ExamgenError:
        raise
    except Exception as error:  # noqa: BLE001 - what one stranger wrote must not stop a class
        reading.fail(error)


def _check_sender(reading: Reading) -> None:
    """Leave what one sender hands in to a person if it speaks for more than one paper."""
    found = reading.found
    if reading.item.sender and len({item.submission.paper for item in found}) > 1:
        reading.found = []
        what = f"{excerpt(reading.item.sender)} handed in answers of several papers"
        fault = Fault(reading.name, 1, what, "find out whose answers these are")
        reading.notices.append(fault)
        for own in (item.submission for item in found[:MAX_TRIES]):
            texts = tuple((name, text) for name, g in own.answers.items() for text in texts_of(g))
            reading.waiting.append(Waiting(Problem.UNMATCHED, fault, own.student, own.paper, texts))


def _several_papers(results: Iterable[Submission]) -> Iterator[Fault]:
    """Yield students with several papers: all of them are marked, and one may be wrong."""
    own: dict[str, list[Submission]] = defaultdict(list)
    for result in results:
        own[result.student].append(result)
    for student, those in own.items():
        if len(those) > 1:
            file, _, line = those[-1].sources[0].rpartition(":")
            papers = ", ".join(one.paper for one in those)
            what = f"{excerpt(student)} handed in several papers ({papers})"
            yield Fault(file, int(line), what, "find out which one is theirs; all are marked")


def _file_count(name: str, count: _Count) -> FileCount:
    rows = count.rows
    return FileCount(
        name,
        tuple(count.formats),
        *(rows["imported"], rows[Problem.UNMATCHED], rows["duplicate"]),
        *(rows[Problem.UNREADABLE], rows["blank"], rows["settled"]),
    )


def _never_handed_in(
    papers: Sequence[Submission], keys: Sequence[PaperKey], file: str
) -> Iterator[Fault]:
    seen = {name for item in papers for name in item.answers}
    asked = (a.id for key in keys for a in key.answers if isinstance(a, AnswerKey))
    missing = [name for name in dict.fromkeys(asked) if name not in seen]
    if missing:
        fix = "hand in a table with these columns; until then these answers are absent"
        yield Fault(file, 1, f"nothing was handed in for {', '.join(missing)}", fix)
