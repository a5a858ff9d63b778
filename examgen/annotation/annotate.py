"""Papers back to students from end to end: their own pages with the marks, a table, and a zip."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from examgen.annotation.marks import draw_marks
from examgen.annotation.on_screen import build_typed
from examgen.annotation.scanned import Found, Scans, build_scanned
from examgen.annotation.sheets import Sheet
from examgen.folder.manifest import MANIFEST, read_manifest
from examgen.folder.scans import SCANS
from examgen.ground.csv_cells import table
from examgen.ground.errors import Fault
from examgen.ground.files import atomic_folder
from examgen.ground.privacy import keeps_private
from examgen.ground.translator import Translator
from examgen.ground.wording import first_of, format_count
from grader.export.book import Book, Wishes, entries
from grader.export.hand_back import (
    MAIL,
    MAIL_COLUMNS,
    mail_row,
    moodle_names,
    pack,
    pairs_of,
    without_address,
)
from grader.feedback.zip_files import file_stems
from grader.processes.spread import spread
from grader.results.made import current_results
from grader.results.read import read_results
from grader.scan.reading.images import Unusable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from examgen.folder.key import PaperKey
    from grader.scoring.marked import MarkedPaper

ANNOTATED, PAPERS = "annotated", "papers"


@dataclass(frozen=True)
class Annotated:
    """The report of what was written.

    Attributes:
        papers: how many.
        waiting: papers that wait for a person, and were left out.
        zip: the zip, where one was asked for.
        notices: what a person should know.
    """

    folder: Path
    papers: int
    waiting: tuple[str, ...]
    zip: Path | None
    notices: tuple[Fault, ...]


@dataclass(frozen=True)
class _Task:
    """A paper to annotate: its marks, its key, and what was scanned of it."""

    paper: MarkedPaper
    key: PaperKey
    found: tuple[Found, ...]


@keeps_private
def annotate(
    folder: Path,
    out: Path | None = None,
    *,
    zipped: bool = False,
    worksheet: Path | None = None,
    incomplete: bool = False,
    skip_missing: bool = False,
    progress: Callable[[int, int], None] | None = None,
    jobs: int = 1,
) -> Annotated:
    """Write each student's own pages with the marks on them.

    Args:
        folder: a graded exam folder.
        out: where the files go; `annotated` in the exam folder if None.
        zipped: whether all go into one zip, called after the students' ids.
        worksheet: the grading worksheet of a Moodle assignment; the zip then has the names that
            Moodle wants for feedback files.
        incomplete: whether papers that wait for a person are written as well.
        skip_missing: whether students whom the worksheet does not know are left out of the zip.
        progress: called with the number of papers done, and of all.
        jobs: how many processes draw.

    Raises:
        InputError: nothing was graded, the key is not the one it was graded with, or students are
            missing in the worksheet; then nothing is written.
        ExamgenError: `out` exists and is something else.
    """
    manifest, results = read_manifest(folder), current_results(folder)
    scans, wishes = Scans(folder), Wishes(skip_missing=skip_missing)
    waits = {one.paper: bool(one.pending) for one in read_results(results) if one.handed_in}
    waiting = () if incomplete else tuple(paper for paper, left in waits.items() if left)
    ready = [one for one in waits if one not in waiting]
    notices = list(_lacking(folder, ready, scans))
    given = {one for one in ready if scans.has(one) or _print_of(folder, one).exists()}
    known = entries(read_results(results), manifest, wishes, answers=False)
    own = tuple(replace(one, grade=one.marks) for one in known if one.paper in given)
    notices.extend(without_address(own, str(folder / MANIFEST)))
    stems = file_stems((one.person.id, one.paper) for one in own)
    names = {paper: f"{stem}.pdf" for paper, stem in stems.items()}
    inside: Mapping[str, str] = names
    if worksheet is not None:
        inside, strangers = moodle_names(Book(manifest.title, own, wishes), worksheet, names)
        notices.extend(strangers)
    target = out or folder / ANNOTATED
    pairs = (pair for pair in pairs_of(folder, results) if pair[0].paper in given)
    tasks = (_Task(paper, key, tuple(scans.of(paper.paper))) for paper, key in pairs)
    files = spread(partial(_annotate, folder, Translator(manifest.spoken)), tasks, jobs)
    with atomic_folder(target, MAIL) as new, closing(files):
        for number, (paper, raw, faults) in enumerate(files, 1):
            (new / names[paper]).write_bytes(raw)
            notices.extend(faults)
            if progress:
                progress(number, len(names))
        rows = (mail_row(entry, manifest.heading, names[entry.paper]) for entry in own)
        (new / MAIL).write_text(table(MAIL_COLUMNS, rows), encoding="utf-8-sig", newline="")
    kind = "moodle" if worksheet is not None else "plain" if zipped else ""
    archive = pack(target, kind, names, inside) if kind else None
    return Annotated(target, len(names), waiting, archive, tuple(notices))


def _print_of(folder: Path, paper: str) -> Path:
    return folder / PAPERS / f"{paper}.pdf"


def _annotate(folder: Path, say: Translator, task: _Task) -> tuple[str, bytes, list[Fault]]:
    """Return the id of a paper, its file, and what was left out of it."""
    paper = task.paper
    if not task.found:
        sheets = build_typed(_print_of(folder, paper.paper), paper, task.key)
        return paper.paper, draw_marks(sheets, paper, task.key, say), []
    pairs = [(found, _build(found)) for found in task.found]
    sheets = [sheet for _, sheet in pairs if isinstance(sheet, Sheet)]
    faults = [
        Fault(found.source, found.number, f"paper {paper.paper}: {why}", "scan the page by itself")
        for found, why in pairs
        if isinstance(why, str)
    ]
    return paper.paper, draw_marks(sheets, paper, task.key, say), faults


def _build(found: Found) -> Sheet | str:
    """Return an image as a sheet, or why it is left out."""
    try:
        sheet = build_scanned(found)
    except Unusable as error:
        return f"this image is left out: {error}"
    return sheet or "this image is left out: it shows other pages, too, and cannot be cut"


def _lacking(folder: Path, papers: Iterable[str], scans: Scans) -> Iterator[Fault]:
    """Say of which papers pages are missing, or all of them."""
    for paper in papers:
        if scans.has(paper) and (missing := scans.missing(paper)):
            pages = first_of(list(map(str, missing)))
            what = f"paper {paper} lacks {format_count(len(missing), 'page')}: {pages}"
            yield Fault(str(folder / SCANS), 1, what, "scan them, or say which images they are")
        elif not scans.has(paper) and not _print_of(folder, paper).exists():
            what = f"paper {paper} was not scanned, and has no PDF"
            yield Fault(str(folder / PAPERS), 1, what, "make the exam with a TeX engine")
