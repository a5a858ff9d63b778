"""`export` and `feedback` as a user runs them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.in_process import run

if TYPE_CHECKING:
    from pathlib import Path

EXAM = "course: Mine\ntitle: Quiz\nquestions: [{title: Convolutions, parts: [cnn/conv_layer]}]\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a graded exam `quiz`: the first of two papers came back, half answered."""
    here = tmp_path_factory.mktemp("class")
    (here / "quiz.yaml").write_text(EXAM)
    (here / "roster.csv").write_text("id,name\n1001,Ada Lovelace\n1002,Ayşe Öztürk\n")
    words = ["quiz.yaml", "--seed", "1", "--students", "roster.csv", "--out", "quiz", "--tex-only"]
    assert run("make", *words, cwd=here).returncode == 0
    key = json.loads((here / "quiz/key.jsonl").read_text().splitlines()[0])
    size = key["parts"][0]["answers"][0]["expected"]
    (here / "answers.csv").write_text(f"student,1a.size,1a.parameters\n1001,{size},\n")
    assert run("grade", "quiz", "answers.csv", cwd=here).returncode == 0
    return here


def test_export_says_what_became_of_everybody(folder: Path) -> None:
    done = run("export", "quiz", "--to", "csv", "--out-of", "100", "--json", cwd=folder)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["states"] == {"graded": 1, "absent": 1}
    assert ",33.33" in (folder / found["file"]).read_text("utf-8-sig")  # 4 of 12 marks


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--to", "canvas"], 1, "canvas needs the gradebook exported from Canvas"),
        (["--to", "csv", "--into", "answers.csv"], 1, "csv takes no file"),
        (["--to", "moodle", "--into", "answers.csv"], 1, "answers.csv:1: "),
        (["--to", "moodle", "--into", "missing.csv"], 1, "missing.csv:1: cannot be read"),
        (["--to", "banner"], 2, "expected one of moodle, canvas"),
        (["--to", "csv", "--out-of", "nan"], 2, "expected a number above 0"),
        (["--to", "csv", "--exempt", "9"], 1, "exam.json:1: --exempt 9: no such student"),
    ],
)
def test_export_says_what_is_wrong(words: list[str], status: int, said: str, folder: Path) -> None:
    done = run("export", "quiz", *words, cwd=folder)
    assert done.returncode == status
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_feedback_writes_pages_and_a_zip(folder: Path) -> None:
    done = run("feedback", "quiz", "--zip", "plain", cwd=folder)
    assert done.returncode == 0, done.stderr
    page = (folder / "quiz/feedback/1001.html").read_text("utf-8")
    assert "What your paper asked" in page
    assert (folder / "quiz/feedback-plain.zip").is_file()
    assert run("feedback", "quiz", "--zip", "moodle", cwd=folder).returncode == 2
    assert run("verify", "quiz", cwd=folder).returncode == 0


@pytest.mark.parametrize(
    "words",
    [
        ("export", "quiz", "--to", "csv"),
        ("feedback", "quiz"),
        ("report", "quiz"),
        ("mark", "quiz"),
        ("simulate", "quiz", "--seed", "1"),
        ("grade", "quiz", "answers.csv"),
    ],
    ids=lambda words: str(words[0]),
)
def test_what_cannot_be_written_is_one_line(words: tuple[str, ...], folder: Path) -> None:
    done = run(*words, "--out", "answers.csv/below", cwd=folder)
    assert done.returncode == 1
    assert done.stderr.startswith("answers.csv/below: cannot be written: ")
    assert done.stderr.count("\n") == 1


def test_an_empty_folder_is_named(folder: Path) -> None:
    (folder / "empty").mkdir()
    done = run("grade", "quiz", "empty", cwd=folder)
    assert done.returncode == 1
    assert done.stderr == "empty:1: there is no file in this folder; name another one\n"
