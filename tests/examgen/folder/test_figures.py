"""Keys of questions: exact where exact is asked, with figures where figures are asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from answers.judge import Options, accepts
from examgen.folder.key import AnswerKey
from examgen.proof import prove
from examgen.proof.files import exam_of, read
from generator.variants.assemble import copies, papers

if TYPE_CHECKING:
    from pathlib import Path

    from examgen.proof import FamilyReport
    from generator.variants.paper import Part

QUESTION = r"""---
title: A value
vary: {s: [VALUES], t: [7]}
values: {v: "FORMULA", w: "OTHER", both: s + t}
answers: {v: {ANSWER, marks: 1}, both: {number: both, marks: 1}}
---
Given $\V{s}$ and $\V{t}$: PRINTED \answer{v} And the sum of both: \answer{both}
"""


def written(
    folder: Path, values: str, formula: str, answer: str, other: str = "s + t", printed: str = ""
) -> Path:
    path = folder / "question.tex"
    text = QUESTION.replace("VALUES", values).replace("FORMULA", formula).replace("OTHER", other)
    path.write_text(text.replace("ANSWER", answer).replace("PRINTED", printed))
    return path


def proven(path: Path) -> FamilyReport:
    (report,) = prove([path], jobs=1)
    return report


def part_of(path: Path) -> Part:
    (paper,) = papers(exam_of(read(path)), "1", copies(1))
    return paper.parts[0]


def key_of(path: Path) -> AnswerKey:
    answer = part_of(path).key.answers[0]
    assert isinstance(answer, AnswerKey)
    return answer


# formula, answer, the key as printed; of s = 130, t = 7, rounded by hand
FIGURES = [
    ("s/t", "quantity: v, unit: m/s, sigfigs: 3", r"18.6\,\mathrm{m/s}"),
    ("s/t", "quantity: v, unit: m/s, sigfigs: 2, trailing_zeros: strict", r"19\,\mathrm{m/s}"),
    ("s/t", "quantity: v, unit: m/s, sigfigs: 4, digits_rule: at_least", r"18.57\,\mathrm{m/s}"),
    ("s/t", "quantity: v, unit: m/s, sigfigs: 3, digits_rule: at_most", r"18.6\,\mathrm{m/s}"),
    ("s/t", "quantity: v, unit: m/s, sigfigs: 3, accuracy: 2", r"18.6\,\mathrm{m/s}"),
    ("s/t", "quantity: v, unit: m/s, sigfigs: 3, rel: 1%", r"18.6\,\mathrm{m/s}"),
    ("s/t", "quantity: v, unit: m/s, decimals: 2", r"18.57\,\mathrm{m/s}"),
    ("s/t", "quantity: v, unit: m/s, decimals: 0", r"19\,\mathrm{m/s}"),
    ("s/t", "quantity: v, unit: m/s, accuracy: 3", r"\approx 18.6\,\mathrm{m/s}"),
    ("s/t", "number: v, sigfigs: 3", "18.6"),
    ("0 - s/t", "number: v, decimals: 3", "-18.571"),
    ("s*10**7/t", "number: v, sigfigs: 3", r"1.86 \times 10^{8}"),
    ("s*10**6", "number: v, sigfigs: 1, trailing_zeros: strict", r"1 \times 10^{8}"),
    ("s/t/10**8", "number: v, sigfigs: 3", r"1.86 \times 10^{-7}"),
    ("sqrt(s)", "number: v, sigfigs: 3", "11.4"),
    ("sqrt(s)", "number: v, decimals: 4", "11.4018"),
    ("s/t", "list: [v, w], sigfigs: 3", "(18.6, 137)"),
    ("s/t", "set: [v, w], decimals: 1", r"\{18.6, 137.0\}"),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "answer", "shown"), FIGURES, ids=[r[1] for r in FIGURES])
def test_an_answer_with_figures_is_proven_as_it_is_written(
    formula: str, answer: str, shown: str, tmp_path: Path
) -> None:
    path = written(tmp_path, "130", formula, answer)
    assert proven(path).faults == []
    assert key_of(path).shown == shown


# formula, answer, the key's text, what is right; of s = 5 and t = 7
EXACT = [
    ("1 + sqrt(2)", "number: v", "1+sqrt(2)", "1+√2"),
    ("(1 + sqrt(s))/2", "number: v", "(1+sqrt(5))/2", r"\frac{1+\sqrt5}{2}"),
    ("(1 + s**(1/2))/2", "number: v", "(1+sqrt(5))/2", "1/2 + sqrt(5)/2"),
    ("(2 + sqrt(8))/2", "number: v", "1+sqrt(2)", "sqrt(2) + 1"),
    ("1/sqrt(2)", "number: v", "sqrt(2)/2", "1/sqrt(2)"),
    ("(1 + sqrt(2))**2", "number: v", "3+2*sqrt(2)", "(1+sqrt(2))^2"),
    ("1/(1 - sqrt(s))", "number: v", "(-1-sqrt(5))/4", "1/(1-sqrt(5))"),
    ("sqrt(2) + sqrt(3)", "number: v", "sqrt(2)+sqrt(3)", "sqrt(3)+sqrt(2)"),
    ("sqrt(1 + sqrt(s))", "number: v", "sqrt(1+sqrt(5))", "(1+5^(1/2))^(1/2)"),
    ("exp(s - 3)", "number: v", "exp(2)", "e^2"),
    ("tanh(1/t)", "number: v", "tanh(1/7)", "(e^(2/7)-1)/(e^(2/7)+1)"),
    ("sqrt(s)", "quantity: v, unit: m", "(sqrt(5)) m", "100*sqrt(5) cm"),
    ("sqrt(s)", "list: [v, w]", "(sqrt(5), 12)", "(sqrt 5, 12)"),
    ("sqrt(s)", "set: [v, w]", "{sqrt(5), 12}", "12, sqrt(5)"),
    ("sqrt(s)", "interval: [v, w]", "[sqrt(5), 12]", r"\sqrt{5} <= x <= 12"),
    ("sqrt(9)", "number: v", "3", "3"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("formula", "answer", "text", "right"), EXACT, ids=[f"{r[0]} {r[1]}" for r in EXACT]
)
def test_an_exact_value_stays_exact(
    formula: str, answer: str, text: str, right: str, tmp_path: Path
) -> None:
    path = written(tmp_path, "5", formula, answer + ", trivial: true")
    assert proven(path).faults == []
    key = key_of(path)
    assert key.expected == text
    assert accepts(key.kind, key.expected, right, Options())


def test_with_a_tolerance_digits_are_kept(tmp_path: Path) -> None:
    key = key_of(written(tmp_path, "5", "1 + sqrt(2)", "number: v, rel: 1%"))
    # sqrt(2) to 49 decimals: OEIS A002193
    assert key.expected == "2.4142135623730950488016887242096980785696718753769"
    assert key.shown == r"\approx 2.4142"


# of s, how it is printed
GIVEN = [
    ("12345678901234567", "12{,}345{,}678{,}901{,}234{,}567"),
    ("1.23456e-6", r"1.23456 \times 10^{-6}"),
    ("6.02214e23", r"6.02214 \times 10^{23}"),
    ("1.50", "1.50"),
    ("7.0", "7.0"),
    ("1.2e-6", r"1.2 \times 10^{-6}"),
    ("1234/56789", r"\frac{1234}{56789}"),
]


@pytest.mark.parametrize(("value", "printed"), GIVEN)
def test_a_paper_prints_what_is_drawn(value: str, printed: str, tmp_path: Path) -> None:
    path = written(tmp_path, value, "s * 5", "number: v, rel: 0.01%")
    assert proven(path).faults == []
    assert f"${printed}$" in part_of(path).body


# the tolerance of 3w, where the paper prints w = 1/7001 as 0.00014284: off by 3e-5 of it
ROUNDED = [
    ("rel: 0.1%", 0),
    ("sigfigs: 3", 0),
    ("rel: 0.0001%", 1),
    ("sigfigs: 7", 1),
    ("carry: 1", 1),
]


@pytest.mark.parametrize(("rule", "faults"), ROUNDED)
def test_a_printed_rounding_is_no_finer_than_the_tolerance(
    rule: str, faults: int, tmp_path: Path
) -> None:
    path = tmp_path / "question.tex"
    path.write_text(
        QUESTION.replace("VALUES", "7001").replace("FORMULA", "w * 3").replace("PRINTED", "")
        .replace('v: "w * 3", w: "OTHER"', 'w: "1 / s", v: "w * 3"')
        .replace("ANSWER", f"number: v, {rule}").replace("$\\V{s}$", "$\\V{w}$")
    )  # fmt: skip
    said = [fault for fault in proven(path).faults if "does not print" not in fault]
    assert sum("the text prints w as 0.00014284" in fault for fault in said) == faults
