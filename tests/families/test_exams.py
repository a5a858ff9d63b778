"""The exams that come with examgen: every question is proven, and a paper of each is made."""

from __future__ import annotations

from pathlib import Path

import pytest

from examgen.proof.duration import duration
from examgen.proof.family import prove
from examgen.proof.files import questions_of
from generator.exams.exam_file import read_exam
from generator.exams.find_exam import find_exam

EXAMS = ("algorithms", "linear_algebra", "statistics")


@pytest.mark.parametrize("name", EXAMS)
def test_an_exam_has_twelve_questions_of_each_level_in_its_time(name: str) -> None:
    exam = read_exam(find_exam(Path(name)))
    questions = [part.question for part in exam.parts]
    assert len(questions) == len({question.name for question in questions}) == 12
    assert {question.level for question in questions} == {1, 2, 3}
    assert not duration(exam).is_over


@pytest.mark.parametrize(
    "path", [path for name in EXAMS for path in questions_of([Path(name)])], ids=lambda p: p.stem
)
def test_every_question_is_proven(path: Path) -> None:
    (report,) = prove([path], limit=8, jobs=1)
    assert report.faults == []
    assert report.proven
