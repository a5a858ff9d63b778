"""Hand back: a complete page for each student, zips as platforms want them, a mail merge."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING, TypeAlias

from examgen.folder.key import PaperKey
from examgen.folder.key_file import KEY, key_file
from examgen.folder.manifest import MANIFEST, read_manifest
from examgen.ground.csv_cells import table
from examgen.ground.errors import Fault, InputError
from examgen.ground.files import atomic_file, atomic_folder
from examgen.ground.privacy import keeps_private
from examgen.ground.tables.headers import Field
from examgen.ground.wording import format_count, marks_text, plural
from grader.export.book import Book, State, Wishes, entries
from grader.export.matching import match
from grader.export.moodle_worksheet import participant, users
from grader.export.sheet import read_sheet
from grader.feedback.own_paper import own_parts
from grader.feedback.page import feedback
from grader.feedback.zip_files import file_stems, safe_name, write_zip
from grader.processes.spread import spread
from grader.results.made import current_results
from grader.results.read import read_results

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from examgen.folder.manifest import Manifest
    from grader.export.book import Entry
    from grader.scoring.marked import MarkedPaper

    Printer: TypeAlias = Callable[[Iterable[MarkedPaper]], Iterator[tuple[str, bytes]]]

MAIL = "mail.csv"
MAIL_COLUMNS = ("email", "name", "id", "total", "out of", "pending", "file", "text")


@dataclass(frozen=True)
class HandbackReport:
    """The files that were written.

    Attributes:
        folder: the pages and the mail merge.
        pages: how many.
        zip: the zip, where one was asked for.
        notices: what a person should know.
    """

    folder: Path
    pages: int
    zip: Path | None
    notices: tuple[Fault, ...]


@keeps_private
def hand_back(
    folder: Path,
    out: Path | None = None,
    *,
    zipped: bool = False,
    worksheet: Path | None = None,
    solutions: bool = True,
    skip_missing: bool = False,
    printed: Printer | None = None,
    progress: Callable[[int, int], None] | None = None,
    jobs: int = 1,
) -> HandbackReport:
    """Write a page for each student who handed in, and a table for mailing them.

    Args:
        folder: a graded exam folder.
        out: where the pages go; `feedback` in the exam folder if None.
        zipped: whether all pages go into one zip, called after the students' ids.
        worksheet: the grading worksheet of a Moodle assignment; the zip then has the names that
            Moodle wants for feedback files.
        solutions: whether worked solutions and model answers are shown.
        skip_missing: whether students whom the worksheet does not know are left out of the zip.
        printed: gives PDFs of marked papers by their ids; None: pages are HTML only.
        progress: called with the number of pages done, and of all.
        jobs: how many processes write pages.

    Raises:
        InputError: nothing was graded, the key is not the one it was graded with, or students are
            missing in the worksheet; then nothing is written.
        ExamgenError: `out` exists and is something else.
    """
    manifest = read_manifest(folder)
    wishes = Wishes(skip_missing=skip_missing)
    results = current_results(folder)
    papers = entries(read_results(results), manifest, wishes, answers=False)
    handed_in = [replace(e, grade=e.marks) for e in papers if e.state is not State.ABSENT]
    names = {
        paper: f"{stem}.html"
        for paper, stem in file_stems((e.person.id, e.paper) for e in handed_in).items()
    }
    packed: Mapping[str, str] = names
    notices = list(without_address(handed_in, str(folder / MANIFEST)))
    if worksheet is not None:
        book = Book(manifest.title, tuple(handed_in), wishes)
        packed, strangers = moodle_names(book, worksheet, names)
        notices.extend(strangers)
    target = out or folder / "feedback"
    page = partial(_page, manifest, solutions=solutions)
    pages = spread(page, pairs_of(folder, results), jobs)
    with atomic_folder(target, MAIL) as new, closing(pages):
        for number, (paper, text) in enumerate(pages, 1):
            (new / names[paper]).write_text(text, encoding="utf-8")
            if progress:
                progress(number, len(names))
        if printed is not None:
            those = (one for one in read_results(results) if one.handed_in)
            for paper, content in printed(those):
                (new / _pdf_name(names[paper])).write_bytes(content)
        rows = (mail_row(entry, manifest.heading, names[entry.paper]) for entry in handed_in)
        (new / MAIL).write_text(table(MAIL_COLUMNS, rows), encoding="utf-8-sig", newline="")
    kind = "moodle" if worksheet is not None else "plain" if zipped else ""
    archive = pack(target, kind, names, packed) if kind else None
    return HandbackReport(target, len(names), archive, tuple(notices))


def pack(target: Path, kind: str, names: Mapping[str, str], inside: Mapping[str, str]) -> Path:
    """Return the zip with the pages under their names inside."""
    archive = target.with_name(f"{target.name}-{kind}.zip")
    pairs = [(name, target / names[paper]) for paper, name in inside.items()]
    pairs += [(_pdf_name(name), target / _pdf_name(page.name)) for name, page in pairs]
    with atomic_file(archive) as file:
        write_zip(file, ((name, page.read_bytes()) for name, page in pairs if page.exists()))
    return archive


def _pdf_name(page: str) -> str:
    return f"{page.removesuffix('.html')}.pdf"


def _page(
    about: Manifest, pair: tuple[MarkedPaper, PaperKey], *, solutions: bool
) -> tuple[str, str]:
    """Return the id of a paper and its page."""
    paper, key = pair
    own = own_parts(key, solutions=solutions, language=about.spoken)
    return paper.paper, feedback(paper, about.heading, own, about.spoken, about.appeals)


def pairs_of(folder: Path, results: Path) -> Iterator[tuple[MarkedPaper, PaperKey]]:
    """Yield the papers that were handed in; keys and results are read side by side."""
    keys = key_file(folder / KEY)
    own_keys = map(PaperKey.from_json, keys.lines())
    pairs = zip_longest(read_results(results), own_keys)
    for line, (paper, key) in enumerate(pairs, start=1):
        if paper is None or key is None or not _belong_together(paper, key):
            what = "the results are not those of this key"
            fix = "run examgen regrade, or grade the exam again"
            raise InputError([Fault(str(folder / KEY), line, what, fix)])
        if paper.handed_in:
            yield paper, key


def _belong_together(paper: MarkedPaper, key: PaperKey) -> bool:
    """Return whether a paper was marked with this key; another key's page would mislead."""
    right = {answer.id: getattr(answer, "expected", "") for answer in key.answers}
    return paper.paper == key.paper and right == {a.id: a.expected for a in paper.answers}


