"""Grading a class: an exam folder and what was handed in, to marks, feedback and a gradebook."""

from __future__ import annotations

import json
import multiprocessing
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from grader.feedback import write_feedback
from grader.files import copy_untouched, read_regular, whole_folder
from grader.gradebook import VERDICTS, write_gradebook
from grader.intake import (
    EXCEPTIONS,
    Intake,
    exceptions,
    read_columns,
    read_files,
    read_printed,
    take_in,
)
from grader.keys import read_keys
from grader.mark import mark_paper
from grader.marks import Verdict
from solvers.errors import Fault, InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from answers.key import PaperKey
    from grader.feedback import Format
    from grader.marks import MarkedAnswer, MarkedPaper
    from grader.submissions import FileCount, Submission, Submissions

    _Marker: TypeAlias = Callable[
        [Sequence[PaperKey], Sequence[Submission | None]], Iterable[MarkedPaper]
    ]

KEY = "key.jsonl"
_NONE = Fraction(0)


@dataclass(frozen=True)
class AnswerSummary:
    """How the class did on one answer.

    Attributes:
        counts: how many papers got each verdict.
        mean: the mean of the marks that are certain, of those who handed in; None without any.
        mistakes: the recognised mistakes with their number, the most frequent first.
    """

    id: str
    label: str
    out_of: Fraction
    counts: Mapping[Verdict, int]
    mean: Fraction | None
    mistakes: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class GradeReport:
    """What grading a class gave.

    Attributes:
        folder: where everything was written.
        papers: every paper of the exam with its marks, in the order of the key.
        notices: what was wrong with what was handed in, and with keys that could not be used.
        submissions: the untouched copies.
        files: what became of the rows of each file.
        to_settle: how many of them wait in the exception file.
    """

    folder: Path
    papers: tuple[MarkedPaper, ...]
    notices: tuple[Fault, ...]
    submissions: tuple[Path, ...]
    files: tuple[FileCount, ...] = ()
    to_settle: int = 0

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """How many answers got each verdict."""
        found = Counter(answer.verdict for paper in self.papers for answer in paper.answers)
        return {verdict: found[verdict] for verdict in Verdict}

    @property
    def handed_in(self) -> int:
        """How many papers came back."""
        return sum(paper.handed_in for paper in self.papers)

    @property
    def absent(self) -> tuple[MarkedPaper, ...]:
        """The papers for which nothing was handed in."""
        return tuple(paper for paper in self.papers if not paper.handed_in)

    @property
    def mean(self) -> Fraction | None:
        """The mean total of those who handed in, without the marks that wait."""
        totals = [paper.total for paper in self.papers if paper.handed_in]
        return sum(totals, _NONE) / len(totals) if totals else None

    @property
    def pending(self) -> Fraction:
        """The marks that wait for a person, of the whole class."""
        return sum((paper.pending for paper in self.papers), _NONE)

    @property
    def summary(self) -> tuple[AnswerSummary, ...]:
        """The class's result for each answer, in the order asked."""
        pairs: dict[str, list[tuple[MarkedPaper, MarkedAnswer]]] = {}
        for paper in self.papers:
            for answer in paper.answers:
                pairs.setdefault(answer.id, []).append((paper, answer))
        return tuple(map(_summary, pairs.values()))


