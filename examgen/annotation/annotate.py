"""Papers back to students from end to end: their own pages with the marks, a table, and a zip."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from examgen.annotation.marks import draw_marks
from examgen.annotation.on_screen import build_typed
from examgen.annotation.scanned import Found, Scans, build_scanned
from examgen.folder.manifest import MANIFEST, read_manifest
from examgen.ground.csv_cells import table
from examgen.ground.errors import Fault
from examgen.ground.files import atomic_folder
from examgen.ground.privacy import keeps_private
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

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from examgen.annotation.sheets import Sheet
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
    states = [(one, bool(scans.of(one.paper))) for one in read_results(results) if one.handed_in]
    waiting = tuple(one.paper for one, _ in states if one.pending)
    given = {
        one.paper
        for one, is_scanned in states
        if (is_scanned or _print_of(folder, one.paper).exists()) and (incomplete or not one.pending)
    }
    known = entries(read_results(results), manifest, wishes, answers=False)
    own = tuple(replace(one, grade=one.marks) for one in known if one.paper in given)
    stems = file_stems((one.person.id, one.paper) for one in own)
    names = {paper: f"{stem}.pdf" for paper, stem in stems.items()}
    inside: Mapping[str, str] = names
    notices = [*without_address(own, str(folder / MANIFEST)), *_left_out(folder, states, scans)]
    if worksheet is not None:
        inside, strangers = moodle_names(Book(manifest.title, own, wishes), worksheet, names)
        notices.extend(strangers)
    target = out or folder / ANNOTATED
    tasks = (
        _Task(paper, key, tuple(scans.of(paper.paper)))
        for paper, key in pairs_of(folder, results)
        if paper.paper in given
    )
    files = spread(partial(_annotate, folder), tasks, jobs)
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
    return Annotated(target, len(names), () if incomplete else waiting, archive, tuple(notices))


def _print_of(folder: Path, paper: str) -> Path:
    return folder / PAPERS / f"{paper}.pdf"


def _annotate(folder: Path, task: _Task) -> tuple[str, bytes, list[Fault]]:
    """Return the id of a paper, its file, and what was left out of it."""
    paper = task.paper
    if task.found:
        pairs = [(found, build_scanned(found)) for found in task.found]
        faults = [_shared(paper.paper, found) for found, sheet in pairs if sheet is None]
        sheets: list[Sheet] = [sheet for _, sheet in pairs if sheet is not None]
    else:
        sheets, faults = build_typed(_print_of(folder, paper.paper), paper, task.key), []
    return paper.paper, draw_marks(sheets, paper, task.key), faults


def _shared(paper: str, found: Found) -> Fault:
    what = f"an image of paper {paper} shows other pages, too, and cannot be cut"
    return Fault(found.source, found.number, f"{what}; it was left out", "scan the page by itself")


def _left_out(
    folder: Path, states: Iterable[tuple[MarkedPaper, bool]], scans: Scans
) -> Iterator[Fault]:
    """Yield what a person should know of the papers as they are."""
    for paper, is_scanned in states:
        if is_scanned and (missing := scans.missing(paper.paper)):
            pages = first_of(list(map(str, missing)))
            what = f"paper {paper.paper} lacks {format_count(len(missing), 'page')}: {pages}"
            yield Fault(str(folder / "scans"), 1, what, "scan them, or say which images they are")
        elif not is_scanned and not _print_of(folder, paper.paper).exists():
            what = f"paper {paper.paper} was not scanned, and has no PDF"
            yield Fault(str(folder / PAPERS), 1, what, "make the exam with a TeX engine")