def moodle_names(
    book: Book, worksheet: Path, names: Mapping[str, str]
) -> tuple[Mapping[str, str], Sequence[Fault]]:
    """Return the name of each paper's page in a zip for Moodle: a folder for each participant."""
    sheet = read_sheet(worksheet)
    found = match(book, sheet, users(sheet))
    if found.faults:
        raise InputError(found.faults)
    full = sheet.column(Field.NAME)
    packed = {}
    for row, entry in found.pairs:
        name = safe_name(row.cells[full] if full is not None else entry.person.name)
        inside = f"{name}_{participant(sheet, row)}_assignsubmission_file_"
        packed[entry.paper] = f"{inside}/{names[entry.paper]}"
    return packed, found.notices


def without_address(handed_in: Sequence[Entry], file: str) -> Iterator[Fault]:
    """Say how many students have no address."""
    missing = sum(not entry.person.get("email") for entry in handed_in)
    if missing:
        who = format_count(missing, "student has", "students have")
        what = f"{who} no e-mail address, and none in {MAIL}"
        yield Fault(file, 1, what, "make the exam with a roster that has a column email")


def mail_row(entry: Entry, title: str, file: str) -> tuple[str, ...]:
    """Return the row of a student in the table for mailing, with the file that goes along."""
    marks = tuple(map(marks_text, (entry.marks, entry.out_of, entry.pending)))
    person = entry.person
    about = (person.get("email"), person.name, person.id)
    return (*about, *marks, file, " ".join(_mail_text(entry, title, file)))


def _mail_text(entry: Entry, title: str, file: str) -> Iterator[str]:
    """Yield what a student is told in a mail, sentence by sentence."""
    say = entry.say
    got, most, wait = map(say.marks, (entry.marks, entry.out_of, entry.pending))
    yield say("Your marks in {}: {} of {}.", title or say("the exam"), got, most)
    if entry.pending:
        waits = plural(entry.pending, "Another {} mark waits", "Another {} marks wait")
        yield say(f"{waits} for a person to look at.", wait)
    yield say("The page {} says why.", file)
