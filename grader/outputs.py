"""Writing the results that stand into a folder, paper by paper from the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from answers.counting import counted
from grader.feedback import FeedbackWriter
from grader.files import whole_file, whole_folder
from grader.gradebook import VERDICTS, GradebookWriter
from grader.intake import EXCEPTIONS, exceptions
from grader.keys import KEY
from grader.manifest import find_manifest
from grader.results import RESULTS
from grader.standing import standing
from grader.summary import Tally
from solvers.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from grader.marks import MarkedPaper
    from grader.store.store import Run, Store
    from grader.submissions import Submissions
    from grader.summary import ClassSummary


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
    ids: Iterable[str],
    folder: Path,
    out: Path | None = None,
    more: Mapping[str, str] | None = None,
) -> Results:
    """Writes the gradebook, every verdict and the feedback; the folder appears whole or not at all.

    Args:
        store: the grading store.
        run: whose results.
        ids: all answers of the exam, in the order asked.
        folder: the exam folder.
        out: where the results go; `grades` in the exam folder if None.
        more: what other tables stand in the folder, by their names; None keeps what is there.

    Raises:
        ExamgenError: `out` exists and is something else, or the disk is full.
    """
    target, tally, faults = out or folder / RESULTS, Tally(), _Faults()
    with (
        whole_folder(target, VERDICTS, {EXCEPTIONS}) as new,
        GradebookWriter(new, ids) as gradebook,
    ):
        for name, text in (_kept(target) if more is None else more).items():
            (new / name).write_text(text, encoding="utf-8-sig", newline="")
        students = store.students(run)
        pages = FeedbackWriter(new / "feedback", students, find_manifest(folder).heading)
        for paper in standing(store, run):
            for writer in (gradebook, pages, tally, faults):
                writer.add(paper)
    return Results(target, tally.summary(), tuple(faults.found.values()))


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
    with whole_file(path) as file:
        file.write(exceptions(taken.waiting).encode("utf-8-sig"))
    rows = counted(len(taken.waiting), "row waits", "rows wait")
    yield Fault(
        str(path), 1, f"{rows}, and no other was found", "correct it and hand it in as well"
    )


def _kept(target: Path) -> Mapping[str, str]:
    """What grading wrote that grading again knows nothing of: the rows that wait to be settled."""
    path = target / EXCEPTIONS
    return {EXCEPTIONS: path.read_bytes().decode("utf-8-sig")} if path.is_file() else {}
