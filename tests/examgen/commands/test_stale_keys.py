"""A key that is stale, damaged or another exam's is seen by each command; `--out` is remembered."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from examgen.cli import app
from examgen.folder.students import Student
from examgen.ground.errors import ExamgenError
from generator.exams.exam_file import read_exam
from generator.exams.find_exam import bundled_exam
from generator.folder.make import Job, make
from grader.grade import grade
from grader.results.made import exam_key
from grader.results.read import results_of

if TYPE_CHECKING:
    from pathlib import Path

EXAM = "course: c\ntitle: t\ncode: quiz\nquestions: [{title: C, parts: [cnn/conv_layer]}]\n"
CLASS = tuple(Student(f"s{number:02}", f"Ada {number}") for number in range(4))
COMMANDS = {
    "export": ["--to", "csv"], "report": ["--json"], "mark": [], "feedback": ["--jobs", "1"],
    "regrade": [], "grade": ["in.csv"],
}  # fmt: skip


def run(folder: Path, command: str, *more: str) -> str:
    """Runs a command in this process; gives what it refuses."""
    words = [command, str(folder), *COMMANDS[command], *more]
    words = [str(folder.parent / word) if word == "in.csv" else word for word in words]
    try:
        app(words, standalone_mode=False)
    except ExamgenError as error:
        return str(error)
    return ""


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    here = tmp_path_factory.mktemp("quiz")
    (here / "quiz.yaml").write_text(EXAM)
    for name, seed in (("exam", "1"), ("other", "2")):
        make(Job(read_exam(here / "quiz.yaml"), seed, CLASS, here / name, pdf="no"))
    (here / "in.csv").write_text("student,1a.size,1a.parameters\ns00,5x5x5,7\ns01,12 apples,\n")
    grade(here / "exam", [here / "in.csv"])
    return here


@pytest.fixture
def exam(graded: Path, tmp_path: Path) -> Path:
    shutil.copytree(graded, tmp_path / "all")
    return tmp_path / "all" / "exam"


def without_a_paper(exam: Path) -> None:
    lines = (exam / "key.jsonl").read_text().splitlines(keepends=True)
    (exam / "key.jsonl").write_text("".join(lines[1:]))


def of_another_make(exam: Path) -> None:
    shutil.copy(exam.parent / "other" / "key.jsonl", exam / "key.jsonl")


def of_other_students(exam: Path) -> None:
    text = (exam / "key.jsonl").read_text()
    (exam / "key.jsonl").write_text(text.replace('"s03"', '"s99"'))


def with_a_paper_more(exam: Path) -> None:
    text = (exam / "key.jsonl").read_text()
    more = text.splitlines(keepends=True)[0].replace('"001"', '"005"').replace("s00", "s04")
    (exam / "key.jsonl").write_text(text + more)


WRONG = [
    (without_a_paper, "the key of 1 paper is missing: 001"),
    (of_another_make, "this is not the key of this exam: 4 papers have other students or numbers"),
    (of_other_students, "this is not the key of this exam: 1 paper has other students or numbers"),
    (with_a_paper_more, "this is not the key of this exam: 1 paper has other students or numbers"),
]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("wrong", "said"), WRONG, ids=lambda one: getattr(one, "__name__", ""))
def test_a_wrong_key_is_refused(wrong: object, said: str, command: str, exam: Path) -> None:
    assert callable(wrong)
    wrong(exam)
    refused = run(exam, command)
    assert said in refused
    assert "\n" not in refused


@pytest.mark.parametrize("command", COMMANDS)
def test_a_changed_key_is_told(
    command: str, exam: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (exam / "key.jsonl").read_text()
    (exam / "key.jsonl").write_text(text.replace("Ada 1", "Ada B"))
    assert text != (exam / "key.jsonl").read_text()
    refused = run(exam, command)
    if command in {"grade", "regrade"}:
        assert not refused
        assert "the key was changed since the papers were made" in capsys.readouterr().err
    else:
        assert "run examgen regrade first" in refused
        assert run(exam, "regrade") == ""
        assert run(exam, command) == ""


def test_the_bundled_exam_has_its_own_key(tmp_path: Path) -> None:
    make(Job(read_exam(bundled_exam()), "7", CLASS, tmp_path / "exam", pdf="no"))
    assert len(exam_key(tmp_path / "exam").roll) == len(CLASS)


def test_results_elsewhere_are_found_by_every_command(exam: Path) -> None:
    shutil.rmtree(exam / "grades")
    out = exam.parent / "results"
    grade(exam, [exam.parent / "in.csv"], out)
    for command in ("report", "export", "feedback", "mark", "regrade"):
        assert run(exam, command) == "", command
    assert results_of(exam) == out
    assert not (exam / "grades").exists()
    grade(exam, [exam.parent / "in.csv"])
    assert results_of(exam) == exam / "grades"


def test_results_that_were_moved_away_are_not_looked_for(exam: Path) -> None:
    out = exam.parent / "results"
    grade(exam, [exam.parent / "in.csv"], out)
    shutil.rmtree(out)
    assert results_of(exam) == exam / "grades"
