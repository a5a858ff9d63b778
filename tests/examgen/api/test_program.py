"""A program that uses the Python interface: it runs, and it type-checks."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from examgen import Exam, ExamFolder, Results, judge, read, solve
from examgen.ground.errors import ExamgenError

PROGRAM = """
from examgen import Exam, ExamFolder, judge, read, solve

folder = Exam.load("sample").make(seed=42, copies=3, out="exam", pdf="no")
results = ExamFolder("exam").grade(["exam/forms/001.json"])
totals: list[float] = [float(paper.total) for paper in results]
frame = results.to_dataframe()
shares = frame.groupby("answer")["marks"].mean()
verdict: str = judge("expression", "4*h*(h+x+1)", "4h^2+4hx+4h").verdict.value
steps: tuple[str, ...] = solve("lstm", input_size=10, hidden_size=20, biases=1).latex("parameters")
other: tuple[str, ...] = read("number", "2,176").other_readings
print(folder.title, len(results), verdict, len(steps), other)
"""


def test_a_program_runs(tmp_path: Path) -> None:
    ran = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", PROGRAM], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.endswith("3 correct 1 ('2.176',)\n")


def test_a_program_type_checks(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    root = str(Path(__file__).parents[3])
    words = ["-m", "mypy", "--strict", "--config-file", f"{root}/pyproject.toml", str(program)]
    ran = subprocess.run(  # noqa: S603 - mypy
        [sys.executable, *words], cwd=root, capture_output=True, text=True, check=False
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
