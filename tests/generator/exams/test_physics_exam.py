"""The example exam of physics: proven, made, and a made-up class gets the marks that it must."""

from pathlib import Path

import pytest

from examgen.proof import prove
from generator.exams.exam_file import read_exam
from generator.exams.find_exam import bundled_exam
from tests.in_process import run

PARTS = read_exam(bundled_exam("physics")).parts


def test_the_exam_shows_what_a_question_may_show() -> None:
    text = "".join(part.question.body for part in PARTS)
    shown = [*map("\\plot{{kind={}".format, ("line", "scatter", "function", "box"))]
    shown += ["\\table{", "\\image{", "\\begin{circuitikz}", "\\begin{tikzpicture}", "\\qty{"]
    assert [one for one in shown if one not in text] == []
    assert len(PARTS) == len({part.question.name for part in PARTS}) == 12


@pytest.mark.parametrize("name", ["waves/pendulum", "electricity/capacitors", "heat/mixing"])
def test_a_question_with_an_image_a_circuit_or_a_table_is_proven(name: str) -> None:
    (file,) = {part.question.file for part in PARTS if part.question.name == name}
    (report,) = prove([Path(file)], jobs=1, limit=2)
    assert report.faults == []


def test_a_class_gets_the_marks_that_it_must(tmp_path: Path) -> None:
    exam = tmp_path / "exam"
    made = run("make", "physics", "--seed", "7", "--copies", "3", "--tex-only", "--out", str(exam))
    assert made.returncode == 0, made.stderr
    assert run("simulate", str(exam), "--seed", "1").returncode == 0
    grades = str(tmp_path / "grades")
    run("grade", str(exam), str(exam / "simulated" / "submissions"), "--out", grades)
    found = run("score", str(exam / "simulated"), grades)
    assert ("0 differ" in found.stdout, found.returncode) == (True, 0)
