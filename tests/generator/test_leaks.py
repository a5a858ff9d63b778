r"""What one paper of a batch does to the next: nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pypdf
import pytest

from generator.assemble import copies
from generator.exam_file import read_exam
from generator.make import Job, make
from generator.tex import engine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from generator.paper import Student

pytestmark = [
    pytest.mark.tex,
    pytest.mark.skipif(engine() is None, reason="no TeX engine is installed"),
]

EXAM = """course: c
title: t
code: quiz
questions:
  - title: Counting
    parts: [own, {use: plain, marks: 2}]
"""
OWN = r"""---
title: Weights
vary: {k: [3, 5, 7, 9, 11]}
values: {n: k**2 * 8}
answers:
  n: {integer: n, marks: 2}
---
A filter has \V{k} rows.
TEXT
\answer{n}
"""
PLAIN = r"""---
title: A name
answers:
  t: {text: ReLU, marks: 1}
---
\begin{equation}\label{here} y = 1 \end{equation}
Equation (\ref{here}). \textbf{Name} it, \thesection.
\answer{t}
"""


def job(folder: Path, text: str, students: Sequence[Student]) -> Job:
    """An exam whose first part has a certain text."""
    (folder / "own.tex").write_text(OWN.replace("TEXT", text))
    (folder / "plain.tex").write_text(PLAIN)
    (folder / "quiz.yaml").write_text(EXAM)
    out = folder / f"made{len(students)}"
    return Job(read_exam(folder / "quiz.yaml"), "42", students, out, "yes", workers=1)


def last_paper(folder: Path, text: str, students: Sequence[Student]) -> list[str]:
    """The texts of the pages of the last of some papers."""
    report = make(job(folder, text, students))
    assert report.failures == ()
    last = max((report.folder / "papers").glob("*.pdf"))
    return [page.extract_text() for page in pypdf.PdfReader(last).pages]


LEAKS = [
    ("counter", r"\addtocounter{section}{3}"),
    ("equation", r"\begin{equation} x = 1 \end{equation}"),
    ("page", r"\setcounter{page}{7}"),
    ("page style", r"\pagenumbering{roman}\newpage"),
    ("label", r"\begin{equation}\label{here} x = 1 \end{equation} See (\ref{here})."),
    ("global", r"\gdef\textbf#1{bold: #1}"),
    ("new counter", r"\newcounter{mine}\stepcounter{mine}\arabic{mine}"),
    ("font", r"\fontdimen2\font=20pt"),
    ("drawing", r"\newcommand{\side}{\V{k}}\begin{tikzpicture}\node{\side};\end{tikzpicture}"),
    ("numbered drawing", r"\begin{tikzpicture}\node{\stepcounter{page}\thepage};\end{tikzpicture}"),
]  # fmt: skip


@pytest.mark.parametrize("text", [row[1] for row in LEAKS], ids=[row[0] for row in LEAKS])
def test_a_paper_after_others_is_the_paper_alone(text: str, tmp_path: Path) -> None:
    students = copies(5)
    after = last_paper(tmp_path, text, students)
    alone = last_paper(tmp_path, text, students[-1:])
    assert after == [page.replace("001", "005") for page in alone]


def test_parts_have_labels_of_their_own(tmp_path: Path) -> None:
    page = last_paper(tmp_path, LEAKS[4][1], copies(1))[-1]
    assert "See (1)." in page
    assert "Equation (2)." in page


@pytest.mark.parametrize("end", [r"\end{document}", r"\csname @@end\endcsname"])
def test_a_question_that_ends_the_document_is_a_failure(end: str, tmp_path: Path) -> None:
    text = rf"\B{{if k == 7}}{end}\B{{endif}}"
    report = make(job(tmp_path, text, copies(8)))
    lines = (report.folder / "papers.jsonl").read_text().splitlines()
    drawn = {one["paper"]: one["parameters"]["1a"]["k"] for one in map(json.loads, lines)}
    sevens = {paper for paper, k in drawn.items() if k == "7"}
    assert 0 < len(sevens) < 8
    assert {failure.split()[1].rstrip(":") for failure in report.failures} == sevens
    assert all("ends the document" in failure for failure in report.failures)
    made = {path.stem for path in (report.folder / "papers").glob("*.pdf")}
    assert made == {f"{number:03d}" for number in range(1, 9)} - sevens
