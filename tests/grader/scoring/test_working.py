"""Working: what a line is, what waits, what is carried on, and what hostile texts may do."""

from __future__ import annotations

import time
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from answers.verdict import Verdict
from examgen.folder.key import PaperKey
from generator.exams.exam_file import exam_from_text
from generator.variants.assemble import copies, papers
from grader.feedback.page import feedback
from grader.records.submissions import Submission
from grader.scoring.mark_paper import mark_paper
from grader.scoring.marked import MarkedAnswer
from grader.scoring.working.lines import MOST_LINES, read_working
from grader.store.rows import verdict_row

QUESTION = r"""---
title: Boxes
given: {a: 7, b: 5, n: 12}
values:
  area: {formula: a * b, symbol: A, says: area}
  volume: {formula: area * n, symbol: V, says: volume}
  half: {formula: volume / 2, symbol: 'V_{\mathrm{half}}', says: half the volume}
mistakes:
  added: {says: the sides were added, share: 0.25, area: a + b}
answers:
  base: {integer: area, marks: 2, label: area}
  half: {integer: half, marks: 8, label: half the volume, working: {volume: 1, half: 3}}
  product: {expression: (x+1)*(x+2), variables: [x], marks: 2, label: product, working: true}
  root: {equation: x = 2, variables: [x], marks: 2, label: root, working: true}
---
Sides $\V{a}$, $\V{b}$, height $\V{n}$. \answer{base} \answer{half} \answer{product} \answer{root}
"""


