"""A wrong formula and the number that it gives for the paper: the number is a right consequence."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from examgen.folder.key import SCHEMA, AnswerKey, PaperKey, PartKey
from examgen.proof.files import exam_of, read
from generator.questions.draw import member_of
from generator.variants.assemble import part_of
from grader.records.submissions import Submission
from grader.scoring.mark_paper import mark_paper

if TYPE_CHECKING:
    from grader.scoring.marked import MarkedAnswer

BANK = Path(__file__).parents[3] / "templates" / "questions"
SIZES = {"hidden_size": "10", "input_size": "20", "output_size": "5"}

# question, a student's formula, the number given, its marks; with h = 10, x = 20, y = 5
FOLLOWED = [
    ("rnn/lstm_equations", "4h(h+x)", "1200", 2),  # 4 * 10 * 30
    ("rnn/lstm_equations", "N = 4*h*(h+x)", "1,200", 2),
    ("rnn/lstm_equations", "5h(h+x+1)", "1550", 2),  # 5 * 10 * 31
    ("rnn/lstm_equations", "4h^2 + 4x^2", "2000", 2),  # 400 + 1600
    ("rnn/lstm_equations", "4h(h+x+1)", "1200", 1),  # the formula is right: a mistake's number
    ("rnn/lstm_equations", "5h(h+x+1)", "1551", 0),
    ("rnn/lstm_equations", "1550", "1550", 0),  # no formula
    ("rnn/lstm_equations", "h", "10", 0),  # a number of the paper
    ("rnn/lstm_equations", "4h(h+q)", "1200", 1),  # a letter without a number
    ("rnn/lstm_equations", "9^(9^h)", "1550", 0),  # too large to be worked out
    ("rnn/lstm_variants", "3h(h+x)+1", "901", 0.5),
    ("rnn/parameters", "hx + h^2 + yh + 1", "351", 2),  # 200 + 100 + 50 + 1
    ("rnn/gru_parameters", "3h(h+x)+7", "907", 2),
    ("rnn/lstm_parameters", "4h(h+x)+7", "1207", 2),
]  # fmt: skip


def key_of(question: str) -> PaperKey:
    (asked,) = exam_of(file := read(BANK / f"{question}.tex")).parts
    first = {name: options[0] for name, options in file.vary.items() if options}
    chosen = first | {name: SIZES[name] for name in SIZES.keys() & file.vary.keys()}
    member = member_of(file, chosen)
    part = part_of(asked, member.model, member.solution).key
    return PaperKey(SCHEMA, "001", "s", "", (part,))


def marked(key: PaperKey, formula: str, count: str) -> MarkedAnswer:
    given = {"1a.formula": formula, "1a.count": count}
    answers = mark_paper(key, Submission("001", "s", given)).answers
    return next(answer for answer in answers if answer.id == "1a.count")


@pytest.mark.parametrize(("question", "formula", "count", "marks"), FOLLOWED)
def test_the_number_follows_from_the_formula(
    question: str, formula: str, count: str, marks: float
) -> None:
    found = marked(key_of(question), formula, count)
    assert found.marks == marks
    assert not found.fault


def test_the_student_is_told_what_it_follows_from() -> None:
    found = marked(key_of("rnn/lstm_equations"), "5h(h+x+1)", "1550")
    assert (found.verdict, found.carried) == ("follow_through", ("1a.formula",))
    assert found.why == "what follows from your answer to 1a.formula: 1550"


def test_a_key_from_before_is_marked_as_before() -> None:
    key = key_of("rnn/lstm_equations")
    (part,) = key.parts
    answers = tuple(replace(a, follows=()) if isinstance(a, AnswerKey) else a for a in part.answers)
    old = replace(key, parts=(PartKey(part.id, part.template, part.title, part.model, answers),))
    assert marked(old, "5h(h+x+1)", "1550").marks == Fraction(0)


# k0 = 64 and k = 12: 304, 352, 400 and 448 bytes, together 1504 H W.
GROWN = {"in_channels": "64", "growth_rate": "12", "compression": "0.5", "side": "28"}
SUMMED = [
    ("64, 76, 88, 100", "304, 352, 400, 450", "1506HW", 1),
    ("64, 76, 88, 101", "304, 352, 400, 452", "1508 H W", 1),
    ("64, 76, 88, 100", "256, 304, 352, 400", "1312HW", 1),
    ("64, 76, 88, 100", "304, 352, 400, 450", "448HW", Fraction(1, 4)),  # a mistake of its own
    ("64, 76, 88, 100", "304, 352, 400, 450", "1508HW", 0),
    ("64, 76, 88, 100", "304, 352, 400, 448", "1506HW", 0),
]


@pytest.mark.parametrize(("inputs", "stored", "memory", "marks"), SUMMED)
def test_a_formula_follows_from_numbers(
    inputs: str, stored: str, memory: str, marks: Fraction
) -> None:
    (asked,) = exam_of(file := read(BANK / "densenet" / "block.tex")).parts
    member = member_of(file, GROWN)
    part = part_of(asked, member.model, member.solution).key
    given = {"1a.inputs": inputs, "1a.stored": stored, "1a.memory": memory}
    paper = mark_paper(PaperKey(SCHEMA, "001", "s", "", (part,)), Submission("001", "s", given))
    assert next(a for a in paper.answers if a.id == "1a.memory").marks == marks
