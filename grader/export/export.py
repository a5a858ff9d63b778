"""Handing grades to a platform: everything is checked first, and then one file is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from examgen.folder.manifest import MANIFEST, read_manifest
from examgen.ground.errors import ExamgenError, Fault, InputError
from examgen.ground.files import atomic_file
from examgen.ground.privacy import keeps_private
from examgen.ground.wording import first_of, format_count
from grader.export.book import Book, Made, State, Wishes, entries
from grader.export.sheet import read_sheet
from grader.export.systems.search import all_systems
from grader.records.submissions import excerpt
from grader.results.made import current_results
from grader.results.read import read_results

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from grader.export.systems.base import System


@dataclass(frozen=True)
class ExportReport:
    """The files that were exported.

    Attributes:
        file: what was written.
        states: how many students in the file are in each state.
        blank: ids of those who handed in nothing but blanks, since few platforms can say so.
        left_out: how many students with a grade are not in the file.
        notices: what a person should know.
    """

    file: Path
    states: Mapping[State, int]
    blank: tuple[str, ...]
    left_out: int
    notices: tuple[Fault, ...]


@keeps_private
def export(
    folder: Path,
    system: str,
    into: Path | None = None,
    out: Path | None = None,
    wishes: Wishes = Wishes(),  # noqa: B008 - frozen
) -> ExportReport:
    """Write the grades of a graded exam folder for a platform.

    Args:
        folder: the exam folder.
        system: the name of one of `all_systems`.
        into: the platform's own file; it is not changed.
        out: the file to write; in the exam folder, called after the platform, if None.
        wishes: which column, scale and students.

    Raises:
        InputError: with all that stops the platform from taking the grades; nothing is written.
        ExamgenError: the platform's file is missing, or would be overwritten.
    """
    target = all_systems()[system]
    _check(target, into, out, wishes)
    manifest = read_manifest(folder)
    wanted = wishes.answers or target.needs_answers
    papers = read_results(current_results(folder))
    book = Book(manifest.title, entries(papers, manifest, wishes, answers=wanted), wishes)
    faults = list(_faults(book, target, str(folder / MANIFEST)))
    try:
        made = _made(target, book, into)
        faults.extend(made.faults)
    except InputError as error:
        faults.extend(error.faults)
    if faults:
        raise InputError(faults)
    path = out or folder / f"grades-{system}{made.suffix}"
    with atomic_file(path) as file:
        file.write(made.content)
    left_out = {entry.paper for entry in made.left_out}
    there = [entry for entry in book.entries if entry.paper not in left_out]
    states = Counter(entry.state for entry in there)
    blank = tuple(entry.person.id for entry in there if entry.state is State.BLANK)
    return ExportReport(path, states, blank, len(left_out), made.notices)


def _check(system: System, into: Path | None, out: Path | None, wishes: Wishes) -> None:
    wanted = {"--answers": wishes.answers, "--column": wishes.column}
    for option, why in system.refuses.items():
        if wanted[option]:
            raise ExamgenError(f"{option}: {why}; leave it out")
    if into is not None and out is not None and out.resolve() == into.resolve():
        raise ExamgenError(f"{out}: this is the platform's own file; name another one with --out")


def _made(system: System, book: Book, into: Path | None) -> Made:
    if into is None:
        if system.make is None:
            raise ExamgenError(f"{system.name} needs {system.takes}; name it with --into")
        return system.make(book)
    if system.fill is None:
        raise ExamgenError(f"{system.name} takes no file; leave --into out")
    return system.fill(book, read_sheet(into))


def _faults(book: Book, system: System, file: str) -> Iterator[Fault]:
    """Yield what stops any platform: a student twice, an unknown exempt one, waiting marks."""
    counts = Counter(entry.person.id for entry in book.entries)
    for name in (name for name, count in counts.items() if count > 1):
        papers = ", ".join(entry.paper for entry in book.entries if entry.person.id == name)
        what = f"{excerpt(name)} has several papers ({papers})"
        yield Fault(file, 1, what, "keep the submission of one of them, and grade again")
    for name in sorted(book.wishes.exempt - counts.keys()):
        yield Fault(file, 1, f"--exempt {excerpt(name)}: no such student", "correct the id")
    waiting = [entry for entry in book.entries if entry.state is State.PENDING]
    if waiting and not (system.may_wait or book.wishes.pending_as_blank):
        who = format_count(len(waiting), "student has", "students have")
        names = first_of([excerpt(entry.person.id) for entry in waiting])
        fix = "mark them first, or leave these students without a grade with --pending-as-blank"
        yield Fault(file, 1, f"{who} marks that wait for a person: {names}", fix)
