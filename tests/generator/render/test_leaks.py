r"""What one paper of a batch does to the next: nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pypdf
import pytest

from examgen.proof.files import bank, exam_of, name_of, read
from generator.exams.exam_file import read_exam
from generator.folder.make import Job, make
from generator.pdf.pdflatex import engine
from generator.render.tame import is_tame, shares_run
from generator.variants.assemble import copies, papers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from examgen.folder.students import Student

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
    ("globaldefs", r"\B{if k == 3}\globaldefs=1 \def\alt#1{LEAKED}\B{endif}\alt{x}"),
    ("named command", r"\expandafter\gdef\csname alt\endcsname#1{LEAKED\V{k}}\alt{x}"),
    ("spelled otherwise", r"^^5cgdef\alt#1{LEAKED\V{k}}\alt{x}"),
    ("list", r"\begin{enumerate}[resume]\item \V{k}\end{enumerate}"),
    ("drawing", r"\newcommand{\side}{\V{k}}\begin{tikzpicture}\node{\side};\end{tikzpicture}"),
    ("numbered drawing", r"\begin{tikzpicture}\node{\stepcounter{page}\thepage};\end{tikzpicture}"),
]  # fmt: skip


TAME = [
    "Plain text, 50, a_b^c & ~ and $x$.",
    r"$\frac{-1}{2} \le \alpha_{i}^{2}$, \textbf{bold} \\ \[ \sum_{i=1}^n i \]",
    r"\begin{align*} a &= b \\ c &= \operatorname{tr} A \end{align*}",
    r"\begin{tabular}{lc} a & \V{k} \\ \midrule {\small b} & \{c\} \end{tabular}",
    r"\begin{tikzpicture}\foreach \x/\n in {1/a, 2/b} \draw (\x, 0) node {$\n$};\end{tikzpicture}",
    "\\begin{verbatim}\nSELECT {x} \\gdef % } FROM t\n\\end{verbatim}",
    r"5\,\%, \'e, \c{s}, \label{a} see (\ref{a})",
]
WILD = [
    r"\globaldefs=1 \def\side{L}",
    r"\gdef\a{L}",
    r"\xdef\a{L}",
    r"\global\let\a=b",
    r"\let\blank\relax",
    r"\def\a{L}",
    r"\newcommand{\side}{3}",
    r"\renewcommand\blank{L}",
    r"\setcounter{page}{7}",
    r"\addtocounter{section}{1}",
    r"\input{secret}",
    r"\immediate\write18{ls}",
    r"\openout5=x",
    r"\catcode`\@=11",
    r"\AtBeginDocument{L}",
    r"\everypar{L}",
    r"\output{}",
    r"\csname gdef\endcsname\a{L}",
    r"\expandafter\relax",
    r"\newlength{\mine}",
    r"\usetikzlibrary{calc}",
    r"\tikzset{every node/.style={red}}",
    r"\lccode`\~=65 \lowercase{~}",
    r"\mathchardef\alpha=5",
    r"\font\x=cmr10",
    r"\hyphenation{a-b}",
    r"\pagestyle{empty}",
    r"\end{document}",
    r"\begin{longtable}{l}a\end{longtable}",
    r"\begin{globaldefs}\end{globaldefs}",
    r"\begin{csname}gdef\end{csname}",
    r"\verb|{| } \Huge { \verb|}|",
    "} \\Huge {",
    "{ open",
    r"\begin{center} { \end{center} }",
    r"\begin{enumerate}[series=a]\item x\end{enumerate}",
    r"\begin{tikzpicture}[remember picture]\end{tikzpicture}",
    "^^5cgdef",
    "% {\n} \\Huge { % }\n",
    r"\@ifnextchar a",
    r"\begin{verbatim*}\gdef\end{verbatim*}",
]


@pytest.mark.parametrize("text", TAME)
def test_known_commands_share_a_run(text: str) -> None:
    assert is_tame(text.replace(r"\V{k}", "5"))


@pytest.mark.parametrize("text", WILD)
def test_other_commands_have_a_run_of_their_own(text: str) -> None:
    assert not is_tame(text)


@pytest.mark.parametrize("path", bank(), ids=name_of)
def test_the_bank_shares_runs(path: Path) -> None:
    assert all(map(shares_run, papers(exam_of(read(path)), "1", copies(5))))


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
