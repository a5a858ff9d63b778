"""A bonus: what it adds to totals, what papers say of it, and what an exam file may not say."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from answers.verdict import Verdict
from examgen.folder.students import Student
from examgen.grades.award import Sitting, awards, outcomes
from examgen.grades.scale import Scale
from examgen.ground.errors import InputError
from generator.exams.exam_file import exam_from_text
from generator.render.html import paper_html
from generator.render.key import key_body
from generator.render.latex import paper_body
from generator.variants.assemble import copies, papers
from grader.feedback.page import feedback
from grader.records.submissions import Submission
from grader.results.count_parts import counting
from grader.results.summary import Tally, by_question
from grader.scoring.floor import apply_floor
from grader.scoring.mark_paper import mark_paper
from grader.scoring.marked import MarkedAnswer, MarkedPaper, total_of
from grader.statistics.scores import Scores

if TYPE_CHECKING:
    from generator.variants.paper import Paper

GUIDE = Path("docs/exams.md")
SUM = """---
title: A sum
{}vary: {{a: [2, 3, 4, 5], b: [7, 8, 9]}}
values: {{s: a + b, p: a * b}}
answers:
  s: {{integer: s, marks: 3}}
  p: {{integer: p, marks: 2}}
---
Add $\\V{{a}}$ and $\\V{{b}}$. \\answer{{s}} Multiply them. \\answer{{p}}
"""
RIDDLE = """---
title: A riddle
answers:
  c: {choice: red, options: [red, green, blue], marks: 2, penalty: 1/2}
---
Which is the colour of a ripe tomato? \\answer{c}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("bonus")
    (found / "sum.tex").write_text(SUM.format(""), "utf-8")
    (found / "extra.tex").write_text(SUM.format("bonus: yes\n"), "utf-8")
    (found / "riddle.tex").write_text(RIDDLE, "utf-8")
    return found


@pytest.fixture(scope="module")
def paper(folder: Path) -> Paper:
    """A paper of the exam in the guide: 15 marks and a bonus of 7, of which 1 counts on top."""
    text = GUIDE.read_text("utf-8").partition("\n## Bonus\n")[2]
    example = "\n".join(line[4:] for line in text.split("\n") if line.startswith("    "))
    exam = exam_from_text(example, "quiz.yaml", [folder])
    return next(iter(papers(exam, "1", copies(1))))


# Wrong answers, the total, and the total on a scale of 100.
WRONG = [
    ((), "16", 107),  # 22 with all of the bonus
    (("2a.p",), "16", 107),
    (("2a.p", "3a.c"), "16", 107),  # the wrong option costs nothing: 11 and 5 of the bonus
    (("2a.s", "2a.p", "1b.s"), "9", 60),
    (("1b.s", "1b.p", "3a.c"), "15", 100),
    (("1a.s", "1a.p", "1b.s", "1b.p", "2a.s", "2a.p", "3a.c"), "0", 0),
]
SCALE = Scale.model_validate(
    {"bands": {"A": "50", "F": "0"}, "pass": "A", "outcomes": {"sums": ["1"], "riddles": ["3"]}}
)


def _marked(paper: Paper, wrong: tuple[str, ...]) -> MarkedPaper:
    right = {one.id: getattr(one, "expected", "") for one in paper.key.answers}
    given = right | {name: "green" if name == "3a.c" else "1" for name in wrong}
    marked = mark_paper(paper.key, Submission("001", "001", given, ()))
    return next(iter(counting([marked], [paper.key])))


@pytest.mark.parametrize(("wrong", "total", "scaled"), WRONG)
def test_a_bonus_adds_to_the_total_up_to_its_cap(
    paper: Paper, wrong: tuple[str, ...], total: str, scaled: int
) -> None:
    marked = _marked(paper, wrong)
    assert [marked.total, marked.out_of] == [int(total), 15]
    award = awards({"001": Sitting(Student("001"), marked.answers, handed_in=True)}, SCALE)[0]
    assert award.mark == scaled
    tally = Tally()
    tally.add(marked)
    assert [tally.summary().out_of, tally.summary().mean] == [15, int(total)]
    worth = [(int(one.out_of), int(one.bonus)) for one in by_question(tally.summary().answers)]
    assert worth == [(5, 5), (10, 0), (0, 2)]
    page = feedback(marked)
    is_capped = total == "16" and "3a.c" not in wrong
    assert ("no total is above 16" in page) is is_capped
    assert "of 15 marks" in page
    assert "2 bonus" in page


def test_a_bonus_tests_no_outcome(paper: Paper) -> None:
    marked = _marked(paper, ("1a.s",))
    sat = {"001": Sitting(Student("001"), marked.answers, handed_in=True)}
    found = [(one.name, one.share) for one in outcomes(sat, SCALE)]
    assert found == [("sums", Fraction(2, 5)), ("riddles", None)]


