"""JSON forms say which exam, paper and make they are of; what is another's is refused in a line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from grader.intake import Intake
from grader.records.printed import Printed
from tests.grader.handed_in import KEYS, answers, counts, said, taken

if TYPE_CHECKING:
    from pathlib import Path

HOW = Intake(Printed("ceng403", {key.paper: "3f2a9c01" for key in KEYS}))
OWN: dict[str, object] = {
    "exam": "ceng403",
    "checksum": "3f2a9c01",
    "student": "s0001",
    "paper": "p001",
}
ANSWERS = {"answers": {"1a.size": "7x7x7"}}

FITS: list[tuple[str, dict[str, object]]] = [
    ("the form as it was made", OWN),
    ("a form of before", {"student": "s0001", "paper": "p001"}),
    ("typed by hand", {"student": "s0001"}),
    ("no exam, no checksum", OWN | {"exam": None, "checksum": ""}),
]


@pytest.mark.parametrize("form", [f[1] for f in FITS], ids=[f[0] for f in FITS])
def test_a_form_of_this_exam_is_read(form: dict[str, object], tmp_path: Path) -> None:
    found = taken(tmp_path, {"a.json": json.dumps(form | ANSWERS)}, HOW)
    assert answers(found) == {"1a.size": "7x7x7"}
    assert not found.waiting


# what, the form, what is said of it, what becomes of it
OTHERS: list[tuple[str, dict[str, object], str, str]] = [
    ("another exam", OWN | {"exam": "ceng404"},
     "a.json:1: this is a form of another exam, ceng404; hand it in there", "unmatched"),
    ("another make", OWN | {"checksum": "00000000"},
     "a.json:1: this form of paper p001 is of another make of the exam; its numbers may differ;"
     " find out which paper the student had", "unreadable"),
    ("an exam that is no text", OWN | {"exam": ["ceng403"]},
     "a.json:1: exam must be a text; write it in quotes", "unreadable"),
    ("a terminal's signs", OWN | {"exam": "\x1b[2J"},
     "a.json:1: this is a form of another exam, \\u001b[2J; hand it in there", "unmatched"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("form", "what", "count"), [o[1:] for o in OTHERS], ids=[o[0] for o in OTHERS]
)
def test_another_form_is_left_to_a_person(
    form: dict[str, object], what: str, count: str, tmp_path: Path
) -> None:
    good = json.dumps({"student": "s0002", "answers": {"1a.size": "8x8x8"}})
    found = taken(tmp_path, {"a.json": json.dumps(form | ANSWERS), "b.json": good}, HOW)
    assert f"{tmp_path}/{what}" in said(found)
    assert answers(found).get("1a.size") is None
    assert answers(found, "p002") == {"1a.size": "8x8x8"}
    assert counts(found.files[0]) == {count: 1}


def test_where_the_exam_has_no_code_none_is_another(tmp_path: Path) -> None:
    found = taken(tmp_path, {"a.json": json.dumps(OWN | ANSWERS)}, Intake())
    assert answers(found) == {"1a.size": "7x7x7"}
