"""The guides, followed literally, and then a class marked with what they made."""

from __future__ import annotations

import csv
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from tests.in_process import run

GUIDE = Path("docs/first_question.md")
DERIVATION = Path("docs/derivation.md")
# A lecturer's question, without Python: own formulas, own mistakes.
OWN = r"""---
title: Attention scores
topic: transformer/attention
vary:
  tokens: [128, 256, 512]
  heads: [4, 8, 12]
values:
  scores: {formula: heads * tokens**2, symbol: S, says: scores of all heads}
mistakes:
  one_head: {says: one head was counted, share: 0.5, scores: tokens**2}
answers:
  scores: {integer: scores, marks: 3, label: scores}
---
A self-attention layer with $\V{heads}$ heads reads $\V{tokens}$ tokens. How many attention scores
does it compute? \answer{scores}
"""
EXAM = "course: Mine\ntitle: Quiz\nquestions: [{title: Attention, parts: [attention]}]\n"


def run_line(command: str, folder: Path) -> str:
    """Run a line of a guide and return what it prints."""
    done = run(*shlex.split(command.removeprefix("examgen ")), cwd=folder)
    assert done.returncode == 0, (command, done.stderr)
    return done.stdout


def run_with_own(command: str, folder: Path) -> str:
    """Run a line of a guide as a program, which imports what is in the folder."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", *shlex.split(command)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (folder, Path.cwd())))},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, (command, done.stderr)
    return done.stdout


def blocks(guide: Path) -> list[str]:
    """The indented pieces of a guide."""
    found = re.findall(r"(?:^    .*\n|^\n(?=    ))+", guide.read_text("utf-8"), re.MULTILINE)
    return [re.sub("^    ", "", block, flags=re.MULTILINE).strip("\n") + "\n" for block in found]


def test_the_guide_can_be_followed(tmp_path: Path) -> None:
    pieces = blocks(GUIDE)
    (exam,) = (piece for piece in pieces if piece.startswith("course:"))
    (tmp_path / "mycourse.yaml").write_text(exam.partition("\n\n")[0])
    (tmp_path / "roster.csv").write_text("id,name\n1001,Ada Lovelace\n1002,Ayşe Öztürk\n")
    lines = "\n".join(pieces).splitlines()
    commands = [line for line in lines if line.startswith("examgen ")]
    assert len(commands) == 4
    for command in commands:
        run_line(command, tmp_path)
    page = (tmp_path / "preview" / "question.html").read_text("utf-8")
    assert "Filters" in page
    assert len(list((tmp_path / "mycourse" / "papers").glob("*.html"))) == 2


def test_a_derivation_can_be_written_by_its_guide(tmp_path: Path) -> None:
    shutil.copytree("solvers", tmp_path / "solvers")
    pieces = blocks(DERIVATION)
    code = "\n\n".join(piece for piece in pieces if not piece.startswith(("examgen", "---")))
    (tmp_path / "solvers" / "rnn" / "embedding.py").write_text(code)
    (question,) = (piece for piece in pieces if piece.startswith("---"))
    text, _, check = question.partition("\nexamgen check")
    path = tmp_path / "questions" / "nlp" / "embedding.tex"
    path.parent.mkdir(parents=True)
    path.write_text(text)
    (commands,) = (piece for piece in pieces if piece.startswith("examgen solve"))
    shown, listed = (run_with_own(line, tmp_path) for line in commands.splitlines())
    assert "15000000" in shown.replace(",", "").replace(" ", "")
    assert "embedding" in listed
    proven = json.loads(run_with_own(f"examgen check {check.strip()} --json --jobs 1", tmp_path))
    assert (proven["proven"], proven["faults"]) == (12, [])


def test_a_lecturers_own_question_is_proven_printed_and_graded(tmp_path: Path) -> None:
    assert len(OWN.splitlines()) == 15
    (tmp_path / "attention.tex").write_text(OWN)
    (tmp_path / "quiz.yaml").write_text(EXAM)
    run_line("examgen check attention.tex", tmp_path)
    run_line("examgen make quiz.yaml --seed 1 --copies 4 --out quiz", tmp_path)
    lines = (tmp_path / "quiz" / "papers.jsonl").read_text().splitlines()
    drawn = {row["paper"]: row["parameters"]["1a"] for row in map(json.loads, lines)}
    tokens = {paper: int(values["tokens"]) for paper, values in drawn.items()}
    heads = {paper: int(values["heads"]) for paper, values in drawn.items()}
    given = {
        "001": f"{heads['001'] * tokens['001'] ** 2:,}",
        "002": f"{tokens['002']}^2",
        "003": "12 apples",
        "004": "",
    }
    rows = "".join(f'{paper},"{answer}"\n' for paper, answer in given.items())
    (tmp_path / "answers.csv").write_text("student,1a.scores\n" + rows)
    run_line("examgen grade quiz answers.csv --out marked", tmp_path)
    with (tmp_path / "marked" / "gradebook.csv").open(encoding="utf-8-sig") as file:
        marks = {row["student"]: row["1a.scores"] for row in csv.DictReader(file)}
    assert marks == {"001": "3", "002": "1.5", "003": "pending", "004": "blank"}
