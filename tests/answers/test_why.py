"""The ground of a verdict, in the words that a student reads."""

from __future__ import annotations

import pytest

from answers.judge import judge

WHY = [
    ("quantity", "3211264 B", "3211264", "the right value, but the unit is missing"),
    ("quantity", "40 MB", "40 MiB",
     "off by 1024/1000: mixed up powers of 1000 and of 1024"),
    ("quantity", "3211264 B", "3211264 bits", "off by 8: mixed up bits and bytes"),
    ("quantity", "3211264 B", "3211264 kB", "off by a power of ten (10^3)"),
    ("quantity", "8 m", "1 m", "not the expected value"),
    ("quantity", "3 m", "3 kg", "kg does not measure the same as m"),
    ("expression", "4*h*(h+x+1)", "4h^2+4hx+4", "at h=2, x=3: yours 44, expected 48"),
    ("expression", "sin(x)", "sin(x)+1e-9",
     "at x=2: yours 0.909297427825682, expected 0.909297426825682"),
    ("expression", "x", "x+1e-20", "at x=2: yours 2, expected 2 (1.0e-20 away)"),
    ("list", "(1, 2, 3)", "4", "1 element instead of 3"),
    ("inequality", "x < 3", "x > 3", "at x=2: yours is false, expected true"),
    ("number", "5", "5 6", "an operator is missing between two numbers\n  5 6\n    ^"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "expected", "answer", "why"), WHY, ids=[" ".join(w[:3]) for w in WHY]
)
def test_why(kind: str, expected: str, answer: str, why: str) -> None:
    assert judge(kind, expected, answer).why == why