def test_what_is_printed_says_what_is_a_bonus(paper: Paper) -> None:
    tex, page = paper_body(paper), paper_html(paper)
    for text in (tex, page):
        assert "15 marks + 7 bonus marks" in text
        assert "5 marks + 5 bonus marks" in text
        assert "Bonus marks are added to the total, which is at most 16 marks." in text
    assert "& 5+5 & 10 & +2 & 15+7" in " ".join(tex.split())
    assert "[2 bonus marks]" in key_body(paper)


# Marks with b for those of a bonus and ? for what waits, the cap, and both totals.
TOTALS = [
    ("8 2b", 0, 8, 8),
    ("5 2b", 0, 7, 7),
    ("8 2b", 1, 9, 9),
    ("8 2b", 5, 10, 10),
    ("6 ?b", 1, 6, 9),
    ("? 2b", 0, 2, 8),
    ("5 3", 0, 8, 8),
    ("-1 2b", 0, 1, 1),
]


@pytest.mark.parametrize(("marks", "cap", "certain", "most"), TOTALS)
def test_totals_with_what_waits(marks: str, cap: int, certain: int, most: int) -> None:
    answers = [
        MarkedAnswer(
            f"{at}a.x",
            "",
            "integer",
            Verdict.WRONG,
            Fraction(4 if "b" in text else 8 if "b" in marks else 4),
            None if "?" in text else Fraction(text.strip("b")),
            bonus=Fraction(cap) if "b" in text else None,
        )
        for at, text in enumerate(marks.split(), 1)
    ]
    assert [total_of(answers), total_of(answers, with_waiting=True)] == [certain, most]


def test_a_part_that_is_a_bonus_has_a_floor_of_its_own() -> None:
    marks = [("1a.x", Fraction(3)), ("1b.x", Fraction(-2)), ("1b.y", Fraction(1))]
    assert [own for _, own in apply_floor(marks, "paper")] == [3, -2, 1]
    assert [own for _, own in apply_floor(marks, "paper", {"1b"})] == [3, -1, 1]
    assert [own for _, own in apply_floor(marks, "answer", {"1b"})] == [3, 0, 1]


def test_totals_of_a_class_have_the_bonus_in_them() -> None:
    marks = np.array([[10.0, 5.0], [7.0, 5.0], [4.0, 0.0]])
    had, most = np.full((3, 2), fill_value=True), np.array([10.0, 5.0])
    scores = Scores(marks, had, ~had, most, np.array([False, True]), 1.0)
    assert scores.most == 10
    assert scores.totals.tolist() == [11, 11, 4]
    assert scores.common.tolist() == [True, False]
    own, totals, rest = scores.column(1)
    assert (own.tolist(), totals.tolist(), rest.tolist()) == ([5, 5, 0], [11, 11, 4], [1, 0.7, 0.4])


HEAD = "course: c\ntitle: t\n"
FAULTS = [
    ("bonus_cap: 1\n", "[{title: q, parts: [sum]}]", "there is no bonus"),
    ("bonus_cap: 3\n", "[{title: q, parts: [sum, {use: riddle, bonus: yes}]}]", "the bonus is 2 m"),
    ("", "[{title: q, bonus: yes, parts: [sum]}]", "every part is a bonus"),
    ("", "[{title: q, parts: [extra]}]", "every part is a bonus"),
    ("", "[{title: q, choose: 1, parts: [sum, extra]}]", "are to be chosen are a bonus"),
    ("", "[{title: q, parts: [riddle, {pool: [sum, extra], pick: 1}]}]", "only extra would be"),
    ("bonus_cap: -1\n", "[{title: q, parts: [sum, extra]}]", "bonus_cap"),
    ("", "[{title: q, parts: [{use: sum, bonus: 3}]}]", "bonus"),
]


@pytest.mark.parametrize(("more", "questions", "what"), FAULTS)
def test_nonsense_is_refused(folder: Path, more: str, questions: str, what: str) -> None:
    with pytest.raises(InputError, match=what):
        exam_from_text(f"{HEAD}{more}questions: {questions}\n", "x.yaml", [folder])


# Questions, the maximum, and the bonus; the total of 20 scales both.
SCALED = [
    ("[{title: q, parts: [sum, extra]}]", 20, 20),
    ("[{title: q, parts: [sum, {use: riddle, bonus: yes}]}]", 20, 8),
    ("[{title: q, parts: [sum]}, {title: r, choose: 1, bonus: yes, parts: [sum, sum]}]", 20, 20),
    ("[{title: q, parts: [sum, {use: extra, bonus: no}]}]", 20, 0),
    ("[{title: q, parts: [sum, {pool: [sum, extra], pick: 1, bonus: yes}]}]", 20, 20),
    ("[{title: q, bonus: yes, parts: [{use: sum, bonus: no}, sum]}]", 20, 20),
]


@pytest.mark.parametrize(("questions", "maximum", "bonus"), SCALED)
def test_the_total_is_the_maximum(folder: Path, questions: str, maximum: int, bonus: int) -> None:
    text = f"{HEAD}total_marks: 20\nquestions: {questions}\n"
    exam = exam_from_text(text, "x.yaml", [folder])
    paper = next(iter(papers(exam, "1", copies(1))))
    assert [paper.marks, paper.bonus] == [maximum, bonus]
