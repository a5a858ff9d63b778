"""The questions that an exam may ask, with what was found of their variants."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from statistics import median_low
from typing import TYPE_CHECKING

from examgen.folder.effort import effort_of
from examgen.proof.space import Space
from examgen.proof.variants import Variants
from generator.questions.draw import member_of
from generator.variants.assemble import part_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from examgen.proof.family import FamilyReport
    from generator.exams.model import Exam, ExamPart


@dataclass(frozen=True, eq=False)
class Candidate:
    """A question at its place in an exam.

    Attributes:
        effort: the median of its variants; 0 where nothing is computed.
        is_whole: whether all variants are counted, not a sample of them.
    """

    part: ExamPart
    variants: Variants
    effort: int
    is_whole: bool

    @property
    def minutes(self) -> int:
        """Return the minutes that its file says."""
        return self.part.question.minutes


def candidates_of(exam: Exam, reports: Mapping[str, FamilyReport]) -> dict[str, Candidate]:
    """Return the questions of an exam by the ids of their parts.

    Args:
        exam: the exam.
        reports: what was proven, by the files of the questions.
    """
    return {
        part.id: _fixed(part) if part.fixed else _free(part, reports[str(Path(part.question.file))])
        for part in exam.parts
    }


def _free(part: ExamPart, report: FamilyReport) -> Candidate:
    effort = report.effort[1] if report.effort else 0
    return Candidate(part, report.variants, effort, report.is_whole)


def _fixed(part: ExamPart) -> Candidate:
    """Count the variants that are left where the exam fixes some values."""
    question, found, costs = part.question, Variants(), list[int]()
    space = Space.of(question, part.fixed)
    is_drawn = any(name not in part.fixed for name in question.vary)
    for chosen in space.members():
        one = member_of(question, chosen)
        if not one.outside and not (one.refused and is_drawn):
            made = part_of(part, one.model, one.solution)
            found.add(made)
            costs.append(effort_of(made.key.answers, made.solved).cost)
    return Candidate(part, found, median_low(costs) if costs else 0, space.is_whole)
