"""Feedback as PDF: what a student reads, whatever was handed in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pypdf
import pytest

from examgen.folder.students import Student
from examgen.printed_feedback import printer
from generator.exams.exam_file import read_exam
from generator.exams.find_exam import bundled_exam
from generator.folder.make import Job, make
from generator.pdf.pdflatex import engine
from grader.export.hand_back import hand_back
from grader.grade import grade
from grader.regrade import regrade

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = "\\input{/etc/passwd} 50% & {x}_^~#$ <b> Я\u202e " + "x" * 300


@pytest.mark.tex
@pytest.mark.skipif(engine() is None, reason="no TeX engine is installed")
def test_own_answers_stand_with_marks_reasons_and_solution(tmp_path: Path) -> None:
    students = [Student("s1", "Ayşe Öztürk"), Student("s2", "Ada", large_print=True), Student("s3")]
    folder = tmp_path / "exam"
    make(Job(read_exam(bundled_exam("sample")), "42", students, folder, pdf="no"))
    key = json.loads((folder / "key.jsonl").read_text().splitlines()[0])
    right = {a["id"]: a["expected"] for part in key["parts"] for a in part["answers"]}
    first, second, *rest = right
    given = {**right, first: HOSTILE, second: "\n"}
    for student, answers in (("s1", given), ("s2", right)):
        handed = {"student": student, "answers": answers}
        (tmp_path / f"{student}.json").write_text(json.dumps(handed))
    grade(folder, [tmp_path / "s1.json", tmp_path / "s2.json"])
    regrade(folder, drop=[rest[0]])
    report = hand_back(folder, zipped=True, printed=printer(folder))
    assert {p.name for p in report.folder.glob("*.pdf")} == {"s1.pdf", "s2.pdf"}
    pages = pypdf.PdfReader(report.folder / "s1.pdf").pages
    text = " ".join("".join(page.extract_text() for page in pages).split())
    assert "Ayşe Öztürk, paper 001" in text
    assert "\\input{/etc/passwd} 50% & {x}_^~#$ <b> \\u042f\\u202e" in text
    assert "This could not be read." in text
    assert "Left blank." in text
    assert "Right." in text
    assert all(name in text for name in rest)
    assert f"{rest[0]} dropped" in text
    assert "0 of 0" not in text
