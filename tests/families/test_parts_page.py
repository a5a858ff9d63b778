"""docs/ceng403.md has a row for each part of the exam, with its question and its marks."""

from __future__ import annotations

from pathlib import Path

from generator.exams.exam_file import read_exam
from generator.exams.find_exam import bundled_exam

ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in Path("docs/ceng403.md").read_text("utf-8").splitlines()
    if line.startswith("| ")
][1:]


def test_each_part_has_a_row() -> None:
    exam = read_exam(bundled_exam())
    parts = [
        (f"{number}{'abc'[place]}", slot.candidates[0].question.name, str(slot.marks))
        for number, question in enumerate(exam.questions, 1)
        for place, slot in enumerate(question.slots)
    ]
    assert [(row[0], row[1].strip("`"), row[2]) for row in ROWS] == parts
    assert all(row[3] and row[4] for row in ROWS)
