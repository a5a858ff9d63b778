"""`grade` as a user runs it on downloads: what it says of each file, and the exception file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.grader.exams import class_of
from tests.in_process import run

if TYPE_CHECKING:
    from pathlib import Path

QUIZ = "ID number,Response 1,Response 2\ns0001,7x7x7,1\nS-2,8x8x8,2\n"


@pytest.fixture
def exam(tmp_path: Path) -> Path:
    lines = "".join(key.to_json() + "\n" for key in class_of(2))
    (tmp_path / "exam").mkdir()
    (tmp_path / "exam" / "key.jsonl").write_text(lines)
    (tmp_path / "quiz").write_text(QUIZ)
    return tmp_path


def test_rows_are_counted_and_settled(exam: Path) -> None:
    (exam / "map.yaml").write_text("Response 1: 1a.size\n'2': 1b.area\n")
    words = ("grade", "exam", "quiz", "--columns", "map.yaml")
    done = run(*words, cwd=exam)
    assert done.returncode == 0, done.stderr
    assert "quiz (Moodle responses): 1 imported, 1 unmatched" in done.stdout
    assert "To settle: exceptions.csv in the results" in done.stdout
    left = (exam / "exam" / "grades" / "exceptions.csv").read_text()
    (exam / "settled.csv").write_text(left.replace("'S-2", "s0002"))
    again = json.loads(run(*words, "settled.csv", "--json", cwd=exam).stdout)
    counts = [(f["file"], f["imported"], f["unmatched"], f["settled"]) for f in again["files"]]
    assert counts == [("quiz", 1, 0, 1), ("settled.csv", 2, 0, 0)]
    assert again["handed_in"] == 2
    assert again["to_settle"] == 0
    assert (exam / "exam" / "grades" / "exceptions.csv").read_text().count("\n") == 1


@pytest.mark.parametrize("as_json", [(), ("--json",)], ids=["text", "json"])
def test_a_file_that_is_not_there_costs_no_other(as_json: tuple[str, ...], exam: Path) -> None:
    (exam / "good.csv").write_text("student,1a.size\ns0001,7x7x7\n")
    (exam / "empty").mkdir()
    done = run("grade", "exam", "lost.csv", "good.csv", "empty", *as_json, cwd=exam)
    assert done.returncode == 1
    lost, empty = done.stderr.splitlines()[:2]
    assert lost == ("lost.csv:1: cannot be read: no such file or directory; name an ordinary file")
    assert empty == "empty:1: there is no file in this folder; name another one"
    assert "Traceback" not in done.stderr
    assert ('"handed_in": 1' if as_json else "1 of 2 papers handed in") in done.stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Response 1: 9z\n", "map.yaml:1: 9z is no answer of this exam"),
        ("Response 1: [1a.size]\n", "map.yaml:1: Response 1 is no answer of this exam"),
        ("- Response 1\n", "map.yaml:1: this is not one mapping"),
        ("Response 1: &a 1a.size\n", "map.yaml:1: anchors and aliases are refused"),
    ],
)
def test_a_wrong_mapping_is_named(text: str, said: str, exam: Path) -> None:
    (exam / "map.yaml").write_text(text)
    done = run("grade", "exam", "quiz", "--columns", "map.yaml", cwd=exam)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
