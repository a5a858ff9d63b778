"""Hints are shown to those who practise, nowhere else, and none gives the key away."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from answers.verdict import Verdict
from examgen.folder.key import AnswerKey, RubricKey
from examgen.gallery import gallery
from examgen.ground.errors import InputError
from examgen.proof.hints import telling_hints, tells
from generator.exams.exam_file import exam_from_text
from generator.questions.question_file import read_question
from generator.render.html import paper_html
from generator.render.key import key_body
from generator.render.latex import paper_body
from generator.variants.assemble import copies, papers
from grader.feedback.own_paper import own_parts
from grader.feedback.page import feedback
from grader.scoring.mark_paper import mark_paper

if TYPE_CHECKING:
    from generator.variants.paper import Paper

GUIDE = Path("docs/questions.md")
EXAM = "course: c\ntitle: t\npractice: {}\nquestions: [{{title: q, parts: [odd]}}]\n"


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The question of the guide."""
    text = GUIDE.read_text("utf-8").partition("\n## Hints\n")[2].partition("\n## ")[0]
    example = "\n".join(line[4:] for line in text.split("\n") if line.startswith("    "))
    path = tmp_path_factory.mktemp("hints") / "odd.tex"
    path.write_text(example, "utf-8")
    return path


def _paper(odd: Path, practice: str) -> Paper:
    exam = exam_from_text(EXAM.format(practice), "x.yaml", [odd.parent])
    return next(iter(papers(exam, "1", copies(1))))


def test_hints_are_folded_up_on_a_page_for_practice_and_nowhere_else(odd: Path) -> None:
    practice, exam = _paper(odd, "yes"), _paper(odd, "no")
    page = paper_html(practice)
    assert page.count('<details class="hint"><summary>Hint') == 2
    assert "Hint 2 (costs 10 % of the marks)</summary>" in page
    number = practice.key.parts[0].model.inputs["n"]
    assert f"<mn>{number}</mn>" in page.partition("Hint 2")[2]
    for text in (
        *(paper_html(exam), exam.key.to_json(), paper_body(exam), key_body(exam)),
        *(paper_body(practice), key_body(practice), key_body(practice, release=True)),
    ):
        assert "odd numbers." not in text
        assert "in common" not in text


@pytest.mark.parametrize(
    ("practice", "answer", "shown"), [("yes", "7", 2), ("yes", "", 0), ("no", "7", 0)]
)
def test_feedback_on_practice_has_hints_where_an_answer_is_wrong(
    odd: Path, practice: str, answer: str, shown: int
) -> None:
    paper = _paper(odd, practice)
    marked = mark_paper(paper.key, None)
    (only,) = marked.answers
    verdict = Verdict.WRONG if answer else Verdict.CORRECT
    marked = replace(marked, answers=(replace(only, verdict=verdict, marks=Fraction(0)),))
    assert feedback(marked, own=own_parts(paper.key)).count('class="hint"') == shown


@pytest.mark.parametrize("hints", [True, False])
def test_the_gallery_shows_hints_where_they_are_wanted(odd: Path, hints: bool) -> None:  # noqa: FBT001
    assert ("<summary>Hint 2, costs 10 %</summary>" in gallery([odd], hints=hints)) is hints


# A hint, the kind and text of the right answer, and whether the hint tells it.
TOLD = [
    ("The answer is $42$.", "integer", "42", True),
    ("It is 42", "integer", "42", True),
    ("Not 142, nor 4.2, nor 42.5.", "integer", "42", False),
    ("You should get $9{,}472$.", "integer", "9472", True),
    ("You should get 9 472 of them: 9472.", "integer", "9472", True),
    ("It is $2 x + 1$.", "expression", "2*x + 1", True),
    ("It has the form $a x + b$.", "expression", "2*x + 1", False),
    (r"Namely \textbf{vanishing gradients}.", "text", "vanishing gradients", True),
    ("Gradients vanish.", "text", "vanishing gradients", False),
    ("Half: $1/2$", "number", "1/2", True),
    ("About 42.0.", "integer", "42", True),
    (r"It is $9.472\times10^{3}$.", "integer", "9472", True),
    (r"It is $9.472\times10^{4}$.", "integer", "9472", False),
    ("It is 50 %", "number", "0.25", False),
    (r"It is $2\cdot x + 1$.", "expression", "2*x + 1", True),
    ("Use 3 layers", "integer", "13", False),
]


@pytest.mark.parametrize(("hint", "kind", "right", "told"), TOLD)
def test_what_tells_the_answer(hint: str, kind: str, right: str, *, told: bool) -> None:
    options = {"variables": ["x"]} if kind == "expression" else {}
    answer = AnswerKey("1a.x", "", Fraction(1), kind, right, dict(options))
    assert tells(hint, answer) is told


def test_an_option_is_told_alone_and_a_model_answer_as_a_whole() -> None:
    options = ("sigmoid", "tanh", "softplus")
    choice = AnswerKey("1a.x", "", Fraction(1), "choice", "tanh", choices=options)
    assert tells("Think of tanh.", choice)
    assert not tells("Is it sigmoid or tanh?", choice)
    prose = RubricKey("1b.x", "", Fraction(1), (), "It shrinks.")
    assert tells("Say: it shrinks.", prose)
    assert not tells("What shrinks?", prose)


QUESTION = """---
title: t
vary: {{n: [{}]}}
values: {{s: n * n + 1}}
hints: [{}]
answers: {{it: {{integer: s, marks: 1}}}}
---
Square \\V{{n}} and add 1. \\answer{{it}}
"""
FOUND = [
    ("3, 4, 5, 6, 7", "'Square it.'", 0),
    ("3, 4, 5, 6, 7", "'Square it.', 'You get $\\V{s}$.'", 1),
    ("3, 4, 5, 6, 7", "'You get $\\V{n*n + 1}$.'", 1),
    ("3, 4, 5, 6, 7, 8, 9, 11, 12", "'It is more than 17.'", 0),  # the answer for n = 4
    ("4", "'It is more than 17.'", 1),
]


@pytest.mark.parametrize(("values", "hints", "count"), FOUND)
def test_check_names_the_hint_that_gives_the_key_away(
    tmp_path: Path, values: str, hints: str, count: int
) -> None:
    (tmp_path / "q.tex").write_text(QUESTION.format(values, hints), "utf-8")
    found = list(telling_hints(read_question(tmp_path / "q.tex", "q")))
    assert len(found) == count
    assert all("gives the answer it away" in what for what in found)


@pytest.mark.parametrize(
    ("hint", "what"),
    [
        ("'about \\V{m}'", "q.tex:5: .*no quantity 'm'"),
        ("{says: x, cost: 120%}", "from 0 to 1"),
        ("{cost: 10%}", "says"),
    ],
)
def test_a_faulty_hint_is_refused_with_its_line(tmp_path: Path, hint: str, what: str) -> None:
    (tmp_path / "q.tex").write_text(QUESTION.format("3, 4", hint), "utf-8")
    with pytest.raises(InputError, match=what):
        read_question(tmp_path / "q.tex", "q")
