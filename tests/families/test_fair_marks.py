"""Answers to the bank's questions as students write them, with what a fair examiner gives.

A line of `answers/*.jsonl` has the question, the parameters, the text, and `fair`: the letters of
what may become of it. A: full marks, P: a share of them, R: none, H: a person looks. The texts were
written from the printed papers and their keys alone.
"""

from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from answers.verdict import Verdict
from examgen.folder.key import PaperKey
from generator.exams.exam_file import exam_from_text
from generator.variants.assemble import copies, papers
from grader.records.submissions import Submission
from grader.scoring.mark_paper import mark_paper
from grader.scoring.marked import MarkedAnswer

BANK = Path("templates/questions")
FILES = sorted(Path(__file__).with_name("answers").glob("*.jsonl"))
LEAST_FAIR = Fraction(97, 100)


@cache
def paper_key(question: str, given: str) -> PaperKey:
    """Return the key of a paper that asks one question with these parameters."""
    part = f"{{use: {question}, fix: {given}}}"
    exam = exam_from_text(f"course: c\ntitle: t\nquestions: [{{title: q, parts: [{part}]}}]\n",
                          "x.yaml", [BANK])  # fmt: skip
    return next(iter(papers(exam, "1", copies(1)))).key


def marked(row: dict[str, str]) -> MarkedAnswer:
    """Return the answer of a line, marked on a paper that asks nothing else."""
    key = paper_key(row["question"], json.dumps(row["given"]))
    name = f"1a.{row['id'].partition('.')[2]}"
    paper = mark_paper(key, Submission("001", "001", {name: row["answer"]}))
    return next(answer for answer in paper.answers if answer.id == name)


def letter(answer: MarkedAnswer) -> str:
    """Return the outcome of an answer, as a letter of `fair`."""
    if answer.marks is None:
        return "H"
    if answer.marks == answer.out_of:
        return "A"
    return "P" if answer.marks else "R"


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_answers_get_fair_marks(path: Path) -> None:
    unfair, zeros, accepts, count = [], 0, 0, 0
    for row in map(json.loads, path.read_text("utf-8").splitlines()):
        answer = marked(row)
        assert isinstance(answer, MarkedAnswer)
        count += 1
        found = letter(answer)
        # A named mistake whose share is nothing is no silent zero.
        is_named = answer.verdict is Verdict.MISTAKE and "P" in row["fair"]
        fair = row["fair"] + ("R" if is_named else "")
        if found not in fair:
            zeros += found == "R"
            accepts += found == "A"
            unfair.append(f"{found} for {fair}: {row['id']} {row['answer']!r}: {answer.why}")
    report = "\n".join(unfair)
    assert 1 - Fraction(len(unfair), count) >= LEAST_FAIR, report
    assert zeros <= 2, report
    assert accepts <= 1, report  # 0.5 MB for 525,696 B, as powers of 1024 within 1 %


def test_many_answers_are_tried_often() -> None:
    rows = [json.loads(line) for path in FILES for line in path.read_text("utf-8").splitlines()]
    counts = Counter((row["question"], row["id"].partition(".")[2]) for row in rows)
    assert sum(count >= 5 for count in counts.values()) >= 60
