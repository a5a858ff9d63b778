"""Answers that a spreadsheet changed: they wait, and are never judged wrong."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from answers.verdict import Verdict
from examgen.folder.key import SCHEMA, AnswerKey, MistakeKey, Model, PaperKey, PartKey
from grader.records.submissions import Submission
from grader.scoring.mark_paper import mark_paper
from grader.scoring.marked import MarkedAnswer

if TYPE_CHECKING:
    from collections.abc import Mapping


def marked(
    kind: str, expected: str, text: str, options: Mapping[str, str] | None = None
) -> MarkedAnswer:
    """An answer with the mistake 99536897, worth half the marks."""
    mistakes = (MistakeKey("off", "something was left out", Fraction(1, 2), "99536897"),)
    own = AnswerKey(
        *("1a.x", "x", Fraction(2), kind, expected),
        dict(options or {}),
        unit="B" if kind == "quantity" else None,
        mistakes=mistakes if kind == "integer" else (),
    )
    key = PaperKey(SCHEMA, "001", "s1", "", (PartKey("1a", "x/y", "", Model(None, {}), (own,)),))
    return mark_paper(key, Submission("001", "s1", {"1a.x": text})).answers[0]


DATES = [
    ("number", "1/2", text)
    for text in (
        "2025-02-01", "2025-02-01 00:00:00", "2025/02/01", "2025-2-1", "01.02.2025", "1.02.2025",
        "02/01/2025", "2/1/2025", "1-2-2025", "01.02.25", "2-Jan", "02-Jan", "2-Jan-25", "Jan-25",
        "2.Jan", "23.May", "1. Feb", "1. Feb 25", "01.Şub", "1.Şub", "Şub.25", "2 Oca", "01-févr",
        "févr-25", "02-ene", "ene-25", "2. Mai", "Feb 1, 2025", "01:30:00", "#NAME?", "#WERT!",
        "#AD?", "#SAYI/0!", "########",
    )
] + [
    ("interval", "[1, 2]", "2025-02-01"), ("list", "1, 2", "02/01/2025"), ("shape", "1x2", "2-Jan"),
    ("set", "{1, 2}", "2-Jan"), ("expression", "1-2*x", "2-Jan"), ("choice", "1-2", "2-Jan"),
    ("text", "1/2", "2-Jan"), ("integer", "1", "2025-02-01"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "expected", "text"), DATES)
def test_a_date_is_no_wrong_answer(kind: str, expected: str, text: str) -> None:
    found = marked(kind, expected, text)
    assert found.verdict in {Verdict.UNDECIDED, Verdict.UNREADABLE}
    assert found.marks is None


CUT = [
    ("integer", "100663808", "1.01E+08"), ("integer", "100663808", "1,01E+08"),
    ("integer", "100663808", "1.0066E+08"), ("integer", "100663808", "1E+08"),
    ("integer", "99999999", "1.00E+08"), ("integer", "-100663808", "-1.01E+08"),
    ("integer", "12345678901234567", "1.23457E+16"),
    ("integer", "12345678901234567", "1.23456789012345E+16"),
    ("integer", "12345678901234567", "12345678901234500"),
    ("number", "0.0000123456", "1.23E-05"), ("number", "10000000/3", "3.33E+06"),
    ("quantity", "1179648 B", "1.18E+06 B"), ("quantity", "1179648 B", "1.18E+03 kB"),
    ("integer", "5", "9.95E+07"),  # which is the mistake, cut
]  # fmt: skip


@pytest.mark.parametrize(("kind", "expected", "text"), CUT)
def test_a_number_that_was_cut_is_no_wrong_answer(kind: str, expected: str, text: str) -> None:
    found = marked(kind, expected, text)
    assert (found.verdict, found.marks) == (Verdict.UNDECIDED, None)
    assert "cut the number to" in found.why


RIGHT, WRONG, MISTAKE = Verdict.CORRECT, Verdict.WRONG, Verdict.MISTAKE
JUDGED = [
    ("integer", "100663808", "1.02E+08", WRONG), ("integer", "100663808", "2E+08", WRONG),
    ("integer", "100663808", "101000000", WRONG), ("integer", "100663808", "1.01e8", WRONG),
    ("integer", "100000000", "1.00E+08", RIGHT), ("integer", "5", "99536897", MISTAKE),
    ("number", "1/2", "1/3", WRONG), ("number", "1/2", "2025", WRONG),
    ("shape", "48x48x16", "16x8x28", WRONG), ("text", "2025-02-01", "2025-02-02", WRONG),
    ("text", "2025-02-01", "2025-02-01", RIGHT), ("list", "1, 2", "2, 1", WRONG),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "expected", "text", "verdict"), JUDGED)
def test_other_answers_are_judged(kind: str, expected: str, text: str, verdict: Verdict) -> None:
    assert marked(kind, expected, text).verdict is verdict


SHORT = [
    ("9.9536897E+07", MISTAKE),  # all digits of the mistake
    ("9.9537E+07", Verdict.UNDECIDED),
    ("1.0E+08", Verdict.UNDECIDED),  # the mistake to two digits
    ("1.2E+08", WRONG),
]


@pytest.mark.parametrize(("text", "verdict"), SHORT)
def test_a_mistake_with_all_its_digits_was_not_cut(text: str, verdict: Verdict) -> None:
    assert marked("integer", "5", text).verdict is verdict


def test_a_mistake_within_its_tolerance_was_not_cut() -> None:
    # 0.2^44 is asked for; 0.2^45 = 3.5184372088832e-32 has 14 digits, as a cell shows them.
    mistake = MistakeKey("one_more", "one layer too many", Fraction(1, 2), f"1/{5**45}")
    own = AnswerKey("1a.x", "x", Fraction(2), "number", f"1/{5**44}", {"rel": "1/100"})
    part = PartKey("1a", "x/y", "", Model(None, {}), (replace(own, mistakes=(mistake,)),))
    key = PaperKey(SCHEMA, "001", "s1", "", (part,))
    for text in ("3.5184372088832E-32", "3.52E-32"):
        (found,) = mark_paper(key, Submission("001", "s1", {"1a.x": text})).answers
        assert (found.verdict, found.mistake, found.marks) == (MISTAKE, "one_more", Fraction(1))


def test_a_tolerance_decides_before() -> None:
    found = marked("quantity", "1179648 B", "1.18E+06 B", {"rel": "1%"})
    assert found.verdict is Verdict.CORRECT
