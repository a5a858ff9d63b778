"""Filled PDF forms: identity is inside; what cannot be trusted is named and left to a person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pypdf.generic import ArrayObject, DictionaryObject, NameObject

from examgen.folder.key import AnswerKey
from grader.intake import Intake
from grader.intake.formats import pdf_fields
from grader.records.printed import Printed
from tests.grader.handed_in import KEYS, answers, counts, said, taken, zipped
from tests.grader.pdf_files import (
    CODE,
    MADE,
    buttons,
    field_name,
    filled,
    form,
    name,
    octets,
    written,
)
from tests.grader.pdf_files import text as text_of

if TYPE_CHECKING:
    from pathlib import Path

    from pypdf.generic import PdfObject

HOW = Intake(Printed(CODE, {key.paper: MADE for key in KEYS}))
ASKED = [answer.id for answer in KEYS[0].answers if isinstance(answer, AnswerKey)]
SIZE = field_name("1a.size")


def whole(paper: str = "p001", **known: PdfObject) -> dict[str, PdfObject | None]:
    """All fields of a paper, filled in where something is known."""
    own: dict[str, PdfObject | None] = {field_name(answer, paper): None for answer in ASKED}
    return own | {field_name(answer.replace("_", "."), paper): v for answer, v in known.items()}


def test_a_form_filled_by_pypdf_is_read(tmp_path: Path) -> None:
    blank = written(form(whole()))
    pdf = filled(blank, {SIZE: "112×112×64", field_name("1a.parameters"): "9 472"})
    found = taken(tmp_path, {"anything.bin": pdf}, HOW)
    assert answers(found)["1a.size"] == "112×112×64"
    assert answers(found)["1a.parameters"] == "9 472"
    assert answers(found)["1b.area"] == ""
    assert counts(found.files[0]) == {"imported": 1}
    assert "anything.bin:1" not in said(found).replace("nothing was handed in for", "")


# who is on the cover of a paper, whether it was made for nobody, whose answers they are
COVERS = [
    ("a number", "e2019003", "Ada Lovelace", "nobody", "e2019003"),
    ("a name alone", "", "Ada Lovelace", "nobody", "Ada Lovelace"),
    ("nothing", "", "", "nobody", "p001"),
    ("a paper of somebody", "e2019003", "", "somebody", KEYS[0].student),
]


@pytest.mark.parametrize(
    ("number", "who", "made_for", "student"), [c[1:] for c in COVERS], ids=[c[0] for c in COVERS]
)
def test_the_cover_says_whose_a_paper_of_nobody_is(
    number: str, who: str, made_for: str, student: str, tmp_path: Path
) -> None:
    own = {"cover.number": text_of(number), "cover.name": text_of(who), "cover.awarded 1": None}
    fields = whole() | {field_name(name): value for name, value in own.items()}
    is_walk_in = made_for == "nobody"
    keys = [replace(key, student=key.paper, name="") if is_walk_in else key for key in KEYS]
    walk_ins = frozenset(key.paper for key in keys if is_walk_in)
    how = Intake(replace(HOW.printed, walk_ins=walk_ins))
    found = taken(tmp_path, {"a.pdf": written(form(fields))}, how, keys)
    (one,) = found.papers
    assert one.student == student
    assert "cover" not in said(found)
    assert set(one.answers) == set(ASKED)


# how a value is stored in the file, and what it is
VALUES: list[tuple[str, PdfObject, str]] = [
    ("UTF-16", octets(b"\xfe\xff" + "ö=√2".encode("utf-16-be")), "ö=√2"),
    ("UTF-16 little end", octets(b"\xff\xfe" + "ö=√2".encode("utf-16-le")), "ö=√2"),
    ("UTF-8", octets(b"\xef\xbb\xbf" + "ö=√2".encode()), "ö=√2"),
    ("PDFDocEncoding", octets(b"3\x84 4\xb7\xfc"), "3— 4·ü"),
    ("a name", name("forget gate"), "forget gate"),
    ("lines", text_of("a\rb"), "a\rb"),
    ("spaces", text_of("  5  "), "  5  "),
    ("a formula", text_of("=1+1"), "=1+1"),
]


@pytest.mark.parametrize(("value", "wanted"), [v[1:] for v in VALUES], ids=[v[0] for v in VALUES])
def test_a_value_is_read_verbatim(value: PdfObject, wanted: str, tmp_path: Path) -> None:
    fields = whole() | {SIZE: value}
    assert answers(taken(tmp_path, {"a": written(form(fields))}, HOW))["1a.size"] == wanted


# the value of the field, what the widgets show, the answer
CHOICES: list[tuple[str, PdfObject | None, str, str]] = [
    ("chosen", name("forget gate"), "forget gate", "forget gate"),
    ("chosen, as a text", text_of("forget gate"), "", "forget gate"),
    ("chosen, shown only", None, "forget gate", "forget gate"),
    ("off, shown", name("Off"), "forget gate", "forget gate"),
    ("off", name("Off"), "", ""),
    ("untouched", None, "", ""),
]


@pytest.mark.parametrize(
    ("value", "shown", "wanted"), [c[1:] for c in CHOICES], ids=[c[0] for c in CHOICES]
)
def test_radio_buttons(value: PdfObject | None, shown: str, wanted: str, tmp_path: Path) -> None:
    fields = whole()
    del fields[field_name("2a.gate")]
    pdf = form(fields)
    buttons(pdf, field_name("2a.gate"), ("input gate", "forget gate"), value, shown)
    assert answers(taken(tmp_path, {"a": written(pdf)}, HOW))["2a.gate"] == wanted


# examgen's own forms number the options and keep their texts apart
NUMBERED: list[tuple[PdfObject | None, str]] = [
    (name("1"), "forget gate"),
    (name("Off"), ""),
    (name("2"), "2"),
    (text_of("1"), "forget gate"),
]


@pytest.mark.parametrize(("value", "wanted"), NUMBERED)
def test_numbered_options(value: PdfObject | None, wanted: str, tmp_path: Path) -> None:
    fields = whole()
    del fields[field_name("2a.gate")]
    pdf, texts = form(fields), ("input gate", "forget gate")
    buttons(pdf, field_name("2a.gate"), ("0", "1"), value, texts=texts)
    assert answers(taken(tmp_path, {"a": written(pdf)}, HOW))["2a.gate"] == wanted


def locked() -> bytes:
    pdf = form(whole(**{"1a_size": text_of("5")}))
    pdf.encrypt("secret", algorithm="RC4-128")
    return written(pdf)


def two_papers() -> bytes:
    return written(form(whole("p001") | whole("p002")))


def renamed(**changes: str) -> bytes:
    own: dict[str, PdfObject | None] = {field_name(answer, **changes): None for answer in ASKED}
    return written(form(own))


def looped() -> bytes:
    pdf = form({})
    buttons(pdf, "a", ("x",), None)
    acro = pdf.root_object["/AcroForm"]
    assert isinstance(acro, DictionaryObject)
    fields = acro["/Fields"]
    assert isinstance(fields, ArrayObject)
    parent = fields[0].get_object()
    assert isinstance(parent, DictionaryObject)
    kids = parent["/Kids"]
    assert isinstance(kids, ArrayObject)
    kids.append(fields[0])
    parent[NameObject("/Kids")] = kids
    return written(pdf)


TROUBLES = [
    ("another exam", renamed(exam="ceng404"), "this is a form of another exam, ceng404"),
    ("another make", renamed(made="00000000"), "this form of paper p001 is of another make"),
    ("an unknown paper", renamed(paper="p0O1"), "unknown paper p0O1; did you mean p001?"),
    ("two papers", two_papers(), "this file holds several papers (p001, p002)"),
    ("locked", locked(), "the PDF is locked with a password"),
    ("flattened", written(form({}, "CENG 403 Paper p002")),
     "it was printed or flattened; it seems to be paper p002"),
    ("flattened, exam known", written(form({}, "ceng403")), "it seems to be of the exam ceng403"),
    ("flattened, nothing known", written(form({})), "this PDF has no fields"),
    ("somebody's form", written(form({"Text1": text_of("5")})), "none of the form's fields"),
    ("XFA", written(form({}, xfa="<xdp:xdp/>")), "this is an XFA form"),
    ("damaged", b"%PDF-1.7\nnonsense", "the PDF is damaged"),
    ("cut off", written(form(whole()))[:700], "the PDF"),
    ("huge", b"%PDF-1.7\n" + b"0" * (16 * 2**20), "the file is too large"),
    ("fields in a circle", looped(), "none of the form's fields"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "what"), [t[1:] for t in TROUBLES], ids=[t[0] for t in TROUBLES])
def test_a_trouble_is_named_and_the_rest_is_taken(raw: bytes, what: str, tmp_path: Path) -> None:
    good = written(form(whole("p003", **{"1a_size": text_of("7x7x7")})))
    found = taken(tmp_path, {"bad.pdf": raw, "good.pdf": good}, HOW)
    own = [line for line in said(found).splitlines() if f"{tmp_path}/bad.pdf:1: " in line]
    assert len(own) == len(set(own))
    assert what in own[0]
    assert answers(found, "p003")["1a.size"] == "7x7x7"
    assert found.waiting
    assert all(given is None for p in ("p001", "p002") for given in answers(found, p).values())


def test_missing_and_repeated_fields_go_to_a_person(tmp_path: Path) -> None:
    fields = whole(**{"1a_size": text_of("7x7x7")})
    del fields[field_name("1b.area")]
    pdf = form(fields)
    buttons(pdf, SIZE, ("8x8x8",), name("8x8x8"))
    found = taken(tmp_path, {"a.pdf": written(pdf)}, HOW)
    assert answers(found)["1a.size"] is None
    assert answers(found)["1b.area"] is None
    assert "the field of 1b.area is missing" in said(found)
    assert "the field of 1a.size occurs twice" in said(found)


def test_forms_of_an_assignment_are_known_by_their_fields(tmp_path: Path) -> None:
    own = written(form(whole("p001", **{"1a_size": text_of("1x1x1")})))
    swapped = written(form(whole("p003", **{"1a_size": text_of("3x3x3")})))
    download = zipped({
        "Student 1_31_assignsubmission_file/form.pdf": own,
        "Student 2_32_assignsubmission_file/form.pdf": swapped,
    })  # fmt: skip
    found = taken(tmp_path, {"download.zip": download}, HOW)
    assert answers(found)["1a.size"] == "1x1x1"
    assert answers(found, "p002")["1a.size"] is None
    assert answers(found, "p003") == {}
    assert "paper p003 of s0003 was handed in by s0002" in said(found)


def test_a_pdf_that_never_ends_is_left_to_a_person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(_: bytes) -> None:
        while True:
            pass

    monkeypatch.setattr(pdf_fields, "_form", endless)
    monkeypatch.setattr(pdf_fields, "SECONDS", 0.05)
    found = taken(tmp_path, {"a.pdf": b"%PDF-1.7"}, HOW)
    assert "the PDF cannot be read within" in said(found)
