"""Sides joined by `=`: the last is the answer, the others have to agree with it."""

from __future__ import annotations

import pytest

from answers.judge import Options, has_settled_readings, judge

# kind, expected, answer, options, verdict
ROWS = [
    # each side is the value of the last
    ("integer", "4352", "2304+2048 = 4352", {}, "correct"),
    ("integer", "6400", "1x1x128x16+3x3x16x16+1x1x16x128=6400", {}, "correct"),
    ("number", "22/15", "4/5 + 2/3 = 12/15 + 10/15 = 22/15", {}, "correct"),
    ("number", "1/3", "1/3 = 0.333", {}, "correct"),
    ("number", "0.6189", "3/4.848 = 0.6188", {"rel": "1%"}, "correct"),
    ("quantity", "38912 B", "9728*4 B = 38912 B = 38 KiB", {}, "correct"),
    ("quantity", "1000000 B", "8e6/8 = 1 MB", {}, "correct"),
    ("shape", "48x48x128", "48x48x128 = 294912", {}, "correct"),
    ("list", "(-12/5, 16/5)", "4/5*(-3, 4) = (-2.4, 3.2)", {}, "correct"),
    ("expression", "4*h*(h+x+1)", "4h^2+4hx+4h = 4h(h+x+1)", {}, "correct"),
    # a side that cannot be read only names the others
    ("number", "47/2", "sigma^2 = 23.5", {}, "correct"),
    ("number", "5", "||g|| = 5", {}, "correct"),
    ("integer", "32", "32 MB / 1 MB = 32", {}, "correct"),
    ("expression", "H - x", "F = H - x", {}, "correct"),
    ("expression", "H - x", "H - x = F", {}, "correct"),
    # the last side decides, and a wrong one before it makes the answer wait
    ("integer", "1000", "10^3 = 1001", {}, "undecided"),
    ("integer", "11712", "(9*9*3+1)*48 = 11721", {}, "undecided"),
    ("integer", "9728", "9600 = 9728", {}, "undecided"),
    ("integer", "7", "6.5 + 1 = 7", {}, "undecided"),
    ("number", "2/3", "2/3 = 0.666", {}, "undecided"),
    ("number", "0.668188", "sigmoid(0.7) = 0.688", {"rel": "1%"}, "undecided"),
    ("quantity", "1.5 MiB", "1024*1536 B = 1.51 MiB", {}, "undecided"),
    ("quantity", "38912 B", "9728*4 = 38921 bytes", {}, "undecided"),
    ("shape", "48x48x128", "48x48x128 = 294913", {}, "undecided"),
    ("expression", "H - x", "F = x - H = H - x", {}, "undecided"),
    # sides that agree, all wrong; a last side that is nowhere near
    ("integer", "9728", "75*128 = 9600", {}, "wrong"),
    ("expression", "4*h*(h+x+1)", "4h^2+4hx = 4h(h+x)", {}, "wrong"),
    ("number", "-14", "-6+-8 = 2", {}, "wrong"),
    # elements that have names are no sides of one another
    ("set", "{3}", "x=2 or x=3", {}, "wrong"),
    ("set", "{2, 5}", "x1=2; x2=5", {}, "correct"),
    ("list", "(3, 4)", "n=3, n=4", {}, "correct"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "expected", "answer", "options", "verdict"), ROWS, ids=[row[2] for row in ROWS]
)
def test_chain(
    kind: str, expected: str, answer: str, options: dict[str, str], verdict: str
) -> None:
    found = judge(kind, expected, answer, Options.from_mapping({**options}))
    assert found.verdict == verdict, found


def test_the_side_that_differs_is_named() -> None:
    assert judge("integer", "1000", "10^3 = 1001").why.startswith("10^3 is not 1001")


@pytest.mark.parametrize("answer", ["75*128 = 9600", "75*128 ≈ 9600", r"75*128 \approx 9600"])
def test_sides_are_looked_at_for_mistakes_too(answer: str) -> None:
    assert has_settled_readings("integer", "9728", answer, Options())
    assert judge("integer", "9600", answer, is_key=False).verdict == "correct"
