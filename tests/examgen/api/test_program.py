"""A program that uses the Python interface: it runs, and it type-checks."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from examgen import Exam, ExamFolder, Results, judge, read, solve
from examgen.ground.errors import ExamgenError

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
PROGRAM = PAGE.split("```python\n")[1].split("```")[0]


def test_a_program_runs(tmp_path: Path) -> None:
    ran = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", PROGRAM], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    _, proved, rounded, other, solved = ran.stdout.splitlines()
    assert proved.startswith("correct proved proved equal")
    assert (rounded, other) == ("correct", "('2.176',)")
    assert solved.startswith("2480 (")


def test_a_program_type_checks(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    words = ["-m", "mypy", "--strict", "--config-file", f"{ROOT}/pyproject.toml", str(program)]
    ran = subprocess.run(  # noqa: S603 - mypy
        [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Results:
    folder = tmp_path_factory.mktemp("api") / "exam"
    exam = Exam.load("sample").make(42, folder, copies=2, pdf="no")
    assert exam.verify() == ()
    return exam.grade([folder / "forms" / "001.json"])


def test_results(graded: Results) -> None:
    frame = graded.to_dataframe()
    assert set(frame["paper"]) == {"001", "002"}
    assert len(frame) == sum(len(paper.answers) for paper in graded)
    assert graded.paper("002").student == "002"
    assert graded.summary.count == 2
    with pytest.raises(ExamgenError, match="no paper '9'; the exam has 001 to 002"):
        graded.paper("9")


def test_a_notebook_shows_results(graded: Results) -> None:
    shown: list[tuple[object, str]] = [
        (graded, "<td>001</td>"),
        (judge("integer", "3", "<b>"), "&lt;b&gt;"),
        (read("expression", "x^2", ["x"]), "<msup>"),
        (read("integer", "<"), "<i>"),
        (solve("linear", in_features=2, out_features=3), "<math"),
    ]
    for found, wanted in shown:
        assert wanted in found._repr_html_()  # type: ignore[attr-defined]


def test_solve_gives_exact_values() -> None:
    assert solve("gradient_product", factor="0.5", layers=3)["magnitude"] == Fraction(1, 8)


def test_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ExamgenError, match="no such folder"):
        ExamFolder(tmp_path / "none")
    with pytest.raises(ExamgenError, match="unknown"):
        Exam.load("unknown")
    with pytest.raises(ExamgenError, match="one of them"):
        Exam.load("sample").make(1, tmp_path / "exam", students=tmp_path / "r.csv", copies=2)
