"""Grading a class: an exam folder and what was handed in, to marks, feedback and a gradebook."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from examgen.folder.manifest import MANIFEST, find_manifest
from examgen.ground.errors import ExamgenError, Fault, InputError
from examgen.ground.files import copy_untouched, writing
from examgen.ground.privacy import keeps_private
from examgen.ground.wording import first_of, format_count, plural
from grader.intake import (
    EXCEPTIONS,
    Intake,
    exceptions,
    read_columns,
    read_files,
    read_printed,
    take_in,
)
from grader.processes.pool import Workers
from grader.processes.worker import Task
from grader.results.made import exam_key, note_changed_key
from grader.results.read import read_results
from grader.results.summary import ClassSummary
from grader.results.write import write_exceptions, write_results
from grader.scoring.rules import rules_version
from grader.store.rows import digest
from grader.store.store import Done, Store, batches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from examgen.folder.key_file import KeyFile
    from grader.records.submissions import FileCount
    from grader.scoring.marked import MarkedPaper
    from grader.store.store import Run

Progress: TypeAlias = "Callable[[int, int], None]"
AT_ONCE = 16


@dataclass(frozen=True)
class GradeReport(ClassSummary):
    """The result of grading a class.

    Attributes:
        folder: where everything was written.
        notices: what was wrong with what was handed in, and with keys that could not be used.
        left_out: those of them that are files which could not be opened: a name that is wrong.
        submissions: the untouched copies.
        files: what became of the rows of each file.
        to_settle: how many of them wait in the exception file.
    """

    folder: Path
    notices: tuple[Fault, ...]
    left_out: tuple[Fault, ...]
    submissions: tuple[Path, ...]
    files: tuple[FileCount, ...] = ()
    to_settle: int = 0

    @property
    def papers(self) -> tuple[MarkedPaper, ...]:
        """Return every paper with its marks, in the order of the key, read from the folder."""
        return tuple(read_results(self.folder))


@keeps_private
def grade(
    folder: Path,
    submissions: Iterable[Path],
    out: Path | None = None,
    progress: Progress | None = None,
    *,
    jobs: int = 1,
    columns: Path | None = None,
    latest: bool = False,
    database: str | None = None,
    scheduler: str | None = None,
) -> GradeReport:
    """Mark what was handed in for an exam folder.

    Cut off at any moment and called again, it goes on where it was.

    Args:
        folder: the exam folder; its `key.jsonl` is all that marking reads of the exam.
        submissions: files and folders of files.
        out: where the results go; `grades` in the exam folder if None. It appears whole or not
            at all, and replaces the results of an earlier run.
        progress: called after some papers with the number of papers done, and of all.
        jobs: how many processes mark; the marks are the same with any number.
        columns: a file that says what the columns of a table hold, where nothing can be guessed.
        latest: of several submissions of a student that differ, the latest counts.
        database: the URL of the database that holds the store; a file in the folder if None.
        scheduler: the address of a Dask cluster that marks instead: `tcp://host:8786`.

    Raises:
        InputError: the key is damaged, or nothing that was handed in could be read.
        ExamgenError: `out` exists and is something else, or the store cannot be used.
    """
    keys = exam_key(folder)
    contents, left_out = read_files(submissions)
    named = read_columns(columns, keys.roll) if columns else {}
    taken = take_in(contents, keys.roll, Intake(read_printed(folder), named, latest))
    faults = [*note_changed_key(folder, keys), *left_out, *taken.notices]
    if not taken.papers:
        faults += write_exceptions(folder, out, taken)
        nothing = Fault(str(folder), 1, "no submission was found", "hand in a table or forms")
        raise InputError(faults or [nothing])
    with writing(folder / "submissions"):
        copies = copy_untouched(contents, folder / "submissions")
    with open_store(folder, database) as store:
        run = store.begin("grade", store.keep(taken.papers), keys.version, rules_version())
        taken = replace(taken, papers=())  # which are in the store, and need the most room
        mark_run(store, run, keys, progress, jobs, scheduler)
        faults.extend(_left_out(store, run))
        more = {EXCEPTIONS: exceptions(taken.waiting)}
        results = write_results(store, run, keys, folder, out, more)
        store.finish(run)
    notices = (*faults, *results.faults)
    return GradeReport(
        **vars(results.summary),
        folder=results.folder,
        notices=notices,
        left_out=tuple(left_out),
        submissions=copies,
        files=taken.files,
        to_settle=len(taken.waiting),
    )


def _left_out(store: Store, run: Run) -> Iterator[Fault]:
    """Yield papers that count now and will be absent: their submissions were not named again."""
    before = store.current()
    if before is None:
        return
    now = store.submission_ids(run.intake)
    missing = [paper for paper in sorted(store.submission_ids(before.intake)) if paper not in now]
    if missing:
        were = format_count(len(missing), "paper was", "papers were")
        what = f"{were} handed in before and {plural(len(missing), 'is', 'are')} absent now"
        what = f"{what}: {first_of(missing)}"
        yield Fault(store.database.shown, 1, what, "name all files that count in one command")


def open_store(folder: Path, database: str | None = None) -> Store:
    """Return the grading store of an exam folder; it is refused to another exam."""
    about = find_manifest(folder)
    exam = digest([about.seed, about.course, about.title]) if (folder / MANIFEST).exists() else ""
    store = Store.of_folder(folder, database, exam)
    store.rule = about.marking
    return store


def graded_run(store: Store, folder: Path) -> Run:
    """Return the run whose results count.

    Raises:
        ExamgenError: nothing was graded yet.
    """
    run = store.current()
    if run is None:
        raise ExamgenError(f"{folder}: nothing was graded yet; run examgen grade first")
    return run


def mark_run(
    store: Store,
    run: Run,
    keys: KeyFile,
    progress: Progress | None = None,
    jobs: int = 1,
    scheduler: str | None = None,
) -> None:
    """Mark the papers of a run that are not marked yet, into the store."""
    done = store.marked_papers(run)
    todo = [place for place in range(len(keys.roll)) if place not in done]
    ids = store.submission_ids(run.intake)
    count = len(done)
    for results in batches(_marked(_tasks(store, ids, keys, todo), jobs, scheduler), AT_ONCE):
        found = [
            Done(task.place, keys.versions[task.place], ids.get(paper.paper), paper)
            for task, paper in results
        ]
        store.add(run, found)
        count += len(found)
        if progress:
            progress(count, len(keys.roll))


def _tasks(store: Store, ids: dict[str, str], keys: KeyFile, places: list[int]) -> Iterator[Task]:
    """Yield what is to be marked, read from the store and the key as it is needed."""
    own = (ids.get(keys.roll[place].paper) for place in places)
    handed_in = store.submissions(name for name in own if name is not None)
    for place, line in zip(places, keys.lines(places), strict=True):
        is_here = keys.roll[place].paper in ids
        yield Task(place, line, next(handed_in)[1] if is_here else None)


def _marked(
    tasks: Iterator[Task], jobs: int, scheduler: str | None
) -> Iterator[tuple[Task, MarkedPaper]]:
    if scheduler:
        from grader.processes.dask_cluster import Cluster  # noqa: PLC0415 - an extra

        with Cluster(scheduler) as cluster:
            yield from cluster.mark_all(tasks)
        return
    with Workers(jobs) as workers:
        yield from workers.mark_all(tasks)
