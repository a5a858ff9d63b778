"""Grades of a small class, by hand: pending marks, resits, what if, outcomes, files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from answers.verdict import Verdict
from examgen.cli import app
from examgen.folder.students import Student
from examgen.grades.award import Award, Sitting, Standing, awards, close_calls, counts, outcomes
from examgen.grades.scale import Scale
from examgen.ground.errors import ExamgenError
from grader.scoring.marked import MarkedAnswer
from tests.grader.platforms import graded_folder

BANDS = {"A": "80", "B": "50", "F": "0"}
PLAIN: dict[str, object] = {"bands": BANDS, "pass": "B", "absent": "NA"}


def sat(name: str, *marks: str | None, handed_in: bool = True) -> tuple[str, Sitting]:
    """A paper of answers 1a.x, 1b.x, 2a.x out of 50 each; None waits."""
    answers = tuple(
        MarkedAnswer(
            place, "", "integer", Verdict.CORRECT, Fraction(50), None if m is None else Fraction(m)
        )
        for place, m in zip(("1a.x", "1b.x", "2a.x"), marks, strict=False)
    )
    return name, Sitting(Student(name), answers, handed_in)


def of(found: tuple[Award, ...]) -> dict[str, tuple[str, str]]:
    return {one.person.id: (one.standing.value, one.grade) for one in found}


CLASS = dict(
    [
        sat("ada", "50", "40"),
        sat("bob", "25", "25"),
        sat("cem", "24", "25"),
        sat("dora", "30", None),
        sat("eva", "0", "0"),
        sat("fred", "0", "0", handed_in=False),
    ]
)


def test_each_student_has_a_grade_or_says_why_not() -> None:
    found = awards(CLASS, Scale.model_validate(PLAIN))
    assert of(found) == {
        "ada": ("graded", "A"),
        "bob": ("graded", "B"),
        "cem": ("graded", "F"),
        "dora": ("pending", ""),
        "eva": ("graded", "F"),
        "fred": ("absent", "NA"),
    }
    dora = found[3]
    assert (dora.least, dora.most, dora.note) == (Fraction(30), Fraction(80), "marks wait; F to A")
    scale = Scale.model_validate(PLAIN)
    assert counts(found, scale) == {"A": 1, "B": 1, "F": 2, "pending": 1, "absent": 1}
    assert close_calls(found, scale) == {"A": 0, "B": 1}  # cem has 49


def test_what_is_dropped_does_not_count() -> None:
    found = awards(CLASS, Scale.model_validate(PLAIN | {"drop": ["1b"]}))
    assert of(found)["dora"] == ("graded", "B")  # 30 of 50
    assert of(found)["cem"] == ("graded", "F")  # 24 of 50
    with pytest.raises(ExamgenError, match="no paper has 9z; name answers, parts or questions"):
        awards(CLASS, Scale.model_validate(PLAIN | {"drop": ["9z"]}))


@pytest.mark.parametrize(
    ("rule", "grades"),
    [
        # cem: 49, then 90; ada: 90, then 60; gul: the second alone, 90; bob: the first alone, 50.
        ({"rule": "best"}, {"cem": "A", "ada": "A", "gul": "A", "bob": "B"}),
        ({"rule": "latest"}, {"cem": "A", "ada": "B", "gul": "A", "bob": "B"}),
        ({"rule": "capped", "cap": "55"}, {"cem": "B", "ada": "A", "gul": "B", "bob": "B"}),
        # 0.6 * 90 + 0.4 * 49 = 73.6; 0.6 * 60 + 0.4 * 90 = 72
        ({"rule": "weighted", "weight": "60%"}, {"cem": "B", "ada": "B", "gul": "", "bob": "B"}),
    ],
)
def test_resits(rule: Mapping[str, str], grades: Mapping[str, str]) -> None:
    scale = Scale.model_validate(PLAIN | {"resit": dict(rule)})
    second = dict([sat("cem", "50", "40"), sat("ada", "30", "30"), sat("gul", "50", "40")])
    found = {one.person.id: one for one in awards(CLASS, scale, second)}
    assert {name: found[name].grade for name in grades} == grades
    assert (found["gul"].standing is Standing.OPEN) == (rule["rule"] == "weighted")


def test_a_resit_needs_a_rule() -> None:
    with pytest.raises(ExamgenError, match="no resit: rule"):
        awards(CLASS, Scale.model_validate(PLAIN), CLASS)


def test_outcomes_count_whom_nothing_waits_for() -> None:
    scale = Scale.model_validate(PLAIN | {"outcomes": {"LO1": ["1a"], "LO2": "1b.x"}})
    first, second = outcomes(CLASS, scale)
    # 1a: 50, 25, 24, 30, 0 of 50; those with 30 of 50 or more attain it
    assert (first.students, first.share, first.attained) == (5, Fraction(129, 250), 2)
    # 1b: 40, 25, 25, 0 of 50; dora's waits
    assert (second.students, second.share, second.attained) == (4, Fraction(90, 200), 1)


SCALE = """bands: {A: 80, B: 50, F: 0}
pass: B
outcomes: {Networks: [1a.x]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "scale.yaml").write_text(SCALE, encoding="utf-8")
    return graded_folder(tmp_path / "exam")


def run(folder: Path, *more: str) -> str:
    words = ["grades", str(folder), "--scale", str(folder.parent / "scale.yaml"), *more]
    done = CliRunner().invoke(app, words, catch_exceptions=False)
    return done.output if done.exit_code == 0 else f"exit {done.exit_code}: {done.output}"


def test_files_are_written(folder: Path) -> None:
    said = run(folder, "--what-if", "A=70", "--what-if", "drop=1b.y")
    assert "What if A=70: 1 would change: " in said
    rows = (folder / "final" / "grades.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rows[0].startswith("id,name,state,mark,grade,passed")
    sheet = openpyxl.load_workbook(folder / "final" / "grades.xlsx")["Grades"]
    assert [cell.value for cell in next(iter(sheet.rows))][:2] == ["id", "name"]
    page = (folder / "final" / "grades.html").read_text(encoding="utf-8")
    assert "What if: A=70" in page
    assert "Networks" in page


def test_json(folder: Path) -> None:
    found = json.loads(run(folder, "--json"))
    first = found["grades"][0]  # 42 1/3 of 60 is 70.56, so 71
    assert (first["mark"], first["grade"], first["passed"]) == ("71", "B", True)
    assert not (folder / "final").exists()


@pytest.mark.parametrize("text", ["C=70", "A=10", "A=much", "drop=", "A"])
def test_a_question_that_makes_no_sense_is_refused(text: str, folder: Path) -> None:
    assert run(folder, "--what-if", text).startswith("exit 2")