def grade(
    folder: Path,
    submissions: Iterable[Path],
    out: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
    *,
    feedback: Sequence[Format] = ("html",),
    jobs: int = 1,
    columns: Path | None = None,
    latest: bool = False,
) -> GradeReport:
    """Marks what was handed in for an exam folder.

    Args:
        folder: the exam folder; its `key.jsonl` is all that is read of the exam.
        submissions: files and folders of files.
        out: where the results go; `grades` in the exam folder if None. It appears whole or not
            at all, and replaces the results of an earlier run.
        progress: called after each paper with the number of papers done, and of all.
        feedback: the kinds of pages that students get.
        jobs: how many processes mark; the marks are the same with any number.
        columns: a file that says what the columns of a table hold, where nothing can be guessed.
        latest: of several submissions of a student that differ, the latest counts.

    Raises:
        InputError: the key is damaged, or nothing that was handed in could be read.
        ExamgenError: `out` exists and is something else.
    """
    keys = read_keys(folder / KEY)
    contents, faults = read_files(submissions)
    named = read_columns(columns, keys) if columns else {}
    taken = take_in(contents, keys, Intake(read_printed(folder), named, latest))
    faults.extend(taken.notices)
    if not taken.papers:
        nothing = Fault(str(folder), 1, "no submission was found", "hand in a table or forms")
        raise InputError(faults or [nothing])
    papers = mark_class(keys, taken, progress, jobs)
    target = out or folder / "grades"
    with whole_folder(target, VERDICTS) as new:
        write_gradebook(papers, new)
        (new / EXCEPTIONS).write_text(exceptions(taken.waiting), encoding="utf-8", newline="")
        write_feedback(papers, new / "feedback", feedback, exam_title(folder))
    copies = copy_untouched(contents, folder / "submissions")
    return GradeReport(
        target, papers, (*faults, *_key_faults(papers)), copies, taken.files, len(taken.waiting)
    )


def mark_class(
    keys: Sequence[PaperKey],
    submissions: Submissions,
    progress: Callable[[int, int], None] | None = None,
    jobs: int = 1,
) -> tuple[MarkedPaper, ...]:
    """Marks all papers of an exam; a paper without a submission is absent."""
    by_paper = {item.paper: item for item in submissions.papers}
    given = [by_paper.get(key.paper) for key in keys]
    with _marker(jobs) as mark:
        marked = []
        for paper in mark(keys, given):
            marked.append(paper)
            if progress:
                progress(len(marked), len(keys))
    return tuple(marked)


@contextmanager
def _marker(jobs: int) -> Iterator[_Marker]:
    """What marks papers in order: this process, or several."""
    if jobs == 1:
        yield lambda keys, given: map(mark_paper, keys, given)
        return
    # Spawned, since a fork of a process with threads can hang.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context) as pool:
        yield lambda keys, given: pool.map(mark_paper, keys, given, chunksize=16)


def _key_faults(papers: Sequence[MarkedPaper]) -> list[Fault]:
    """What went wrong in marking, at the key's line; once for each answer and reason."""
    found: dict[tuple[str, str], Fault] = {}
    for line, paper in enumerate(papers, start=1):
        for answer in paper.answers:
            if answer.fault:
                what = f"{answer.id} could not be marked: {answer.fault}"
                fault = Fault(KEY, line, what, "a person has to mark it, or mend the question")
                found.setdefault((answer.id, answer.fault), fault)
    return list(found.values())


def exam_title(folder: Path) -> str:
    """The exam's title from its manifest, where there is one."""
    manifest = read_regular(folder / "exam.json")
    try:
        found = {} if isinstance(manifest, Fault) else json.loads(manifest.raw)
    except (ValueError, RecursionError):
        return ""
    parts = (found.get(name) for name in ("course", "title")) if isinstance(found, dict) else ()
    return ": ".join(part for part in parts if isinstance(part, str) and part)


def _summary(pairs: Sequence[tuple[MarkedPaper, MarkedAnswer]]) -> AnswerSummary:
    answers = [answer for _, answer in pairs]
    certain = [a.marks for p, a in pairs if p.handed_in and a.marks is not None]
    mistakes = Counter(answer.mistake for answer in answers if answer.mistake)
    return AnswerSummary(
        answers[0].id,
        answers[0].label,
        max(answer.out_of for answer in answers),
        Counter(answer.verdict for answer in answers),
        sum(certain, _NONE) / len(certain) if certain else None,
        tuple(mistakes.most_common()),
    )
