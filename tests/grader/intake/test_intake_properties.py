"""No file, however damaged, stops the intake or changes what another file gives."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examgen.ground.files import Content
from grader.intake import Intake, exceptions, take_in
from grader.records.printed import Printed
from tests.grader.handed_in import KEYS, answers, zipped
from tests.grader.intake.test_intake_hostile import tarred
from tests.grader.intake.test_intake_platforms import CANVAS, METADATA, MOODLE, assignment
from tests.grader.intake.test_intake_spreadsheets import workbook
from tests.grader.ods import ods
from tests.grader.pdf_files import CODE, MADE, field_name, form, written
from tests.grader.pdf_files import text as text_of

GOOD = b'{"student": "s0003", "answers": {"1a.size": "7x7x7"}}'
HOW = Intake(Printed(CODE, {key.paper: MADE for key in KEYS}))
FORM = written(form({field_name("1a.size"): text_of("5x5x5"), field_name("1b.area"): None}))
SEEDS: list[bytes] = [
    FORM,
    MOODLE.encode(),
    CANVAS.encode(),
    zipped(assignment()),
    zipped({"form.pdf": FORM, "submission_metadata.yml": METADATA}),
    tarred({"a.csv": "student,1a.size\ns0001,1\n"}),
    b"student: s0001\nanswers:\n  1a.size: 5\n",
    b'[{"student": "s0001", "answers": {"1a.size": "5", "1b.area": null}}]',
    b"student,paper,1a.size\ns0001,p001,\"5\ns0002,p001,6\n",
    b"problem,student,paper,answer,response,suggestion,source\nx,s0001,,1a.size,5,,a:1\n",
    ods([["student", "1a.size"], ["s0001", "5"]]),
    workbook([["student", "1a.size"], ["s0001", 5]]),
    b'{"student": "s0001", // me\n "answers": {"1a.size": "5", },}',
]  # fmt: skip


def take(raw: bytes) -> None:
    """Takes in a file beside a good one, whose answers must come through."""
    files = (Content("bad", Path("bad"), raw), Content("good", Path("good"), GOOD))
    found = take_in(files, KEYS, HOW)
    exceptions(found.waiting)
    assert "1a.size" in answers(found, "p003")


@given(st.binary(max_size=2_000))
def test_any_bytes(raw: bytes) -> None:
    take(raw)


@given(st.text(max_size=500))
def test_any_text(text: str) -> None:
    take(text.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("seed", SEEDS, ids=range(len(SEEDS)))
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_damaged_file(seed: bytes, data: st.DataObject) -> None:
    raw = io.BytesIO(seed)
    for _ in range(data.draw(st.integers(1, 4))):
        raw.seek(data.draw(st.integers(0, len(seed))))
        raw.write(data.draw(st.binary(max_size=8)))
    cut = data.draw(st.integers(0, len(seed)))
    take(raw.getvalue()[:cut] if data.draw(st.booleans()) else raw.getvalue())
