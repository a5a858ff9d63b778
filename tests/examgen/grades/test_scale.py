"""Scale files: what is read, and every fault with its line."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from examgen.grades.scale import Scale, read_scale
from examgen.ground.errors import InputError

GOOD = """out_of: 100
bands:
  A: 90
  B: 75.5
  F: 0
pass: B
"""
# What is written instead of what, the line of the fault, and words of it.
FAULTS = [
    ("  F: 0\n", "  F: 10\n", 2, "the last grade does not begin at 0"),
    ("  B: 75.5\n", "  B: 95\n", 2, "a grade from 95 on is listed below one from 90 on"),
    ("pass: B", "pass: C", 1, "found 'C'; name one of A, B, F"),
    ("pass: B", "pas: B", 6, "'pas'"),
    ("out_of: 100", "out_of: -1", 1, "out_of"),
    ("pass: B", "pass: B\nresit: {rule: capped}", 7, "cap and the rule capped go together"),
    ("pass: B", "pass: B\nresit: {rule: best, weight: 1/2}", 7, "weight and the rule weighted"),
    ("bands:", "bands: {A: 0}\nmore:", 3, "'more'"),
    ("  A: 90", "  A: ninety", 3, "ninety"),
]


def write(folder: Path, text: str) -> Path:
    path = folder / "scale.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_scale_is_read_exactly(tmp_path: Path) -> None:
    scale = read_scale(write(tmp_path, GOOD))
    assert scale.bands == {"A": Fraction(90), "B": Fraction(151, 2), "F": Fraction(0)}
    assert [scale.grade(Fraction(mark)) for mark in ("90", "75.5", "75", "0")] == list("ABFF")
    assert [scale.passes(name) for name in "ABF"] == [True, True, False]


@pytest.mark.parametrize(("old", "new", "line", "words"), FAULTS)
def test_a_fault_has_its_line(old: str, new: str, line: int, words: str, tmp_path: Path) -> None:
    path = write(tmp_path, GOOD.replace(old, new))
    with pytest.raises(InputError) as found:
        read_scale(path)
    assert words in str(found.value)
    assert f"{path}:{line}: " in str(found.value)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="name a scale file"):
        read_scale(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("rounding", "step", "marks", "mark"),
    [
        ("half_up", "1", "89.5", "90"),
        ("half_up", "1", "89.4999", "89"),
        ("half_up", "0.5", "89.25", "89.5"),
        ("up", "1", "89.01", "90"),
        ("down", "1", "89.99", "89"),
        ("none", "1", "89.123", "89.123"),
        ("half_up", "0.25", "1/3", "0.25"),
    ],
)
def test_marks_are_rounded_once(rounding: str, step: str, marks: str, mark: str) -> None:
    given = {"bands": {"F": "0"}, "pass": "F", "rounding": rounding, "step": step}
    scale = Scale.model_validate(given)
    assert scale.to_scale(Fraction(marks), Fraction(100)) == Fraction(mark)
