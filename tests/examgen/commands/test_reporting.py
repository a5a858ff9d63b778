"""`examgen report` as a user runs it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from examgen.cli import app
from grader.report.page import BROWSERS
from tests.grader.report.folders import right, squares, write_exam

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def exam(tmp_path: Path) -> Path:
    keys = squares(12)
    answers = {key.paper: right(key) for key in keys}
    answers["p000"]["1.area"] = "3"
    return write_exam(tmp_path / "exam", keys, answers)


def test_a_page(exam: Path) -> None:
    done = CliRunner().invoke(app, ["report", str(exam)])
    assert done.exit_code == 0, done.output
    assert done.output.strip() == str(exam / "report" / "report.html")
    assert (exam / "report" / "report.html").is_file()


def test_every_figure_as_json(exam: Path) -> None:
    done = CliRunner().invoke(app, ["report", str(exam), "--json"])
    found = json.loads(done.output)
    assert found["handed_in"] == 12
    assert found["totals"]["mean"] == pytest.approx(12 - 2 / 12)
    assert found["items"][0]["figures"]["facility"] == pytest.approx(11 / 12)
    assert not (exam / "report").exists()


@pytest.mark.skipif(not any(map(shutil.which, BROWSERS)), reason="needs Chromium")
def test_a_pdf(exam: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(exam.parent)
    done = CliRunner().invoke(app, ["report", exam.name, "--pdf", "--out", "exam/r"])
    assert done.exit_code == 0, done.output
    text = "".join(page.extract_text() for page in PdfReader(exam / "r" / "report.pdf").pages)
    assert "12 papers handed in" in text


@pytest.mark.parametrize("missing", ["matplotlib", "scipy"])
def test_what_is_not_installed_is_named(missing: str, exam: Path) -> None:
    code = f"import sys; sys.modules[{missing!r}] = None; from examgen.cli import main; main()"
    command = [sys.executable, "-c", code, "report", str(exam)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"a report needs {missing}")
    assert done.stderr.endswith("pip install 'examgen-toolkit[report]'\n")
