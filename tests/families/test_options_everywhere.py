"""Answers made of options, from the question file to marks: paper, form, key, simulated class."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from examgen import Exam
from examgen.simulation.folder import simulate
from examgen.simulation.truth import compare
from generator.pdf.pdflatex import engine
from tests.grader.pdf_files import filled

if TYPE_CHECKING:
    from pathlib import Path

    from examgen import ExamFolder

QUESTION = r"""---
title: A matrix
vary: {a: [2, 3, 5, 7], b: [4, 6, 8, 12]}
answers:
  facts:
    selection:
      It is invertible: yes
      Its determinant is $\V{a * b}$: yes
      Its trace is $\V{a * b}$: no
      Its trace is at least $12$: a + b >= 12
    marks: 4
  truths:
    matching:
      $\V{a}$ is prime: 'true'
      $\V{b}$ is even: 'true'
      $1$ is prime: 'false'
    shuffle: no
    marks: 3
  order: {ordering: [constant, logarithmic, linear, quadratic], scoring: pairs, marks: 3}
  one: {choice: identity, options: [identity, zero, diagonal], marks: 2}
---
The matrix has $\V{a}$ and $\V{b}$ on its diagonal and zeros beside it.
What is true of it? \answer{facts} Which are true? \answer{truths}
Order by growth. \answer{order} Which matrix is neutral? \answer{one}
"""
EXAM = """course: c
title: t
code: opts
layout: worksheet
shuffle: [options]
guessing: corrected
floor: part
questions: [{title: q, parts: [q]}]
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> ExamFolder:
    folder = tmp_path_factory.mktemp("options")
    (folder / "q.tex").write_text(QUESTION, "utf-8")
    (folder / "exam.yaml").write_text(EXAM, "utf-8")
    return Exam.load(folder / "exam.yaml").make(seed="5", copies=24, out=folder / "out")


def test_a_made_up_class_gets_what_the_rules_say(made: ExamFolder) -> None:
    simulated = simulate(made.path, "2").folder
    made.grade([simulated / "submissions"])
    found = compare(simulated, made.path / "grades")
    assert [str(item) for item in found.differences] == []


@pytest.mark.skipif(engine() is None, reason="needs a TeX engine")
def test_the_boxes_of_a_form_are_read_together(made: ExamFolder, tmp_path: Path) -> None:
    blank = (made.path / "papers" / "001.pdf").read_bytes()
    fields = PdfReader(io.BytesIO(blank)).get_fields() or {}
    ticks = {}
    for name, field in fields.items():
        answer, options = name.split("/")[3], [str(one) for one in field.get("/Opt", ())]
        if options == ["It is invertible"]:
            ticks[name] = "/0"
        elif answer.startswith("truths"):
            ticks[name] = f"/{options.index('true')}"
        elif answer == "order":
            ticks[name] = "A B"
    (tmp_path / "any.pdf").write_bytes(filled(blank, ticks))
    results = made.grade([tmp_path / "any.pdf"])
    given = {answer.id: answer.text for answer in results.paper("001").answers}
    assert given == {
        "1a.facts": "It is invertible",
        "1a.truths": "1: true; 2: true; 3: true",
        "1a.order": "A B",
        "1a.one": "",
    }


def test_the_paper_says_how_options_earn_marks(made: ExamFolder) -> None:
    tex = (made.path / "papers" / "001.tex").read_text("utf-8")
    html = (made.path / "papers" / "001.html").read_text("utf-8")
    for said in (
        "Several options may be right. The share of the wrong options that you tick",
        "Wrong ticks cost up to 4 marks.",
        "Each right row earns an equal share. Each wrong one costs 1 mark.",
        "Each pair in the right order earns an equal share.",
        "A wrong answer costs 1 mark; no answer costs nothing.",
    ):
        assert said in tex
        assert said in html
    assert html.count('type="checkbox"') == 4
    assert html.count('name="1a.truths:2"') == 2