@pytest.fixture(scope="module", autouse=True)
def _folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Write the question where its exam finds it."""
    FOLDER.append(tmp_path_factory.mktemp("boxes"))
    (FOLDER[0] / "boxes.tex").write_text(QUESTION, "utf-8")


FOLDER: list[Path] = []


@cache
def key() -> PaperKey:
    """The key of a paper with these boxes."""
    exam = exam_from_text("course: c\ntitle: t\nquestions: [{title: q, parts: [{use: boxes}]}]\n",
                          "x.yaml", [FOLDER[0]])  # fmt: skip
    return next(iter(papers(exam, "1", copies(1)))).key


def marked(name: str, text: str, **before: str) -> MarkedAnswer:
    """An answer, marked with what was answered before."""
    given = {f"1a.{n}": value for n, value in (before | {name: text}).items()}
    paper = mark_paper(key(), Submission("001", "001", given))
    return next(answer for answer in paper.answers if answer.id == f"1a.{name}")


CASES = [
    # text, marks of 8 (None: a person), the verdicts of its lines
    ("35*12 = 420\n420/2 = 210", 8, "right right"),
    ("210", 8, ""),
    ("35*12 = 420\n420/2 = 211", 5, "right slip"),
    ("35*12 = 430\n430/2 = 215", 7, "slip follows"),
    ("V = 420", 2, "right"),
    ("35*12 = 420\n420*2 = 840", 2, "right wrong"),
    ("~~35*12 = 400~~\n420/2 = 210", 8, "struck right"),
    ("12*12 = 144 (wrong)\n420/2 = 210", 8, "struck right"),
    ("V = 430\nV = 420\n420/2 = 210", 8, "wrong right right"),
    ("the half of the volume\n420/2 = 210", 8, "note right"),
    ("210\n211", None, "right unclear"),
    ("(12 +* 3\n999", None, "unclear wrong"),
    ("35*12 = 420\n(12 +* 3\n999", 2, "right unclear wrong"),
    ("99", 0, "wrong"),
    ("3..5..7", None, "unclear"),
    ("35*12 = 420\n3..5..7", None, "right unclear"),
]


@pytest.mark.parametrize(("text", "marks", "lines"), CASES, ids=[case[0] for case in CASES])
def test_lines_and_marks(text: str, marks: int | None, lines: str) -> None:
    found = marked("half", text)
    assert found.marks == marks
    assert " ".join(verdict for _, verdict, _ in found.lines) == lines


def test_an_own_earlier_answer_is_carried_on() -> None:
    """7 + 5 = 12 for the area: the rest follows from it, and is marked so."""
    found = marked("half", "12*12 = 144\n144/2 = 72", base="12")
    assert found.verdict is Verdict.FOLLOW_THROUGH
    assert found.marks == 8
    assert [verdict for _, verdict, _ in found.lines] == ["follows", "follows"]


def test_the_first_wrong_line_is_named() -> None:
    found = marked("half", "A = 7 + 5 = 12\n12*12 = 144\n144/2 = 72")
    assert "line 1" in found.why
    assert found.lines[0][2] == "the sides were added"
    assert (found.mistake, found.says) == ("added", "the sides were added")


@pytest.mark.parametrize(
    ("text", "marks", "said"),
    [
        ("x*(x+2) + (x+2)\nx^2 + 3x + 2", 2, ""),
        ("x^2 + 2x + x + 2\nx^2 + 3x + 3", 1, "at x=2: yours 13, there 12"),
        ("x^2 + 2x + 2\nx^2 + 2x + 2", 0, ""),
    ],
)
def test_each_line_of_algebra_follows_from_the_last(text: str, marks: int, said: str) -> None:
    found = marked("product", text)
    assert found.marks == marks
    assert said in found.lines[-1][2]


@pytest.mark.parametrize(
    ("text", "marks"),
    [("3x + 1 = 7\n3x = 6\nx = 2", 2), ("3x + 1 = 7\n3x = 6\nx = 3", 1), ("3x = 5\nx = 5/3", 0)],
)
def test_equations_are_kept_from_line_to_line(text: str, marks: int) -> None:
    assert marked("root", text).marks == marks


HOSTILE = {
    "many lines": "1 = 1\n" * 100_000,
    "one long line": "7*" * 50_000 + "1",
    "open brackets": "(" * 5_000 + "\n" + "[" * 5_000,
    "towers": "9**9**9**9**9 = 9^9^9^9\n" * 60,
    "many statements": "1 = 2; " * 5_000,
    "letters": "a*b*c*d*e + f*g*h = k\n" * 60,
    "five letters": "\n".join(f"a*b + c*d - e + {n}*a" for n in range(60)),
    "commas": ", ".join(str(n) for n in range(5_000)),
    "labels": "a:b:c: = : = :\n" * 1_000,
    "words": "so and then because " * 5_000,
    "crossed out": "~~" * 20_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("name", ["half", "product"])
def test_hostile_workings_are_bounded(name: str, text: str) -> None:
    begun = time.process_time()
    found = marked(name, text)
    assert time.process_time() - begun < 5
    assert found.marks is None or found.marks == 0
    assert len(found.lines) <= MOST_LINES


def test_what_is_too_long_to_look_at_waits() -> None:
    text = "\n".join(["2 = 2"] * MOST_LINES + ["35*12 = 420", "999"])
    assert not read_working(text).is_whole
    assert marked("half", text).marks is None


def test_lines_are_kept_and_shown() -> None:
    given = {"1a.half": "35*12 = 430\n<b>430/2</b> = 215"}
    paper = mark_paper(key(), Submission("001", "001", given))
    (answer,) = (answer for answer in paper.answers if answer.id == "1a.half")
    row = verdict_row(1, 0, 0, answer)
    detail = row["detail"]
    assert isinstance(detail, dict)
    assert detail["lines"] == answer.lines
    page = feedback(paper)
    assert "35*12 is not 430" in page
    assert "&lt;b&gt;430/2" in page


def test_a_step_never_counts_more_than_its_share() -> None:
    found = marked("half", "35*12 = 420\nV = 420\n7*5*12 = 420\n0")
    assert found.marks == Fraction(2)


SUM = r"""---
title: Sum
given: {a: 12, b: 18, c: 4}
values:
  first: {formula: a * b, symbol: F, says: weights of the first}
  second: {formula: b * b, symbol: S, says: weights of the second}
  third: {formula: b * c, symbol: T, says: weights of the third}
  all: {formula: first + second + third, symbol: N, says: weights altogether}
