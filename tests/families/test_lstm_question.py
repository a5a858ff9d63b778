"""The LSTM question of the exam: answers as students write them, with the marks that they get.

Values by hand: 96*51 = 4,896 parameters and 96*50 = 4,800 without biases; 0.9*(-2) + 0.5*0.8 =
-1.4; 0.9*0.6 = 0.54; 0.95^100 = 0.00592 and 0.95^13 = 0.513 > 1/2; ln 19 = 2.944; 3*36*71 = 7,668.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from examgen.folder.key import AnswerKey, PaperKey, RubricKey
from generator.exams.exam_file import exam_from_text
from generator.variants.assemble import copies, papers
from grader.records.submissions import Submission
from grader.scoring.mark_paper import mark_paper
from tests.bundled import first_keys

CELL = (
    "{input_size: 26, hidden_size: 24, forget_gate: 0.9, cell_previous: -2, input_gate: 0.5,"
    " candidate: 0.8, places: [2, 4, 1, 3]}"
)
GRADIENT = (
    "{forget_gates: [0.9, 0.8, 0.75], gate: 0.95, steps: 101, weight: 0.8, derivative: 0.5,"
    " places: [2, 3, 6, 1, 4, 5]}"
)
BY_FORGET = (
    "{input_size: 26, hidden_size: 24, ties_forget: 0, update_keeps: 0, places: [2, 4, 1, 3]}"
)
BY_INPUT = (
    "{input_size: 34, hidden_size: 36, ties_forget: 1, update_keeps: 1, places: [3, 1, 4, 2]}"
)
# Question, what is fixed, answer, text, share of the marks (None: a person decides).
ROWS: list[tuple[str, str, str, str, float | None]] = [
    ("lstm_equations", CELL, "names", "2, 4, 1, 3", 1),
    ("lstm_equations", CELL, "names", "forget 2, input 4, candidate 1, output 3", 1),
    ("lstm_equations", CELL, "names", "2413", 1),
    ("lstm_equations", CELL, "names", "4, 2, 1, 3", 0.5),
    ("lstm_equations", CELL, "names", "2, 1, 4, 3", 0.5),
    ("lstm_equations", CELL, "purposes", "3 2 1 4", 1),
    ("lstm_equations", CELL, "purposes", "3 4 1 2", 0.5),
    ("lstm_equations", CELL, "forget", "sigma(W_f [h_t-1, x_t] + b_f)", 1),
    ("lstm_equations", CELL, "forget", "sigma(W_f h_t-1 + U_f x_t + b_f)", 1),
    ("lstm_equations", CELL, "forget", "1/(1+exp(-(W_f [h, x] + b_f)))", 1),
    ("lstm_equations", CELL, "forget", "sigma(W_f [h, x])", 0.5),
    ("lstm_equations", CELL, "forget", "sigma(W_f h + W_f x + b_f)", 0.5),
    ("lstm_equations", CELL, "input", "tanh(W_i [h, x] + b_i)", 0.25),
    ("lstm_equations", CELL, "candidate", "sigma(W_C [h, x] + b_C)", 0.25),
    ("lstm_equations", CELL, "output", "W_o [h, x] + b_o", 0.25),
    ("lstm_equations", CELL, "cell", "f_t C_{t-1} + i_t G", 1),
    ("lstm_equations", CELL, "cell", "i C + f G", 0.25),
    ("lstm_equations", CELL, "cell", "C + i G", 0.25),
    ("lstm_equations", CELL, "hidden", "o tanh(C_t)", 1),
    ("lstm_equations", CELL, "hidden", "o N", 0.25),
    ("lstm_equations", CELL, "hidden", "o tanh(C)", 0.25),
    ("lstm_equations", CELL, "value", "-1.4", 1),
    ("lstm_equations", CELL, "value", "-0.28", 0.25),
    ("lstm_equations", CELL, "matrix", "24 x 50", 1),
    ("lstm_equations", CELL, "matrix", "24 rows, 50 columns", 1),
    ("lstm_equations", CELL, "matrix", "50 x 24", 0.25),
    ("lstm_equations", CELL, "bias", "24 elements", 1),
    ("lstm_equations", CELL, "formula", "4(h^2 + hx + h)", 1),
    ("lstm_equations", CELL, "formula", "4h(h + x)", 0.5),
    ("lstm_equations", CELL, "count", "4896", 1),
    ("lstm_equations", CELL, "count", "3672", 0.5),
    ("lstm_gradient", GRADIENT, "step", "diag(f_t)", 1),
    ("lstm_gradient", GRADIENT, "step", "1 - f", 0.25),
    ("lstm_gradient", GRADIENT, "product", "0.54", 1),
    ("lstm_gradient", GRADIENT, "product", "0.6", 0.5),
    ("lstm_gradient", GRADIENT, "long", "0.95^100", 1),
    ("lstm_gradient", GRADIENT, "long", "5.92e-3", 1),
    ("lstm_gradient", GRADIENT, "long", "0.95^101", 0.5),
    ("lstm_gradient", GRADIENT, "vanilla", "1.61*10^-40", 1),
    ("lstm_gradient", GRADIENT, "vanilla", "0.5^100", 0.25),
    ("lstm_gradient", GRADIENT, "half", "14 steps", 1),
    ("lstm_gradient", GRADIENT, "half", "13", 0.5),
    ("lstm_gradient", GRADIENT, "bias", "ln(19)", 1),
    ("lstm_gradient", GRADIENT, "bias", "2.94", 1),
    ("lstm_gradient", GRADIENT, "bias", "-2.944", 0.25),
    ("lstm_gradient", GRADIENT, "properties", "6, 2, 3", 1),
    ("lstm_gradient", GRADIENT, "properties", "2 and 3", 0.5),
    ("lstm_gradient", GRADIENT, "properties", "1, 4, 5", 0),
    ("lstm_variants", BY_FORGET, "peephole", "72 weights", 1),
    ("lstm_variants", BY_FORGET, "peephole", "96", 0.5),
    ("lstm_variants", BY_FORGET, "coupled", "f_t C_{t-1} + (1 - f_t) G", 1),
    ("lstm_variants", BY_FORGET, "coupled", "G + f (C - G)", 1),
    ("lstm_variants", BY_FORGET, "coupled", "f C + i G", 0.25),
    ("lstm_variants", BY_FORGET, "coupled", "(1 - i) C + i G", 0.5),
    ("lstm_variants", BY_FORGET, "gru", "(1 - z_t) h_{t-1} + z_t G", 1),
    ("lstm_variants", BY_FORGET, "gru", "z h + (1 - z) G", 0.5),
    ("lstm_variants", BY_FORGET, "count", "3672", 1),
    ("lstm_variants", BY_FORGET, "choice", "2, 4, 1, 3", 1),
    ("lstm_variants", BY_FORGET, "choice", "2, 4, 3, 1", 0.5),
    ("lstm_variants", BY_INPUT, "coupled", "(1 - i) C + i G", 1),
    ("lstm_variants", BY_INPUT, "gru", "z h + (1 - z) G", 1),
    ("lstm_variants", BY_INPUT, "gru", "(1 - z) h + z G", 0.5),
    ("lstm_variants", BY_INPUT, "formula", "3h(h + x + 1)", 1),
    ("lstm_variants", BY_INPUT, "formula", "4h(h + x + 1)", 0.25),
    ("lstm_variants", BY_INPUT, "count", "7,668", 1),
]


@cache
def _key(question: str, fixed: str) -> PaperKey:
    part = f"{{use: rnn/{question}, fix: {fixed}}}"
    exam = exam_from_text(
        f"course: c\ntitle: t\nquestions: [{{title: q, parts: [{part}]}}]\n",
        "x.yaml",
        [Path("templates/questions")],
    )
    return next(iter(papers(exam, "1", copies(1)))).key


def _share(question: str, fixed: str, texts: dict[str, str], answer: str) -> float | None:
    key = _key(question, fixed)
    given = {f"1a.{name}": text for name, text in texts.items()}
    paper = mark_paper(key, Submission("001", "001", given))
    found = next(one for one in paper.answers if one.id == f"1a.{answer}")
    return None if found.marks is None else float(found.marks / found.out_of)


@pytest.mark.parametrize(("question", "fixed", "answer", "text", "share"), ROWS)
def test_an_answer_earns_its_share(
    question: str, fixed: str, answer: str, text: str, share: float | None
) -> None:
    assert _share(question, fixed, {answer: text}, answer) == share


@pytest.mark.parametrize(
    ("question", "fixed", "formula", "count"),
    [
        ("lstm_equations", CELL, "4h(h+x)", "4800"),
        ("lstm_equations", CELL, "8h(h+x+1)", "9792"),
        ("lstm_variants", BY_FORGET, "4h(h+x+1)", "4896"),
    ],
)
def test_a_wrong_formula_is_followed(question: str, fixed: str, formula: str, count: str) -> None:
    both = {"formula": formula, "count": count}
    assert _share(question, fixed, both, "count") == 1
    assert _share(question, fixed, both, "formula") in {0, 0.25, 0.5}


def test_a_wrong_update_is_followed() -> None:
    assert _share("lstm_equations", CELL, {"cell": "C + i G", "value": "-1.6"}, "value") == 1


def test_most_is_marked_by_machine_and_differs_between_papers() -> None:
    rows = [{a.id: a for a in key.answers if a.id.startswith("7")} for key in first_keys(12)]
    by_people = sum(a.marks for a in rows[0].values() if isinstance(a, RubricKey))
    own = 0.0
    for name in rows[0]:
        found = [row[name] for row in rows]
        if len({a.expected for a in found if isinstance(a, AnswerKey)}) > 1:
            own += float(found[0].marks)
    assert by_people <= 5
    assert sum(a.marks for a in rows[0].values()) == 30
    assert own >= 0.6 * 30
