"""Answers with several boxes on paper: options that are ticked, pairs that are matched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("pypdfium2")
pytest.importorskip("zxingcpp")

from generator.exams.exam_file import read_exam
from generator.folder.make import Job, make
from generator.pdf.pdflatex import engine
from generator.variants.assemble import copies
from grader.scan.scan import scan
from tests.grader.scan.stacks import Paper, stack

pytestmark = [
    pytest.mark.tex,
    pytest.mark.skipif(engine() is None, reason="no TeX engine is installed"),
]
EXAM = """course: c
title: t
code: ticks
layout: worksheet
questions: [{title: Ticks, parts: [own/facts]}]
"""
FACTS = r"""---
title: Facts
answers:
  facts: {selection: [dropout, weight decay], marks: 2, options: [dropout, momentum, weight decay]}
  cost: {text: none, marks: 1}
---
Tick what regularizes. \answer{facts}

What does it cost, in one word? \answer{cost}
"""


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("ticks")
    (place / "own").mkdir()
    (place / "own" / "facts.tex").write_text(FACTS)
    (place / "exam.yaml").write_text(EXAM)
    exam = read_exam(place / "exam.yaml")
    make(Job(exam, "42", copies(2), place / "exam", pdf="yes", workers=1))
    return place / "exam"


def answered(exam: Path, paper: Paper) -> dict[str, object]:
    report = scan(exam, [stack(exam.parent / f"{paper.id}.pdf", [paper.scan(1)])])
    assert not report.missing
    records = json.loads((exam / "scans" / "answers.json").read_text(encoding="utf-8"))
    (found,) = (record["answers"] for record in records if record["paper"] == paper.id)
    assert set(found) == {"1a.facts", "1a.cost"}
    return dict(found)


def test_boxes_of_an_answer_are_one_answer(printed: Path) -> None:
    own = Paper(printed, "001")
    own.tick("1a.facts:1", 0)
    own.tick("1a.facts:3", 0)
    assert answered(printed, own) == {"1a.facts": "dropout; weight decay", "1a.cost": ""}


def test_an_answer_without_a_tick_is_blank_or_waits(printed: Path) -> None:
    found = answered(printed, Paper(printed, "002"))["1a.facts"]
    assert found == "" or isinstance(found, dict)  # on a page with so little print it may wait
