"""The commands as a user runs them."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from answers.judge import Judgement, Options, judge
from examgen.case_file import MAX_LINE, _lines, judge_lines
from examgen.cli import app
from tests.in_process import run, run_program

COMMANDS = [c.name or getattr(c.callback, "__name__", "") for c in app.registered_commands]


@pytest.mark.parametrize("words", [["--help"], *([c, "--help"] for c in COMMANDS)])
def test_help(words: list[str]) -> None:
    done = run(*words)
    assert done.returncode == 0, done.stderr
    assert len(words) == 1 or "Example:" in done.stdout


def test_the_program_says_which_version_it_is() -> None:
    assert re.match(r"\d+\.\d+", run_program("--version").stdout)


def test_solve_as_json() -> None:
    done = run(
        "solve", "conv2d", "height=224", "in_channels=3", "out_channels=64", "kernel=7", "--json"
    )
    found = json.loads(done.stdout)
    assert found["quantities"]["parameters"]["value"] == "9472"
    assert found["quantities"]["parameters"]["mistakes"][0]["says"]
    assert found["inputs"]["height"] == "224"


def test_judge_cases_survive_poison() -> None:
    lines = [
        {"id": 1, "kind": "integer", "expected": "5", "answer": "5"},
        {"id": 2, "kind": "integer", "expected": "5", "answer": "9**9**9"},
        {"id": 3, "kind": "nonsense", "expected": "5", "answer": "5"},
        {"id": 5, "kind": "number", "expected": "5", "answer": "5", "rel": "1" * 5000},
        {"id": 6, "kind": "number", "expected": "5", "answer": "5", "rel": "1/00"},
        {"id": 7, "kind": "number", "expected": "5", "answer": "5", "sigfigs": 0},
        {"id": 4, "kind": "number", "expected": "0.1", "answer": "0.11", "rel": 0.1},
    ]
    text = "\n".join([*map(json.dumps, lines[:2]), "{broken", *map(json.dumps, lines[2:])])
    done = run("judge", "--cases", "-", text=text)
    verdicts = [json.loads(line)["verdict"] for line in done.stdout.splitlines()]
    unreadable, undecided = ["unreadable"] * 3, ["undecided"] * 3
    assert verdicts == ["correct", *unreadable, *undecided, "correct"]


def test_a_line_too_long_for_a_case_takes_no_memory() -> None:
    case = b'{"id": 1, "kind": "integer", "expected": "5", "answer": "5"}\n'
    cases = io.BytesIO(b"x" * (2 * MAX_LINE + 7) + b"\n" + case)
    found = [json.loads(line) for line in judge_lines(cases)]
    assert [(line["id"], line["verdict"]) for line in found] == [
        (None, "unreadable"), (1, "correct"),
    ]  # fmt: skip
    cases.seek(0)
    assert max(map(len, _lines(cases))) == MAX_LINE + 1


def test_a_fault_of_the_judge_costs_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty(kind: str, expected: str, answer: str, options: Options) -> Judgement:
        if answer == "6":
            raise IndexError("out of range")
        return judge(kind, expected, answer, options)

    monkeypatch.setattr("examgen.case_file.judge", faulty)
    case = '{"id": 1, "kind": "integer", "expected": "5", "answer": "%d"}\n'
    cases = io.BytesIO("".join(case % answer for answer in (5, 6, 7)).encode())
    found = [json.loads(line) for line in judge_lines(cases)]
    assert [line["verdict"] for line in found] == ["correct", "undecided", "wrong"]
    assert found[1]["why"] == "line 2: an error happened: IndexError: out of range"


def test_wrong_usage_and_wrong_input() -> None:
    assert run("make").returncode == 2
    failed = run("solve", "conv3d")
    assert (failed.returncode, failed.stdout) == (1, "")
    assert failed.stderr.startswith("there is no derivation 'conv3d'")


@pytest.mark.parametrize("choices", ["red/green/blue", "red, green, blue"])
def test_the_options_of_a_choice_are_named_in_a_row(choices: str) -> None:
    words = ["judge", "--kind", "selection", "--expected", "red; blue", "--answer", "a, c"]
    done = run(*words, "-o", f"choices={choices}")
    assert done.stdout.startswith("correct\n"), done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["solve", "linear", "in_features=1", "in_features=2", "out_features=3"],
        ["judge", "--kind", "integer", "--answer", "5"],
        ["judge", "--kind", "integer", "--expected", "5", "--answer", "5", "-o", "rel"],
        ["new", "../mine"],
        [*"judge --kind number --expected 5 --answer 5 -o rel=1% -o rel=2%".split()],
        ["judge", "--cases", "-", "--kind", "integer"],
    ],
    ids=[
        "input twice",
        "no expected answer",
        "no value",
        "elsewhere",
        "option twice",
        "cases and a kind",
    ],
)
def test_wrong_usage(words: list[str]) -> None:
    done = run(*words)
    assert (done.returncode, done.stdout) == (2, "")


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        (
            "height=a in_channels=b",
            "conv2d: height: cannot read 'a' .*; in_channels: cannot .* 'b'",
        ),
        ("height=9 in_channels=1 out_channels=1", r"conv2d: kernel \(kernel size\) is missing \("),
        ("in_channels=1 out_channels=1 kernel=3", r"conv2d: height \(input height\) is missing \("),
    ],
    ids=["no numbers", "kernel missing", "height missing, width is as high"],
)
def test_every_input_at_fault_is_named(inputs: str, message: str) -> None:
    done = run("solve", "conv2d", *inputs.split())
    assert (done.returncode, done.stdout) == (1, "")
    assert re.match(message, done.stderr)


def test_a_missing_file_is_said_in_words(tmp_path: Path) -> None:
    done = run("make", "--seed", "1", "--students", "nope", cwd=tmp_path)
    assert done.returncode == 1
    said = "nope:1: cannot be read: no such file or directory; name a CSV file\n"
    assert done.stderr == said


@pytest.mark.parametrize("words", ["make nope --seed 1", "check nope"])
def test_an_exam_that_is_nowhere_is_said_with_those_that_are(words: str, tmp_path: Path) -> None:
    done = run(*words.split(), cwd=tmp_path)
    assert done.returncode == 1
    said = "nope: there is no such file, folder or bundled exam; the bundled ones are "
    assert done.stderr.startswith(said)
    assert "ceng403" in done.stderr


def test_a_damaged_manifest_is_said(tmp_path: Path) -> None:
    (tmp_path / "exam.json").write_text("garbage")
    done = run("verify", str(tmp_path))
    assert done.returncode == 1
    said = "this is not a manifest: Invalid JSON: expected value at line 1 column 1"
    assert done.stderr == f"{tmp_path}/exam.json:1: {said}; name an exam folder\n"


def test_closed_input_and_full_output_are_said() -> None:
    judging = f"{sys.executable} -m examgen judge --cases - <&-"
    listing = f"{sys.executable} -m examgen solve --list > /dev/full"
    for command, message in (
        (judging, "standard input is closed; name a file of cases\n"),
        (listing, "output: the disk is full; make room\n"),
    ):
        done = subprocess.run(  # noqa: S602  # a shell closes what Python would not
            command, shell=True, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (1, message)


def test_an_exam_of_own_questions_is_verified(tmp_path: Path) -> None:
    assert run("new", "cnn/mine", cwd=tmp_path).returncode == 0
    exam = "course: c\ntitle: t\nquestions: [{title: q, parts: [cnn/mine]}]\n"
    (tmp_path / "exam.yaml").write_text(exam)
    words = ["make", "exam.yaml", "--seed", "1", "--tex-only", "--out", "e"]
    assert run(*words, cwd=tmp_path).returncode == 0
    (tmp_path / "late.csv").write_text("id\nlate\n")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "e").rename(tmp_path / "elsewhere" / "e")
    (tmp_path / "questions").rename(tmp_path / "moved")
    for words in (["verify", "e"], ["key", "e"], ["make", "--add", "../late.csv", "--out", "e"]):
        done = run(*words, cwd=tmp_path / "elsewhere")
        assert done.returncode == 0, done.stderr
    shutil.rmtree(tmp_path / "elsewhere" / "e" / "questions")
    done = run("verify", "e", cwd=tmp_path / "elsewhere")
    assert "there is no question 'cnn/mine'; put ../questions/cnn/mine.tex back" in done.stderr
    done = run("key", "e", "--questions", "../moved", cwd=tmp_path / "elsewhere")
    assert done.returncode == 0, done.stderr


def test_make_verify_grade(tmp_path: Path) -> None:
    words = ["make", "--seed", "42", "--copies", "3", "--tex-only"]
    assert run(*words, "--out", "a", cwd=tmp_path).returncode == 0
    other = run_program(*words, "--out", "b", cwd=tmp_path, PYTHONHASHSEED="1", LC_ALL="C")
    assert other.returncode == 0, other.stderr
    texts = [
        sorted(
            (p.relative_to(tmp_path / d).as_posix(), p.read_bytes())
            for p in (tmp_path / d).rglob("*")
            if p.is_file()
        )
        for d in "ab"
    ]
    assert texts[0] == texts[1]
    assert "identical" in run("verify", "a", cwd=tmp_path).stdout
    assert run(*words, "--out", "a", cwd=tmp_path).returncode == 1
    key = json.loads((tmp_path / "a/key.jsonl").read_text().splitlines()[0])
    answers = {
        a["id"]: a.get("expected", "prose") for part in key["parts"] for a in part["answers"]
    }
    form = {"student": "001", "answers": answers}
    (tmp_path / "s.json").write_text(json.dumps([form]))
    done = run("grade", "a", "s.json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "1 of 3 papers handed in" in done.stdout
    (tmp_path / "a/papers/001.tex").write_text("changed")
    assert run("verify", "a", cwd=tmp_path).returncode == 1
