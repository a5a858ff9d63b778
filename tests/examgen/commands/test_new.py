"""`examgen new`: a file of each kind that is proven and printed as it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from examgen.cli import app
from examgen.proof.family import prove
from examgen.proof.files import exam_of, read
from examgen.starters import starter_kinds, write_starter
from generator.folder.make import Job, make
from generator.pdf.pdflatex import engine
from generator.variants.assemble import copies

WANTED = "choice code data graph integer matrix rubric symbolic units"


def test_there_is_a_template_of_each_kind() -> None:
    assert " ".join(starter_kinds()) == WANTED


@pytest.mark.parametrize("kind", WANTED.split())
def test_each_is_proven_and_printed(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "questions" / "mine" / "first_one.tex"
    write_starter(path, kind)
    (report,) = prove([path], limit=20, jobs=1)
    assert (report.faults, report.name) == ([], "mine/first_one")
    assert report.proven
    question = read(path)
    assert (question.title, question.topic) == ("First one", "mine")
    made = make(Job(exam_of(question), "1", copies(1), tmp_path / "exam", workers=1))
    assert made.failures == ()
    assert (tmp_path / "exam" / "papers" / "001.pdf").exists() or engine() is None


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["a/b", "--kind", "essay"], "there is no kind 'essay'"),
        (["/etc/b"], "expected a topic and a name"),
        (["../b"], "expected a topic and a name"),
    ],
)
def test_what_is_refused(arguments: list[str], why: str) -> None:
    done = CliRunner().invoke(app, ["new", *arguments])
    assert done.exit_code == 2
    assert why in " ".join(done.output.split())
