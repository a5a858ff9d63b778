"""The pages of a graded class under WCAG 2 AA: axe-core in headless Chromium finds nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from examgen.folder.key import PaperKey
from examgen.folder.questions import question_html
from examgen.folder.students import Student
from generator.exams.exam_file import read_exam
from generator.folder.make import Job, make
from grader.by_hand.people import write_marking, write_papers
from grader.export.hand_back import hand_back
from grader.grade import grade
from grader.report.report import report, write_report

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Violations

EXAM = """course: Mine
title: Quiz
questions:
  - title: Convolutions
    parts: [cnn/conv_layer, cnn/linear_vs_conv]
  - title: Sequences
    parts: [rnn/classify]
"""
GIVEN = ("7x7x7", "12 apples", "=1+1", "", "<b>prose</b>")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class of 12 with its papers, of which 10 were handed in."""
    here = tmp_path_factory.mktemp("class")
    (here / "quiz.yaml").write_text(EXAM)
    students = tuple(Student(f"s{number:02d}", f"Ayşe {number}") for number in range(12))
    make(Job(read_exam(here / "quiz.yaml"), "1", students, here / "quiz", pdf="no"))
    names = ["1a.size", "1a.parameters", "1a.weights", "1b.linear", "1b.why"]
    rows = [",".join(["student", *names]), *(f"s{n:02d},{','.join(GIVEN)}" for n in range(10))]
    (here / "answers.csv").write_text("\n".join(rows))
    grade(here / "quiz", [here / "answers.csv"])
    return here / "quiz"


def assert_accessible(page: str, violations: Violations) -> None:
    passes, violated = violations(page)
    assert violated == []
    assert passes > 15


def test_a_page_for_a_student(folder: Path, violations: Violations) -> None:
    page = (hand_back(folder).folder / "s00.html").read_text("utf-8")
    assert page.count("What your paper asked") == 3
    assert_accessible(page.replace("<details", "<details open"), violations)


@pytest.mark.parametrize("place", ["0", "groups.length - 1"], ids=["unreadable", "criteria"])
def test_the_page_of_those_who_mark(place: str, folder: Path, violations: Violations) -> None:
    write_marking(folder)
    page = (folder / "marking" / "marking-first.html").read_text("utf-8")
    assert_accessible(page.replace("show(0);", f"show({place});"), violations)


def test_the_report(folder: Path, violations: Violations, tmp_path: Path) -> None:
    [written] = write_report(report(folder, names=True), tmp_path / "report")
    assert_accessible(written.read_text("utf-8"), violations)


def test_what_a_paper_asks_is_in_its_key(folder: Path) -> None:
    with (folder / "key.jsonl").open(encoding="utf-8") as lines:
        parts = PaperKey.from_json(next(lines)).parts
    assert [(part.id, part.place) for part in parts] == [("1a", "1a"), ("1b", "1b"), ("2a", "2a")]
    texts = {part.id: question_html(part) for part in parts}
    assert texts["1a"].count('<p class="blank">') == 6
    assert texts["2a"].count("<li>one-to-many</li>") == 4
    paper = (folder / "papers" / "001.html").read_text("utf-8")
    assert all(number in texts["1a"] for number in re.findall("<math.*?</math>", paper)[:3])


def test_the_grid_for_marking_by_paper(folder: Path, violations: Violations) -> None:
    files, _ = write_papers(folder)
    assert_accessible(files[1].read_text("utf-8"), violations)
