"""Marking and writing a class that fits in memory: what the commands do by way of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.processes.pool import Workers
from grader.processes.worker import Task
from grader.results.tables import GradebookWriter
from grader.scoring.mark_paper import mark_paper

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from examgen.folder.key import PaperKey
    from grader.records.submissions import Submissions
    from grader.scoring.marked import MarkedPaper


def mark_class(
    keys: Sequence[PaperKey], submissions: Submissions, jobs: int = 1
) -> tuple[MarkedPaper, ...]:
    """Mark all papers, in this process or in others; a paper without a submission is absent."""
    by_paper = {item.paper: item for item in submissions.papers}
    given = [by_paper.get(key.paper) for key in keys]
    if jobs == 1:
        return tuple(map(mark_paper, keys, given))
    lines = (key.to_json().encode() for key in keys)
    with Workers(jobs) as workers:
        marked = workers.mark_all(map(Task, range(len(keys)), lines, given))
        papers = {task.place: paper for task, paper in marked}
    return tuple(papers[place] for place in range(len(keys)))


def write_gradebook(papers: Sequence[MarkedPaper], folder: Path) -> None:
    """Write the results of papers."""
    ids = dict.fromkeys(answer.id for paper in papers for answer in paper.answers)
    with GradebookWriter(folder, ids) as writer:
        for paper in papers:
            writer.add(paper)
