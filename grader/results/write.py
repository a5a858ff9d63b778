"""Writing the results that stand into a folder, paper by paper from the store."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from examgen.folder.key_file import KEY
from examgen.folder.manifest import find_manifest
from examgen.ground.errors import Fault
from examgen.ground.files import atomic_file, atomic_folder
from examgen.ground.wording import format_count
from grader.feedback.page import FeedbackWriter
from grader.intake import EXCEPTIONS, exceptions
from grader.results.count_parts import counting
from grader.results.effective_marks import effective_results
from grader.results.marker_file import MARKERS
from grader.results.read import RESULTS, RUN, remember, results_of
from grader.results.summary import Tally
from grader.results.tables import VERDICTS, GradebookWriter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from examgen.folder.key_file import KeyFile
    from examgen.folder.students import Student
    from grader.records.submissions import Submissions
    from grader.results.summary import ClassSummary
    from grader.scoring.marked import MarkedPaper
    from grader.store.store import Run, Store


@dataclass(frozen=True)
class Results:
    """Results that were written.

    Attributes:
        faults: what went wrong in marking, at the key's line; once for each answer and reason.
    """

    folder: Path
    summary: ClassSummary
    faults: tuple[Fault, ...]


class _Faults:
    """Collects what went wrong in marking."""

    def __init__(self) -> None:
        self._papers = 0
        self.found: dict[tuple[str, str], Fault] = {}

    def add(self, paper: MarkedPaper) -> None:
        self._papers += 1
        for answer in paper.answers:
            if answer.fault:
                what = f"{answer.id} could not be marked: {answer.fault}"
                fix = "a person has to mark it, or mend the question"
                fault = Fault(KEY, self._papers, what, fix)
                self.found.setdefault((answer.id, answer.fault), fault)


def write_results(
    store: Store,
    run: Run,
    keys: KeyFile,
    folder: Path,
    out: Path | None = None,
    more: Mapping[str, str] | None = None,
) -> Results:
    """Write the gradebook, every verdict and the feedback; the folder appears whole or not at all.

    Args:
        store: the grading store.
        run: whose results.
        keys: of the exam.
        folder: the exam folder.
        out: where the results go; None: `grades` in the exam folder, or where they are now, if
            they are written again.
        more: what else is in the folder, by the names of files; None keeps what is there.

    Raises:
        ExamgenError: `out` exists and is something else, or the disk is full.
    """
    before = results_of(folder)
    again = before if run.kind == "regrade" or more is None else folder / RESULTS
    target, tally, faults = out or again, Tally(), _Faults()
    with (
        atomic_folder(target, VERDICTS, {EXCEPTIONS}) as new,
        GradebookWriter(new, keys.answers) as gradebook,
    ):
        for name, text in (_kept(before) if more is None else more).items():
            (new / name).write_text(text, encoding="utf-8-sig", newline="")
        (new / RUN).write_text(json.dumps({"key": run.key, "rules": run.rules}), encoding="utf-8")
        if (before / MARKERS).is_file():
            (new / MARKERS).write_bytes((before / MARKERS).read_bytes())
        about, students = find_manifest(folder), store.students(run)
        pages = FeedbackWriter(
            new / "feedback", students, about.heading, about.spoken, about.appeals
        )
        papers = counting(effective_results(store, run), keys.roll)
        for paper in map(partial(_named, about.people), papers):
            for writer in (gradebook, pages, tally, faults):
                writer.add(paper)
    remember(folder, target)
    return Results(target, tally.summary(), tuple(faults.found.values()))


def _named(people: Mapping[str, Student], paper: MarkedPaper) -> MarkedPaper:
    """Return a paper with the name of the student who handed it in, as the roster has it."""
    person = people.get(paper.student)
    return paper if person is None or not person.name else replace(paper, name=person.name)


def write_exceptions(folder: Path, out: Path | None, taken: Submissions) -> Iterator[Fault]:
    """Write what waits where not one row was of anybody; there are no results, or the old ones.

    Args:
        folder: the exam folder.
        out: where results go; `grades` in the exam folder if None.
        taken: what was handed in.
    """
    if not taken.waiting:
        return
    path = (out or folder / RESULTS) / EXCEPTIONS
    with atomic_file(path) as file:
        file.write(exceptions(taken.waiting).encode("utf-8-sig"))
    rows = format_count(len(taken.waiting), "row waits", "rows wait")
    yield Fault(
        str(path), 1, f"{rows}, and no other was found", "correct it and hand it in as well"
    )


def _kept(target: Path) -> Mapping[str, str]:
    """Return the rows that grading left to be settled, of which regrading knows nothing."""
    path = target / EXCEPTIONS
    return {EXCEPTIONS: path.read_bytes().decode("utf-8-sig")} if path.is_file() else {}
