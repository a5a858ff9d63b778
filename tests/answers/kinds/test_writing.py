"""Expected answers as people write them: digits by the rule, brackets as judged."""

from __future__ import annotations

from fractions import Fraction

import pytest

from answers.judge import Options, judge
from answers.kinds.written import format_expected
from solvers.graph.printing.notation import show, show_figures, show_given

# kind, expected, options, LaTeX, plain: each number rounded by hand
WRITTEN = [
    ("integer", "9472", {}, "9{,}472", "9472"),
    ("number", "519/580", {"rel": "1%"}, r"\approx 0.89483", "≈ 0.89483"),
    ("number", "519/580", {}, r"\frac{519}{580}", "519/580"),
    ("number", "94235199/100000000", {}, "0.94235199", "0.94235199"),
    ("number", "823543/1000003", {}, r"\frac{823543}{1000003}", "823543/1000003"),
    ("number", "1/3", {"rel": "1e-9"}, r"\approx 0.33333333333", "≈ 0.33333333333"),
    ("number", "1/3", {"accuracy": "7"}, r"\approx 0.3333333", "≈ 0.3333333"),
    ("number", "1.2499996", {"accuracy": "2"}, r"\approx 1.2", "≈ 1.2"),
    ("number", "10000000000/3", {"decimals": "2"}, "3{,}333{,}333{,}333.33", "3333333333.33"),
    ("number", "100", {"sigfigs": "2", "trailing_zeros": "strict"}, r"1.0 \times 10^{2}", "1.0e2"),
    ("number", "0", {"sigfigs": "3"}, "0.000", "0.000"),
    ("number", "1+sqrt(2)", {}, r"1 + \sqrt{2} \approx 2.4142", "1 + sqrt(2) ≈ 2.4142"),
    ("number", "1.6035674514745463081073208852785211293240084890480", {"rel": "1%"},
     r"\approx 1.6036", "≈ 1.6036"),
    ("quantity", "130/7 m/s", {"sigfigs": "3"}, r"18.6\,\mathrm{m/s}", "18.6 m/s"),
    ("quantity", "130/7 m/s", {"abs": "1 cm/s"}, r"\approx 18.571\,\mathrm{m/s}", "≈ 18.571 m/s"),
    ("quantity", "(1+sqrt(2)) m", {},
     r"\left(1 + \sqrt{2}\right)\,\mathrm{m} \approx 2.4142\,\mathrm{m}",
     "(1 + sqrt(2)) m ≈ 2.4142 m"),
    ("interval", "[600, 1800]", {}, "[600, 1{,}800]", "[600, 1800]"),
    ("interval", "(0, 1]", {}, "(0, 1]", "(0, 1]"),
    ("interval", "[1-sqrt(2), 7)", {}, r"[1 - \sqrt{2}, 7)", "[1 - sqrt(2), 7)"),
    ("set", "{1/3, -3}", {}, r"\left\{\frac{1}{3}, -3\right\}", "{1/3, -3}"),
    ("list", "(24/17, 0)", {"abs": "0.01"}, r"\approx (1.4118, 0)", "≈ (1.4118, 0)"),
    ("shape", "112x64", {}, r"112 \times 64", "112x64"),
    ("shape", "97/4x97/4x48", {}, r"24.25 \times 24.25 \times 48", "24.25x24.25x48"),
    ("matrix", "[[1, 1/2], [0, 2]]", {}, r"\begin{pmatrix}1 & 0.5 \\ 0 & 2\end{pmatrix}",
     "[[1, 0.5], [0, 2]]"),
    ("expression", "4*h*(h + x)", {"variables": "h x"}, r"4 h \left(h + x\right)", "4*h*(h + x)"),
    ("choice", "one-to-many", {}, "", "one-to-many"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "expected", "options", "latex", "plain"),
    WRITTEN,
    ids=[f"{r[0]}-{r[1]}" for r in WRITTEN],
)
def test_an_answer_is_written_for_people(
    kind: str, expected: str, options: dict[str, str], latex: str, plain: str
) -> None:
    found = format_expected(kind, expected, Options.from_mapping(options))
    assert (found.latex, found.plain) == (latex, plain)


