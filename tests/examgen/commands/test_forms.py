"""The forms that `make` writes, filled in as a viewer does, are what `grade` reads."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader, PdfWriter

from examgen.folder.key import AnswerKey
from examgen.folder.key_file import read_keys
from examgen.folder.pages.form_fields import field_of
from examgen.ground.errors import InputError
from generator.pdf.pdflatex import engine
from grader.grade import grade
from tests.in_process import run

if TYPE_CHECKING:
    from pathlib import Path

EXAM = "course: Mine\ntitle: Quiz\ncode: quiz\nquestions: [{title: C, parts: [cnn/conv_layer]}]\n"


def test_a_json_form_is_taken_by_its_own_exam_only(tmp_path: Path) -> None:
    for code in ("quiz", "other"):
        (tmp_path / f"{code}.yaml").write_text(EXAM.replace("code: quiz", f"code: {code}"))
        words = ("make", f"{code}.yaml", "--seed", "1", "--copies", "1", "--out", code)
        made = run(*words, "--tex-only", cwd=tmp_path)
        assert made.returncode == 0, made.stderr
    forms = [tmp_path / code / "forms" / "001.json" for code in ("quiz", "other")]
    report = grade(tmp_path / "quiz", forms)
    assert (report.handed_in, report.to_settle) == (1, 1)
    assert "this is a form of another exam, other" in str(report.notices[0])
    with pytest.raises(InputError, match="this is a form of another exam, other"):
        grade(tmp_path / "quiz", forms[1:])


@pytest.mark.tex
@pytest.mark.skipif(engine() is None, reason="no TeX engine is installed")
def test_a_form_comes_back(tmp_path: Path) -> None:
    (tmp_path / "quiz.yaml").write_text(EXAM)
    exam = tmp_path / "quiz"
    made = run(
        "make", str(tmp_path / "quiz.yaml"), "--seed", "1", "--copies", "1", "--out", str(exam)
    )
    assert made.returncode == 0, made.stderr
    key = read_keys(exam / "key.jsonl")[0]
    expected = {item.id: item.expected for item in key.answers if isinstance(item, AnswerKey)}
    writer = PdfWriter(clone_from=PdfReader(next((exam / "papers").glob("*.pdf"))))
    for page in writer.pages:
        values = {}
        for widget in page.get("/Annots", []):
            name = str(widget.get_object().get("/T", ""))
            if (field := field_of(name)) and field.is_answer:
                values[name] = expected[field.answer]
        if values:
            writer.update_page_form_field_values(page, values, auto_regenerate=False)
    writer.write(tmp_path / "upload.bin")
    report = grade(exam, [tmp_path / "upload.bin"])
    assert report.papers[0].total == report.papers[0].out_of
    assert report.files[0].formats == ("PDF form",)
    assert json.loads((exam / "exam.json").read_text())["code"] == "quiz"
