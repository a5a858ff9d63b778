"""Every question file of the bank, by the same tests: nobody has to add one."""

from __future__ import annotations

from pathlib import Path

import pytest

from answers.judge import Options, judge
from examgen.folder.key import AnswerKey
from generator.exams.exam_file import exam_from_text, read_exam
from generator.exams.find_exam import bundled_exam
from generator.questions.draw import NoDraw, draw
from generator.questions.model import Asked
from generator.questions.question_file import read_question
from generator.variants.assemble import copies, papers
from tests.bundled import first_keys

BANK = Path("templates/questions")
NAMES = sorted(p.relative_to(BANK).with_suffix("").as_posix() for p in BANK.rglob("*.tex"))


def _exam(name: str, fixed: str = "") -> str:
    part = f"{{use: {name}{fixed}}}"
    return f"course: c\ntitle: t\nquestions: [{{title: q, parts: [{part}]}}]\n"


@pytest.mark.parametrize("name", NAMES)
def test_examples_hold(name: str) -> None:
    question = read_question(BANK / f"{name}.tex", name)
    for example in question.examples:
        member = draw(question, example.given, "1", "example")
        model, solution = member.model, member.solution
        fixed = ", fix: {" + ", ".join(f"{k}: {v}" for k, v in model.inputs.items()) + "}"
        exam = exam_from_text(_exam(name, fixed), "x.yaml", [BANK])
        answers = next(iter(papers(exam, "1", copies(1)))).key.answers
        found = {a.id.partition(".")[2]: a for a in answers if isinstance(a, AnswerKey)}
        assert solution is not None
        for answer, text in example.gives.items():
            key = found[answer]
            options = Options.from_mapping(dict(key.options))
            tight = options if key.kind in {"expression", "number", "list"} else Options()
            assert judge(key.kind, key.expected, text, tight).verdict == "correct", (answer, text)


@pytest.mark.parametrize("name", NAMES)
def test_draws_are_proven_and_differ(name: str) -> None:
    question = read_question(BANK / f"{name}.tex", name)
    inputs = set()
    for student in range(12):
        member = draw(question, {}, "42", str(student))
        model, solution = member.model, member.solution
        inputs.add(tuple(model.inputs.items()))
        if solution is not None and solution.derivation.oracle is not None:
            assert solution.disagreements() == []
    assert len(inputs) > 3 or not question.vary


def test_the_exam_is_whole() -> None:
    exam = read_exam(bundled_exam())
    assert [sum(slot.marks for slot in q.slots) for q in exam.questions] == [
        25,
        30,
        22,
        20,
        28,
        25,
        30,
    ]


def test_every_key_is_right_and_junk_is_not() -> None:
    for answer in (a for key in first_keys(10) for a in key.answers if isinstance(a, AnswerKey)):
        options = Options.from_mapping(dict(answer.options))
        assert judge(answer.kind, answer.expected, answer.expected, options).verdict == "correct"
        assert judge(answer.kind, answer.expected, "junk?!", options).score == 0


@pytest.mark.parametrize("name", NAMES)
def test_a_paper_says_how_far_to_round(name: str) -> None:
    question = read_question(BANK / f"{name}.tex", name)
    judged = [asked for asked in question.answers if isinstance(asked, Asked)]
    if any(asked.options.has_tolerance for asked in judged):
        assert "digits" in question.body or "decimals" in question.body


# Where terms nearly cancel, three digits on the way leave fewer than two at the end:
# 0.711*-0.6 + 0.646*0.664 = 0.002, exactly 0.00217; 0.401*-0.4 + 0.599*0.296 = 0.0169 for 0.0166.
CANCELLED = [
    ("rnn/lstm_step", "x=1 cell_previous=-0.6 weight_xf=0.9 weight_xi=0.6 weight_xc=0.8"),
    (
        "rnn/gru_step",
        "x=1 hidden_previous=-0.4 weight_xr=0.3 weight_hr=0.5 weight_xz=0.4 weight_xh=0.2"
        " weight_hh=-0.5",
    ),
]


@pytest.mark.parametrize(("name", "held"), CANCELLED, ids=["lstm", "gru"])
def test_rounding_on_the_way_is_never_fatal(name: str, held: str) -> None:
    question = read_question(BANK / f"{name}.tex", name)
    given = dict(pair.split("=") for pair in held.split())
    with pytest.raises(NoDraw, match="does not hold"):
        draw(question, given, "1", "x")
