"""Deleting everything that an exam folder holds of a student."""

from __future__ import annotations

import csv
import io
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from examgen.exam_day.write import EXAM_DAY
from examgen.folder.key_file import KEY, key_file
from examgen.folder.scans import ORIGINALS, SCANS
from examgen.ground.csv_cells import to_csv
from examgen.ground.errors import ExamgenError
from examgen.ground.files import write_whole
from examgen.ground.privacy import is_for_group, private
from examgen.personal_data.give_out import own_files
from examgen.personal_data.traces import names, traces
from generator.folder.remove_student import remove_student
from generator.folder.rewrite_keys import JOINED
from grader.by_hand.pictures import PICTURES
from grader.by_hand.sheets import MARKING
from grader.grade import open_store
from grader.intake import Intake, read_files, read_printed, take_in
from grader.regrade import regrade
from grader.results.read import results_of
from grader.scan.records import read_journal
from grader.store.database import GRADEBOOK
from grader.store.personal import delete_rows, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from examgen.personal_data.person import Person

SUBMISSIONS = "submissions"
DERIVED = ("feedback", "annotated", "report", "final")
"""Folders that commands write again from the results."""


@dataclass(frozen=True)
class Forgotten:
    """The files and rows that were deleted.

    Attributes:
        rows: how many rows of the store.
        files: files and folders that are gone.
        changed: copies of what was handed in from which the student's rows were taken.
        left: files in which the student is still named, and scans with pages of theirs: for a
            person to look at.
    """

    rows: int
    files: tuple[Path, ...]
    changed: tuple[Path, ...]
    left: tuple[Path, ...]


def forget(folder: Path, person: Person, database: str | None = None) -> Forgotten:
    """Delete a student's papers, answers, marks and pages; everybody else's marks stay.

    Tables that were handed in for several students lose the student's rows. What commands wrote
    for the class is deleted where it names the student, and results are written again.

    Raises:
        ExamgenError: somebody else handed in the student's paper, or the store cannot be used.
    """
    has_store = database is not None or (folder / GRADEBOOK).exists()
    _refuse_swapped(folder, person, database, has_store=has_store)
    with private(group=is_for_group(folder)):
        files, changed = _submissions(folder, person)
        files += [path for _, path in own_files(folder, person)]
        files += list(_derived(folder, person))
        for path in files:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        rows = 0
        if has_store:
            with open_store(folder, database) as store:
                rows = delete_rows(store.database, person.student.id, person.papers)
        if person.paper:
            remove_student(folder, person.paper)
        if has_store and results_of(folder).exists():
            regrade(folder, database=database)
    left = dict.fromkeys((*traces(folder, person.signs), *scans_of(folder, person)))
    return Forgotten(rows, tuple(files), tuple(changed), tuple(left))


def scans_of(folder: Path, person: Person) -> list[Path]:
    """Return the scanned files that have pages of the student among those of others."""
    pages = read_journal(folder / SCANS).pages.values()
    own = (page.image.partition("#")[0] for page in pages if page.paper in person.papers)
    return sorted({folder / SCANS / ORIGINALS / sha for sha in own})


def _refuse_swapped(folder: Path, person: Person, database: str | None, *, has_store: bool) -> None:
    """Refuse where the paper holds the answers of somebody else."""
    if not has_store or not person.paper:
        return
    with open_store(folder, database) as store:
        rows = rows_of(store.database, person.student.id, (person.paper,))["submissions"]
    others = {row["student"] for row in rows if row["paper"] == person.paper}
    if others - {person.student.id}:
        what = f"paper {person.paper} of {person.student.id} was handed in by somebody else"
        raise ExamgenError(f"{what}; settle whose it is, and grade again")


def _submissions(folder: Path, person: Person) -> tuple[list[Path], list[Path]]:
    """Return the copies that are the student's alone, and those from which rows were taken."""
    alone, changed = [], []
    named = list(traces(folder / SUBMISSIONS, person.signs))
    keys = key_file(folder / KEY).roll if named else ()
    printed = read_printed(folder) if named else None
    for path in named:
        contents, _ = read_files([path])
        found = take_in(contents, keys, Intake(printed) if printed else None)
        if {one.student for one in found.papers} <= {person.student.id}:
            alone.append(path)
        elif (text := _without_rows(path, person)) is not None:
            write_whole(path, text)
            changed.append(path)
    return alone, changed


def _without_rows(path: Path, person: Person) -> str | None:
    """Return a table as CSV without the rows that name a student; None if it is no such table."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        delimiter = csv.Sniffer().sniff(text.partition("\n")[0]).delimiter
    except (UnicodeDecodeError, csv.Error):
        return None
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    return to_csv((row for row in rows if not _names(row, person)), delimiter)


def _names(row: Iterable[str], person: Person) -> bool:
    return any(names(cell, person.signs) for cell in row)


def _derived(folder: Path, person: Person) -> Iterator[Path]:
    """Yield what commands wrote for the class, where it names the student or shows their hand."""
    joined = (folder / kind / JOINED for kind in ("keys", "solutions"))
    for_all = (folder / MARKING / PICTURES, folder / EXAM_DAY, *joined)
    yield from (path for path in for_all if path.exists())
    yield from (path for path in folder.glob("keys/*") if path.stem == person.paper)
    named = set(traces(folder, person.signs))
    for name in DERIVED:
        if any(path.is_relative_to(folder / name) for path in named):
            yield folder / name
    zips = (path for name in ("feedback", "annotated") for path in folder.glob(f"{name}-*.zip"))
    for path in (*folder.glob("grades-*"), *zips):
        if path in named:
            yield path
