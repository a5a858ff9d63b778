"""The commands as a user runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def run(
    *words: str, cwd: Path | None = None, text: str = "", **env: str
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "examgen", *words]
    surroundings = {**os.environ, "PYTHONPATH": str(Path.cwd()), **env}
    return subprocess.run(  # noqa: S603
        command, cwd=cwd, input=text, capture_output=True, text=True, check=False, env=surroundings
    )


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["--version"],
        *(
            [c, "--help"]
            for c in (
                "make",
                "key",
                "verify",
                "grade",
                "report",
                "simulate",
                "score",
                "regrade",
                "mark",
                "solve",
                "judge",
                "check",
                "doctor",
                "new",
                "preview",
                "gallery",
            )
        ),
    ],
)
def test_help(words: list[str]) -> None:
    done = run(*words)
    assert done.returncode == 0, done.stderr
    assert len(words) == 1 or "Example:" in done.stdout


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
        {"id": 4, "kind": "number", "expected": "0.1", "answer": "0.11", "rel": 0.1},
    ]
    text = "\n".join([*map(json.dumps, lines[:2]), "{broken", *map(json.dumps, lines[2:])])
    done = run("judge", "--cases", "-", text=text)
    verdicts = [json.loads(line)["verdict"] for line in done.stdout.splitlines()]
    assert verdicts == ["correct", "unreadable", "unreadable", "unreadable", "correct"]


def test_wrong_usage_and_wrong_input() -> None:
    assert run("make").returncode == 2
    failed = run("solve", "conv3d")
    assert (failed.returncode, failed.stdout) == (1, "")
    assert failed.stderr.startswith("there is no derivation 'conv3d'")


def test_an_exam_of_own_questions_is_verified(tmp_path: Path) -> None:
    assert run("new", "cnn/mine", cwd=tmp_path).returncode == 0
    exam = "course: c\ntitle: t\nquestions: [{title: q, parts: [cnn/mine]}]\n"
    (tmp_path / "exam.yaml").write_text(exam)
    words = ["make", "exam.yaml", "--seed", "1", "--tex-only", "--out", "e"]
    assert run(*words, cwd=tmp_path).returncode == 0
    assert "there is no question 'cnn/mine'" in run("verify", "e", cwd=tmp_path).stderr
    for command in ("verify", "key"):
        done = run(command, "e", "--questions", "questions", cwd=tmp_path)
        assert done.returncode == 0, done.stderr


def test_make_verify_grade(tmp_path: Path) -> None:
    words = ["make", "--seed", "42", "--copies", "3", "--tex-only"]
    assert run(*words, "--out", "a", cwd=tmp_path, PYTHONHASHSEED="0").returncode == 0
    assert run(*words, "--out", "b", cwd=tmp_path, PYTHONHASHSEED="1", LC_ALL="C").returncode == 0
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
