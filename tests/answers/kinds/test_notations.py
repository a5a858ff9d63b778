"""What the judge promises to accept, over many values of each kind."""

from __future__ import annotations

import pytest

from answers.judge import Options, Verdict, all_kinds, judge
from answers.kinds.written import notations

VALUES = {
    "integer": "0 1 -1 7 12 -45 100 376 1024 9472 -10000 123456 3211264 100663808".split(),
    "number": "0 1/2 -3/4 0.125 2.5 1/3 -22/7 12.05 0.001 1e-30 1.5e12 20695.68 sqrt(2) pi/4"
    " ln(2) e^2 tanh(1)".split(),
    "quantity": "3211264_B 40_MB 1.25_MB 1_KiB 9.81_m/s^2 5_km 100_Mbit/s 3_s 1/3_m 0_B".split(
    ),
    "shape": "7 10x10 1x1 112x112x64 3x224x224 1x1x512 2x3x4x5 1024x1024".split(),
    "list": ["(1, 2)", "(64, 76, 88, 100)", "(0.5, -1/4)", "(x, x + 1)", "(sqrt(2), pi)",
    "(5, 5)"],
    "set": ["{1}", "{1, 2, 3}", "{-1, 1}", "{1/2, 0.25}", "{x, y}", "{sqrt(2), -sqrt(2)}"],
    "interval": ["[0, 1]", "[0, 1)", "(-1, 1)", "(0, inf)", "[580, 2320]", "[-1/2, 1/2)"],
    "expression": ["4*h*(h+x+1)", "x^2-1", "sin(x)^2", "1/(1+e^(-x))", "a*b/c", "W*x + b", "2^n",
    "sqrt(x)", "tanh(w*x)", "sigma(W_f*[h, x] + b_f)", "|x|", "n*(n-1)/2"],
    "equation": ["y = 2*x + 1", "x^2 + y^2 = 1", "F = m*a", "h = tanh(w*x)", "a/b = c"],
    "inequality": ["x < 3", "x >= 1/2", "2*x + 1 > 0", "x^2 <= 4", "x + y < 1", "x != 2"],
    "matrix": ["[[1, 2], [3, 4]]", "[[1]]", "[[x, 1], [0, -x]]", "[[1/2, 0], [0, 1/2]]",
    "[[1, 2, 3], [4, 5, 6]]"],
    "choice": ["many-to-one", "B", "true"],
    "text": ["vanishing gradient", "ReLU"],
    "growth": ["n*log(n)", "n^2", "2^n", "1", "n", "log(n)"],
    "selection": ["ReLU; dropout"],
    "matching": ["1: softmax; 2: linear"],
    "ordering": ["convolution; batch norm; ReLU"],
}  # fmt: skip
CASES = [
    (kind, expected.replace("_", " ") if kind == "quantity" else expected, text)
    for kind, values in VALUES.items()
    for expected in values
    for text in notations(kind, expected.replace("_", " ") if kind == "quantity" else expected)
]


@pytest.mark.parametrize(
    ("kind", "expected", "text"), CASES, ids=[f"{k}-{e}-{n}" for n, (k, e, _) in enumerate(CASES)]
)
def test_a_promised_notation_is_right(kind: str, expected: str, text: str) -> None:
    found = judge(kind, expected, text)
    assert found.verdict is Verdict.CORRECT, f"{text!r}: {found}"


@pytest.mark.parametrize("kind", [k for k in all_kinds() if len(VALUES[k]) > 2])
def test_no_notation_of_another_value_is_right(kind: str) -> None:
    asked = [e.replace("_", " ") if kind == "quantity" else e for e in VALUES[kind]]
    for expected in asked:
        for other in asked:
            if other != expected:
                for text in notations(kind, other):
                    assert judge(kind, expected, text, Options()).verdict is not Verdict.CORRECT
