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
from grader.scan import work
from grader.scan.scan import scan
from tests.grader.scan.stacks import Inline, Paper, stack

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
WAITS = "waits"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("ticks")
    (place / "own").mkdir()
    (place / "own" / "facts.tex").write_text(FACTS)
    (place / "exam.yaml").write_text(EXAM)
    exam = read_exam(place / "exam.yaml")
    make(Job(exam, "42", copies(2), place / "exam", pdf="yes", workers=1))
    return place / "exam"


@pytest.mark.parametrize(
    ("paper", "ticked", "wanted"),
    [("001", [1, 3], "dropout; weight decay"), ("002", [], "")],
)
def test_boxes_of_an_answer_are_one_answer(
    paper: str, ticked: list[int], wanted: str, printed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "process_pool", Inline)
    own = Paper(printed, paper)
    for place in ticked:
        own.tick(f"1a.facts:{place}", 0)
    report = scan(printed, [stack(printed.parent / f"{paper}.pdf", [own.scan(1)])])
    assert not report.missing
    records = json.loads((printed / "scans" / "answers.json").read_text(encoding="utf-8"))
    (found,) = (record["answers"] for record in records if record["paper"] == paper)
    assert found == {"1a.facts": wanted, "1a.cost": ""}
