"""Orders of growth up to a constant factor; a difference is exact, and what is open waits."""

from __future__ import annotations

import pytest

from answers.judge import Options, judge

NLOGN, SEVERAL = "n*log(n)", "V + E"
# The right order, what is written, and the verdict (Knuth, "Big Omicron and big Omega", 1976).
TABLE = [
    (NLOGN, "O(n log n)", "correct"),
    (NLOGN, "Theta(2 n log n)", "correct"),
    (NLOGN, r"\Theta(n \log n)", "correct"),
    (NLOGN, "n lg n", "correct"),
    (NLOGN, "5 n log_2 n", "correct"),
    (NLOGN, "T(n) = O(n ln n)", "correct"),
    (NLOGN, "n log n + n", "correct"),
    (NLOGN, "n log(n^2)", "correct"),
    (NLOGN, "log(n!)", "correct"),
    (NLOGN, "linearithmic", "correct"),
    (NLOGN, r"$\mathcal{O}(n\log n)$", "correct"),
    (NLOGN, "n", "wrong"),
    (NLOGN, "O(n^2)", "wrong"),
    (NLOGN, "n (log n)^2", "wrong"),
    (NLOGN, "n log log n", "wrong"),
    (NLOGN, "n^1.01", "wrong"),
    (NLOGN, "n log^2 n", "undecided"),  # or of base 2
    (NLOGN, "m log m", "undecided"),
    (NLOGN, "Omega(n log n)", "undecided"),
    (NLOGN, "o(n log n)", "undecided"),
    (NLOGN, "n log n = n", "unreadable"),
    ("O(n^2)", "n(n-1)/2", "correct"),
    ("O(n^2)", "3n^2 + 100n", "correct"),
    ("O(n^2)", "quadratic", "correct"),
    ("O(n^2)", "n^2 - n^2 + n", "wrong"),
    ("O(n^2)", "n^(3/2)", "wrong"),
    ("1", "O(1)", "correct"),
    ("1", "7", "correct"),
    ("sqrt(n)", "n^(1/2)", "correct"),
    ("2^n", "2^(n+3)", "correct"),
    ("2^n", "4^(n/2)", "correct"),
    ("2^n", "e^n", "wrong"),
    ("2^n", "3^n", "wrong"),
    ("2^n", "2^(2n)", "wrong"),
    ("2^n", "n 2^n", "wrong"),
    ("n!", "n^n", "undecided"),
    ("n!", "100^n", "wrong"),
    (SEVERAL, "O(E + V)", "correct"),
    (SEVERAL, "2V + 3E", "correct"),
    (SEVERAL, "V E", "undecided"),
    ("m*n", "O(3 m n)", "correct"),
    ("m*n", "m n^2", "wrong"),
]  # fmt: skip


@pytest.mark.parametrize(("expected", "text", "verdict"), TABLE)
def test_an_order_of_growth(expected: str, text: str, verdict: str) -> None:
    assert judge("growth", expected, text, Options()).verdict == verdict
