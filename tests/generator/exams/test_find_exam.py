"""Where exams are found: files, folders of their own, and bundled names."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from examgen.cli import app
from examgen.ground.errors import ExamgenError
from examgen.proof import questions_of
from generator.exams.exam_file import read_exam
from generator.exams.find_exam import bundled_exams, find_exam

EXAM = "course: Sums\ntitle: Quiz\nquestions:\n  - title: One\n    parts: [sums/one]\n"
QUESTION = r"""---
title: A sum
vary: {n: [3, 4, 5]}
values: {double: 2 * n}
answers: {double: {integer: double, marks: 1}}
---
Double \V{n}. \answer{double}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "my quiz"
    (folder / "questions" / "sums").mkdir(parents=True)
    (folder / "exam.yaml").write_text(EXAM)
    (folder / "questions" / "sums" / "one.tex").write_text(QUESTION)
    return folder


def test_a_folder_with_its_questions_is_an_exam_with_the_folder_s_name(folder: Path) -> None:
    exam = read_exam(find_exam(folder))
    assert exam.code == "my-quiz"
    assert questions_of([folder]) == [folder / "questions" / "sums" / "one.tex"]
    done = CliRunner().invoke(app, ["make", str(folder), "--copies", "1", "--tex-only", "--out",
                                    str(folder.parent / "made")])  # fmt: skip
    assert done.exit_code == 0, done.output
    assert CliRunner().invoke(app, ["verify", str(folder.parent / "made")]).exit_code == 0


def test_a_folder_of_questions_stands_for_all_of_them(folder: Path) -> None:
    assert questions_of([folder / "questions"]) == [folder / "questions" / "sums" / "one.tex"]


def test_a_bundled_exam_has_a_name() -> None:
    assert {"ceng403", "sample"} <= set(bundled_exams())
    assert read_exam(find_exam(Path("sample"))).code == "sample"
    assert read_exam(find_exam(None)).code == "ceng403"


def test_a_folder_of_papers_does_not_hide_an_exam_of_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ceng403").mkdir()
    monkeypatch.chdir(tmp_path)
    assert read_exam(find_exam(Path("ceng403"))).code == "ceng403"


def test_an_unknown_name_is_one_line() -> None:
    with pytest.raises(ExamgenError, match=r"nosuch: there is no such file.*ceng403.*sample"):
        find_exam(Path("nosuch"))