# what is expected, what was answered, options, what the reason says
REASONS = [
    ("403.2079999999", "403.21", {"decimals": "3"}, "403.208 to 3 decimal places"),
    ("pi", "3.14160", {"decimals": "5"}, "accepted: 3.14159 to 5 decimal places"),
    ("403.208", "403.21", {"rel": "1e-9"}, "from 403.207999597 to 403.208000403"),
    ("1e10/3", "1.00", {"decimals": "2"}, "3,333,333,333.33 to 2 decimal places"),
    ("1234567.891", "1.000", {"decimals": "3"}, "1,234,567.891 to 3 decimal places"),
    ("1234567.891", "1.00", {"sigfigs": "3"}, "1.23e6 to 3 significant figures"),
    ("1/3", "1", {"rel": "1%"}, "from 0.33 to 0.33667"),
    ("1+sqrt(2)", "2.414", {}, "the exact value is asked; 2.414 is its rounding"),
    ("1/3", "0.333", {}, "the exact value is asked; 0.333 is its rounding"),
    ("1/3", "0.334", {}, "not the expected value"),
    ("1/3", "0.3", {}, "the exact value is asked; 0.3 is its rounding"),
]


@pytest.mark.parametrize(("expected", "answer", "options", "says"), REASONS)
def test_a_reason_has_the_digits_of_its_rule(
    expected: str, answer: str, options: dict[str, str], says: str
) -> None:
    found = judge("number", expected, answer, Options.from_mapping(options))
    assert found.verdict == "wrong"
    assert says in found.why


@pytest.mark.parametrize(
    ("kind", "expected", "answer", "verdict"),
    [
        ("number", "(1+sqrt(5))/2", "(1+√5)/2", "correct"),
        ("set", "{1+sqrt(2), 1-sqrt(2)}", "1+sqrt(2), 1-sqrt(2)", "correct"),
        ("set", "{1+sqrt(2), 1-sqrt(2)}", "2.414, -0.414", "wrong"),
        ("list", "(1+sqrt(2), 3)", "(2.414, 3)", "wrong"),
        ("interval", "[1-sqrt(2), 1+sqrt(2)]", r"[1-\sqrt{2}, 1+\sqrt 2]", "correct"),
        ("quantity", "(1+sqrt(2)) m", "2.414 m", "wrong"),
        ("quantity", "(1+sqrt(2)) m", "100*(1+sqrt(2)) cm", "correct"),
    ],
)
def test_exact_keys_are_judged_exactly(kind: str, expected: str, answer: str, verdict: str) -> None:
    assert judge(kind, expected, answer).verdict == verdict


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("1.50", "1.50"), ("7.0", "7.0"), ("-0.50", "-0.50"), ("1.50e-6", "1.50e-6"),
        ("1.2e-6", "1.2e-6"), ("1.23456e-6", "1.23456e-6"), ("6.02214e23", "6.02214e23"),
        ("12345678901234567", "12,345,678,901,234,567"), ("1e-5", "0.00001"), ("1/3", "1/3"),
        ("3.14159265358979", "3.14159265358979"), ("1234/56789", "1234/56789"),
    ],
)  # fmt: skip
def test_what_is_given_is_printed_in_full(text: str, plain: str) -> None:
    assert show_given(text).plain == plain
    assert show_given(text).exact


def test_rounding_to_figures() -> None:
    assert show_figures(Fraction("9.999"), 3).plain == "10.0"
    assert show_figures(Fraction(-5, 100), 1).plain == "-0.05"
    assert show(Fraction(1, 3) ** 900).plain == "3.898e-430"
