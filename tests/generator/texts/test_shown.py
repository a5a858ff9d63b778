"""What a text shows: expressions, formats, conditions, words and numbers in steps."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from examgen.folder.key import Model
from examgen.folder.model import as_word
from examgen.ground.errors import ExamgenError, InputError
from generator.questions.question_file import read_question
from generator.texts.shown import FORMATS
from generator.texts.template import fill_template, named_values, template_fault
from solvers.graph.formulas.builder import CONSTANTS, KNOWN

DOCS = Path(__file__).parents[3] / "docs" / "formulas.md"
GIVEN = Model(
    inputs={
        "n": "5", "x": "2.50", "p": "0.25", "year": "1999", "X": "[2, -3, 1/2]",
        "who": as_word("Anna"), "big": "0.12345", "tenth": "0.1",
    },
)  # fmt: skip

TEXTS = [
    (r"\V{n + 1}", "6"), (r"\V{2*n - 1}", "9"), (r"\V{1 - n}", "-4"), (r"\V{n / 2}", "2.5"),
    (r"\V{n ** 2}", "25"), (r"$\V{0 - n}$", "$-5$"), (r"\V{n % 3}", "2"),
    (r"\V{X[0] + X[1]}", "-1"),
    (r"\V{x}", "2.50"), (r"\V{x|fixed(3)}", "2.500"), (r"\V{n|fixed}", "5.00"),
    (r"\V{(n / 7)|fixed(2)}", "0.71"), (r"\V{(130 / 7 * 1)|figures(3)}", "18.6"),
    (r"\V{(n * 100)|figures(3)}", "500"), (r"\V{p|percent}", r"25\%"),
    (r"\V{(1 - p)|percent(1)}", r"75.0\%"), (r"\V{n|signed} \V{X[1]|signed}", "+5 -3"),
    (r"\V{year} \V{year|ungrouped}", "1{,}999 1999"), (r"\V{X|fixed(1)}", "(2.0, -3.0, 0.5)"),
    (r"\B{if n > 4}a\B{else}b\B{endif}", "a"), (r"\B{if 4 < n <= 5 and not n == 4}a\B{endif}", "a"),
    (r"\B{if who == 'Anna'}\V{who} wins\B{endif}", "Anna wins"),
    (r"\B{for v in X}\V{v};\B{endfor}", r"2;-3;0.5;"), (r"\B{if X[1] < 0 < x}a\B{endif}", "a"),
    (r"\B{if tenth == 0.1 and tenth <= 0.1 and not tenth < 0.1}a\B{endif}", "a"),
    (r"\V{['a', 'b', 'c'][n % 3]}", "c"), (r"$y\V{X[1]|signed}$", "$y-3$"),
    (r"$2^\V{n + 5}$", "$2^{10}$"), (r"$4-\V{X[1]}$", "$4-(-3)$"),
]  # fmt: skip

FAULTS = [
    (r"\V{big|fixed(2)}", "0.12345 is given and would be printed as 0.12; the key is made from"),
    (r"\V{big|figures(2)}", "print it in full"), (r"\V{big|percent}", "print it in full"),
    (r"\V{X + 1}", "is not a number"), (r"\V{n / 0}", "divides by zero"),
    (r"\V{n|fixed(99)}", "0 to 40 decimal places"), (r"\V{n|figures(0)}", "1 to 40 figures"),
    (r"\V{n|upper}", "No filter named 'upper'"), (r"\V{who + 1}", "values are put in as"),
    (r"\V{n ** 100000000}", "too many digits"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "printed"), TEXTS)
def test_what_is_printed(text: str, printed: str) -> None:
    assert fill_template(text, named_values(GIVEN, None), "q") == printed


@pytest.mark.parametrize(("text", "why"), FAULTS)
def test_what_is_refused(text: str, why: str) -> None:
    with pytest.raises(ExamgenError) as error:
        fill_template(text, named_values(GIVEN, None), "q")
    assert why in str(error.value)


QUESTION = r"""---
title: T
vary: {%s}
values: {y: 2*n}
answers: {y: {number: y, marks: 1}}
---
\V{n} \answer{y}
"""


@pytest.mark.parametrize(
    ("given", "drawn"),
    [
        ("n: {from: 4, to: 10, step: 3}", ("4", "7", "10")),
        ("n: {from: 4, to: 6}", ("4", "5", "6")),
        ("n: {from: -0.2, to: 0.1, step: 0.1}", ("-0.2", "-0.1", "0", "0.1")),
        ("n: {from: 0, to: 1, step: 1/3}", ("0", "1/3", "2/3", "1")),
        ("n: {from: 4, to: 9, step: 2}", ("4", "6", "8")),
    ],
)
def test_numbers_in_steps(given: str, drawn: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "q.tex"
    path.write_text(QUESTION % given, encoding="utf-8")
    assert read_question(path, "q").vary["n"] == drawn


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("n: {from: 4, to: 3}", "are no values"),
        ("n: {from: 1, to: 9, step: 0}", "greater than 0"),
        ("n: {from: 1, to: 1e6}", "at most 1000 of them"), ("n: {from: 1}", "'to' is missing"),
        ("n: {from: 1, to: 3, by: 1}", "a range has no 'by'; remove it"),
        ("n: [1, two]", "cannot read 'two' as a number"), ("n: [x]", "cannot read 'x' as a number"),
    ],
)  # fmt: skip
def test_steps_that_are_none(given: str, why: str, tmp_path: Path) -> None:
    path = tmp_path / "q.tex"
    path.write_text(QUESTION % given, encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_question(path, "q")
    assert why in str(error.value)
    assert ":3: " in str(error.value)


def test_a_sign_that_would_be_lost_is_a_fault() -> None:
    assert template_fault("a\n\\V{-n}", {"n"}) == (
        2, r"the sign in \V{-...} would not be printed; write \V{0 - x} or -\V{x}"
    )  # fmt: skip


def test_a_formula_computes_with_no_word(tmp_path: Path) -> None:
    path = tmp_path / "q.tex"
    path.write_text(QUESTION % "n: [Anna, Bora]", encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_question(path, "q")
    assert ":4: '2*n' computes with n, which is a word; vary numbers" in str(error.value)


def test_values_compare_as_numbers() -> None:
    values = named_values(GIVEN, None)
    assert values["n"] == Fraction(5)
    assert values["who"] == "Anna"


@pytest.mark.parametrize("name", sorted({*KNOWN, *CONSTANTS, *FORMATS}))
def test_each_function_and_format_is_in_the_docs(name: str) -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert any(f"{before}{name}" in text for before in ("`", "|", ", `")), name
