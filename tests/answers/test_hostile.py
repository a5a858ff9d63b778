"""Hostile texts: whatever is handed in gets a verdict that is not right, and no error."""

from __future__ import annotations

import pytest

from answers.judge import Verdict, all_kinds, judge
from answers.syntax.functions.table import FUNCTIONS

HOSTILE = [
    "9**9**9", "10^10^10", "(" * 400, "(" * 100_000, "1" * 1_000_000, "1e999999999", "9" * 999,
    "1000000!", "((1000!)!)!", "x^x^x^x^x^x",
    "__import__('os').system('true')", "\\input{/etc/passwd}",
    "\x00", "\ud800", "\u202e1", "1/0", "0^-1", "-" * 900, "sqrt(" * 60 + "1" + ")" * 60, "{{7*7}}",
    "[" * 300, "=cmd|' /C calc'!A0", "a" * 900, "\\frac{1}{" * 60,
    "e^(e^(e^(e^10)))", "(x+1)^(10^9)",
    "√()", "\\begin{", "\\begin{array}{c(", "1\\frac0.", "0,663,808", "1e4999x = 1",
    "f(1e4999) = x", "\\sqrt1e4901 [-222]", "sigmoid(-10^20)", "sigmoid(10^300)x", "x^1e4999",
    "2^(-10^9-x+x)", "c=sqrt(E/1e4999x)",
    "1,,2", ";;;", "|" * 60, "\u0665", "İ", "½", "1_000",
]  # fmt: skip


@pytest.mark.parametrize("answer", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("kind", sorted(all_kinds()))
def test_hostile_text_gets_a_verdict(kind: str, answer: str) -> None:
    expected = {
        "quantity": "5 m", "shape": "1x2", "interval": "[0, 1]", "equation": "y = x",
        "inequality": "x < 1", "matrix": "[[1, 2], [3, 4]]", "growth": "n^2",
    }.get(kind, "5")  # fmt: skip
    found = judge(kind, expected, answer)
    assert found.verdict is not Verdict.CORRECT
    assert found.why


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize(("kind", "expected"), [("set", "{1, 2}"), ("inequality", "x < 1")])
def test_a_function_has_arguments(function: str, kind: str, expected: str) -> None:
    assert judge(kind, expected, f"{function}() < x").verdict is Verdict.UNREADABLE
    assert judge(kind, expected, f"{function}(1, x, 3, 4)").verdict is not Verdict.CORRECT


def test_a_pair_on_which_computer_algebra_hangs_is_decided() -> None:
    assert judge("expression", "(x-a)^6000", "(x-a)^5999").verdict is Verdict.WRONG


LONG = "535244997207697820980263021304*y^4 + 333707120389180615809706122257*x*y^3"


@pytest.mark.parametrize(
    ("expected", "answer"),
    [
        ("x^41 < y^40", "x^41 < y^40 or x^2 + y^2 < 0"),
        ("sin(30x)*sin(29y)*sin(31z) = 0", "sin(30x)*sin(29y)*sin(31z)*(2 + sin(x)) = 0"),
        ("1 > " + "*".join("xyzw"[n % 4] + "!" for n in range(60)) + "*e^sin(x)",
         "e^(-sin(x)) > " + "*".join("xyzw"[n % 4] + "!" for n in range(60))),
    ],
    ids=["high degree", "many zeros", "many factorials"],
)  # fmt: skip
def test_what_is_too_much_work_is_left_to_a_person(expected: str, answer: str) -> None:
    """Each took long, up to minutes; it is given up by a count, which is the same everywhere."""
    kind = "equation" if "=" in expected else "inequality"
    assert judge(kind, expected, answer).verdict is Verdict.UNDECIDED


@pytest.mark.parametrize(
    ("expected", "answer"),
    [
        ("x^24 - (1000000000000000000000000000007x - 1)^2 < 0",
         "x^24 < (1000000000000000000000000000007x - 1)^2 and x^2 + 1 > 0"),
        (f"{LONG} < x", f"{LONG} < x or x^2 + y^2 < 0"),
    ],
    ids=["close roots", "long coefficients"],
)  # fmt: skip
def test_roots_that_are_close_together_are_told_apart(expected: str, answer: str) -> None:
    assert judge("inequality", expected, answer).verdict is Verdict.CORRECT


HEAVY = [
    "x^1000 < 2", "x^40 - 2(10^30x - 1)^2 < 0", "x < e^(e^(e^9))", "x < erf(10^9)", "x < 9^(9^9)",
    "+".join(f"sqrt(x+{k})" for k in range(5)) + " < 10",
    "+".join(f"|x-{k}|" for k in range(12)) + " < 100",
    "pi*x^30 + e*x^11 - ln(2)x^7 + sqrt(2) < 0", "x^40 + y^39 < 1", "(x^3+y^3-1)(x^2-y)(x-y^2) < 0",
    "x < sqrt(2)+sqrt(3)+sqrt(5)+sqrt(7)+sqrt(11)+sqrt(13)", "x*10^(1/97) < y",
    "sqrt(sqrt(sqrt(x+1)+1)+1) < pi", "sqrt(x)+sqrt(y)+sqrt(x+y) < 4",
    "ln(" * 30 + "x" + ")" * 30 + " < 1", "ln(" * 30 + "x" + ")" * 30 + " < y",
    "sqrt(sqrt((3x-cbrt(5))/(x-e))) = (2x-pi)*x",
]  # fmt: skip


@pytest.mark.parametrize("condition", HEAVY)
def test_a_heavy_condition_gets_a_verdict(condition: str) -> None:
    """Each is given up, or decided, by a count: none is taken for one that holds elsewhere."""
    other = condition.replace("<", "<=").replace(" = ", " != ")
    assert judge("inequality", condition, other).verdict is not Verdict.CORRECT
    assert judge("inequality", "x < 1", condition).verdict is not Verdict.CORRECT