mistakes:
  left_out: {says: the second was left out, share: 0.25, second: 0}
answers:
  all: {integer: all, marks: 8, label: weights, working: {first: 1, second: 1, third: 1, all: 1}}
---
$\V{a}$, $\V{b}$, $\V{c}$. \answer{all}
"""
ALONE = [
    # 216 + 72 = 288, without 324: alone it is the mistake, a quarter of 8, and shows no step.
    ("288", 2),
    ("x = 288", 2),
    ("n_1 = 288", 2),
    ("answer = 288", 2),
    ("N = 288", 2),
    ("weights = 288", 2),
    ("total number = 288", 2),
    ("see the drawing\nx = 288", 2),
    ("answer: 288\nit is finished", 2),
    ("x = 216 + 72 = 288", 4),
    ("F + T = 288", 4),
    ("F = 216\nT = 72\nx = 288", 4),
    ("F = 216", 2),
]


@pytest.mark.parametrize(("text", "marks"), ALONE, ids=[case[0] for case in ALONE])
def test_a_wrong_result_alone_shows_no_steps(text: str, marks: int, tmp_path: Path) -> None:
    assert marked_alone(SUM, text, tmp_path).marks == marks


def marked_alone(question: str, text: str, folder: Path) -> MarkedAnswer:
    """The answer of a question that asks for nothing else, marked."""
    (folder / "alone.tex").write_text(question, "utf-8")
    exam = exam_from_text("course: c\ntitle: t\nquestions: [{title: q, parts: [{use: alone}]}]\n",
                          "x.yaml", [folder])  # fmt: skip
    paper = next(iter(papers(exam, "1", copies(1)))).key
    (answer,) = paper.parts[0].answers
    return mark_paper(paper, Submission("001", "001", {answer.id: text})).answers[0]


HATS = r"""---
title: Hats
given: {a: 2, b: 5, c: 1}
values:
  width: {formula: b - a, symbol: w, says: width}
  height: {formula: b - c, symbol: h, says: height}
  area: {formula: width * height, symbol: A, says: area}
  mean: {formula: area / 7, symbol: m, says: mean}
  corrected: {formula: mean * 7 / 5, symbol: '\hat{m}', says: corrected}
mistakes:
  counted: {says: edges were counted, share: 0.25, width: b - a + 1, height: b - c + 1}
  not_corrected: {says: the mean was not corrected, share: 0.25, corrected: mean}
answers:
  corrected: {number: corrected, rel: 0.1%, marks: 10, label: corrected, working: true}
---
$\V{a}$, $\V{b}$, $\V{c}$. \answer{corrected}
"""
BEFORE = "w = 3\nh = 4\nA = 12\nm = 1.714\n"
NAMED = [
    # steps 3, 4, 12, 12/7 and 12/5, two marks each
    (BEFORE + r"\hat{m} = 2.4", 10),
    (BEFORE + r"\hat{m} = 1.714", 8),  # 12/7 is right for m, not for m with a hat
    (BEFORE + "m\N{COMBINING CIRCUMFLEX ACCENT} = 12/7", 8),
    (BEFORE + "mhat = 1.714", 8),
    (BEFORE + "m = 2.4", 10),  # who writes no hats
    (BEFORE + r"\hat{m} = 2.41", 9),  # 0.4 % off, where 0.1 % is accepted
    (BEFORE + "2.41", 9),
    ("w = 4\nh = 5\nA = 20\nm = 20/7\n\\hat{m} = 4", 6),  # 4 is the height, not the width
    ("w = 4\nh = 5\nA = 20\nm = 20/7\n\\hat{m} = 4\n4.00", 6),
]


@pytest.mark.parametrize(("text", "marks"), NAMED, ids=[case[0] for case in NAMED])
def test_a_symbol_says_which_step_is_meant(text: str, marks: int, tmp_path: Path) -> None:
    assert marked_alone(HATS, text, tmp_path).marks == marks
