"""Slips of spelling: only so many as the question allows, never in digits or short words."""

from __future__ import annotations

from fractions import Fraction

import pytest

from answers.judge import Options, judge

# The right text, how many slips are allowed, what is written, and the verdict.
TABLE = [
    ("recursion", 1, "recusion", "correct"),
    ("recursion", 1, "Recursionn", "correct"),
    ("recursion", 1, "recurison", "correct"),
    ("recursion", 1, "recursien", "correct"),
    ("recursion", 0, "recusion", "wrong"),
    ("recursion", 1, "recuson", "wrong"),
    ("recursion", 2, "recuson", "correct"),
    ("HTTP", 1, "HTTTP", "wrong"),  # too short for a slip
    ("layer 12", 1, "layer 13", "wrong"),
    ("layer 12", 1, "leyer 12", "correct"),
    ("naïve search", 1, "naive search", "correct"),
    ("recursion", 1, "", "blank"),
    ("recursion", 1, "x" * 150, "wrong"),
]


@pytest.mark.parametrize(("expected", "typos", "text", "verdict"), TABLE)
def test_a_slip(expected: str, typos: int, text: str, verdict: str) -> None:
    assert judge("text", expected, text, Options(typos=typos)).verdict == verdict


def test_what_was_read_is_said() -> None:
    found = judge("text", "recursion", "recusion", Options(typos=1))
    assert (found.read_as, Fraction(found.score)) == ("recursion", Fraction(1))
    assert "recursion with a slip in spelling" in found.why


def test_another_right_text_may_have_a_slip() -> None:
    options = Options(typos=1, also=(("answer", ("dynamic programming",)),))
    assert judge("text", "memoization", "dynamic programing", options).verdict == "correct"
