"""What goes wrong on marking day, as a table: in which dialects, what is said, what is lost.

`says` are pieces of the one line that names the fault; there is none where nothing is lost. Of a
hand-in that is taken all counts; of one that waits, at least the answers named; one that is lost is
nobody's, and its texts stand in the exception file.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from pikepdf import Encryption, Pdf
from pypdf import PdfReader, PdfWriter

from tests.grader.dialects import (
    ASKED,
    JUDGED,
    HandIn,
    form_of,
    plain_json,
    student_id,
)
from tests.grader.handed_in import zipped
from tests.grader.intake.test_intake_hostile import tarred, zip_locked
from tests.grader.pdf_files import form, written

if TYPE_CHECKING:
    from collections.abc import Iterable

Rows: TypeAlias = Callable[[HandIn, HandIn], list[HandIn]]
Raw: TypeAlias = Callable[[str, bytes, HandIn], Mapping[str, bytes]]


class Fate(StrEnum):
    """What becomes of a hand-in."""

    TAKEN = "taken"
    WAITS = "waits"
    LOST = "lost"


@dataclass(frozen=True)
class Fault:
    name: str
    dialects: tuple[str, ...]
    fate: Fate
    says: tuple[str, ...] = ()
    rows: Rows = lambda one, _: [one]
    raw: Raw = lambda file, raw, _: {file: raw}
    waits: tuple[str, ...] = ()
    collides: bool = False  # with the other student, whose answers wait as well


def told(**texts: str) -> Rows:
    """Says something else about the student; `{id}` and so on are what is right."""

    def change(one: HandIn, other: HandIn) -> list[HandIn]:
        about = {"id": one.student, "name": one.name, "first": one.first, "last": one.last}
        about |= {"paper": one.paper}
        about |= {"other_name": other.name, "other_paper": other.paper, "other_mail": other.email}
        said = {name: text.format(**about) for name, text in texts.items()}
        return [replace(one, **said)]  # type: ignore[arg-type]

    return change


def of_id(change: Callable[[str], str]) -> Rows:
    return lambda one, _: [replace(one, student=change(one.student), paper="")]


def answered(**texts: str) -> Rows:
    """Other texts; `1a_size` is the answer 1a.size."""
    new = {name.replace("a_", "a.").replace("b_", "b."): text for name, text in texts.items()}
    new = {name.removeprefix("q"): text for name, text in new.items()}
    return lambda one, _: [replace(one, answers={**one.answers, **new})]


def cut_number(one: HandIn, _: HandIn) -> list[HandIn]:
    cut = f"{100_000_007 + 7_919 * one.owner:.2E}"
    return [replace(one, answers={**one.answers, "1a.parameters": cut})]


def twice(later: Callable[[HandIn], HandIn]) -> Rows:
    return lambda one, _: [one, later(one)]


def other_size(one: HandIn) -> HandIn:
    return replace(one, answers={**one.answers, "1a.size": f"{one.owner}x9x9"})


def timed(first: str, second: str) -> Rows:
    return lambda one, _: [replace(one, time=first), replace(other_size(one), time=second)]


def right_one_last(one: HandIn, _: HandIn) -> list[HandIn]:
    return [replace(one, time="2025-09-27T11:00:00Z"), other_size(one)]


def emptied(one: HandIn) -> HandIn:
    return replace(one, answers=dict.fromkeys(ASKED, ""), time="2025-09-27T11:00:00Z")


def under(**names: str) -> Rows:
    new = {name.removeprefix("q").replace("_", "."): text for name, text in names.items()}
    return lambda one, _: [
        replace(one, keys=new, answers={**one.answers, "1a.size": f"{one.owner}x1x1"})
        if "1a.szie" in new.values()
        else replace(one, keys=new)
    ]


def locked(user: str) -> Raw:
    def lock(file: str, raw: bytes, _: HandIn) -> Mapping[str, bytes]:
        target = io.BytesIO()
        with Pdf.open(io.BytesIO(raw)) as pdf:
            pdf.save(target, encryption=Encryption(owner="secret", user=user, R=6))
        return {file: target.getvalue()}

    return lock


def instead(content: Callable[[HandIn], bytes]) -> Raw:
    return lambda file, _, one: {file: content(one)}


def cut(file: str, raw: bytes, _: HandIn) -> Mapping[str, bytes]:
    return {file: raw[: len(raw) * 2 // 3]}


def copied(change: Callable[[HandIn], HandIn]) -> Raw:
    """Adds a browser's second copy."""
    return lambda file, raw, one: {
        file: raw,
        file.replace(".json", " (1).json"): plain_json(change(one)),
    }


def flattened(one: HandIn) -> bytes:
    return written(form({}, f"CENG 403 Paper {one.paper}"))


def two_papers(one: HandIn) -> bytes:
    writer = PdfWriter()
    answers = dict.fromkeys(JUDGED, "5")
    for paper in (one.paper, "001" if one.paper != "001" else "002"):
        raw = form_of(replace(one, paper=paper, answers=answers))
        writer.append(PdfReader(io.BytesIO(raw)))
    return written(writer)


def alone(one: HandIn) -> bytes:
    """A form that says nothing about who filled it in."""
    return plain_json(replace(one, student="", paper=""))


def out_of_place(file: str, _: bytes, one: HandIn) -> Mapping[str, bytes]:
    """In a folder of which the metadata know nothing."""
    return {file.replace(f"submission_{one.owner}/", f"submission_x{one.owner}/"): alone(one)}


def leading_out(file: str, raw: bytes, one: HandIn) -> Mapping[str, bytes]:
    archive = file.partition("/")[0]
    return {f"{archive}/../../etc/{one.owner}": raw}


SPILL = "\ue000"
"""Stands for a separator that nothing guards."""


def numbers_bare(file: str, _: bytes, one: HandIn) -> Mapping[str, bytes]:
    plain = plain_json(one).decode()
    return {file: re.sub(r'("1a.parameters": )"(\d+)"', r"\1\2", plain).encode()}


def named_twice(file: str, _: bytes, one: HandIn) -> Mapping[str, bytes]:
    return {file: plain_json(one)[:-2] + b', "1a.size": "1x1x1"}}'}


def listed(file: str, _: bytes, one: HandIn) -> Mapping[str, bytes]:
    about = {"student": one.student, "answers": {**one.answers, "1a.size": [[1], {"a": 2}]}}
    return {file: json.dumps(about).encode()}


PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
DOCX = zipped({"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>"})
SPREADSHEETS = ("own", "excel", "turkish", "titled", "sep", "tabs")
IDS = ("own", "excel", "turkish", "titled", "google", "moodle en", "moodle de", "canvas")
PLATFORMS = ("google", "moodle en", "moodle de", "moodle tr")
NAMED = ("own", "excel", "turkish", "titled", "canvas")
LETTERS, ZEROS, PLAIN = 0, 1, 2
"""What ids look like, by the place in the class modulo three."""

TAKEN, WAITS, LOST = Fate.TAKEN, Fate.WAITS, Fate.LOST
ALL = JUDGED
FAULTS: tuple[Fault, ...] = (
    # Who it is.
    Fault("zeros lost", IDS, TAKEN, rows=of_id(lambda i: i.lstrip("0"))),
    Fault("a point gained", IDS, TAKEN, rows=of_id(lambda i: f"{i}.0" if i.isdigit() else i)),
    Fault("an apostrophe", IDS, TAKEN, rows=of_id("'{}".format)),
    Fault("a formula around the id", IDS, TAKEN, rows=of_id('="{}"'.format)),
    Fault("invisible signs", IDS, TAKEN, rows=of_id("\u00a0{}\u00a0".format)),
    Fault("full width", ("own", "excel", "google"), TAKEN,
          rows=of_id(lambda i: "".join(chr(ord(c) + 0xFEE0) for c in i))),
    Fault("id in other case", IDS, TAKEN, rows=of_id(str.upper)),
    Fault("E notation", ("own", "excel", "canvas"), LOST, ("2.02E+06",),
          told(student="2.02E+06", paper="")),
    Fault("E notation beside an address", ("google", "moodle en", "moodle tr"), TAKEN,
          rows=told(student="2.019E+06")),
    Fault("E notation alone", ("own", "tabs"), LOST, ("2,0190E+06", "cut digits off"),
          told(student="2,0190E+06", paper="", name="")),
    Fault("a letter in the id", ("own", "excel", "sep"), LOST, ("did you mean {id}?",),
          lambda one, _: [replace(one, student=f"2O{one.student[2:]}", paper="", name="")]),
    Fault("an address for the id", ("own", "excel", "json", "folders"), TAKEN,
          rows=lambda one, _: [replace(one, student=one.email.upper(), paper="")]),
    Fault("a name for the id", ("own", "excel", "json", "folders"), TAKEN,
          rows=lambda one, _: [replace(one, student=f"{one.last}, {one.first}".upper(), paper="")]),
    Fault("the last name first", ("own", "google", "canvas"), TAKEN,
          rows=told(name="{last}, {first}")),
    Fault("two students' file", ("json",), WAITS, ("{other}", "handed in before", "other answers"),
          lambda one, other: [replace(one, student=other.student, paper=other.paper)],
          collides=True),
    Fault("nobody's id, own name", NAMED, LOST, ("unknown student X{n}", "did you mean {id}"),
          lambda one, _: [replace(one, student=f"X{one.owner}", paper="")]),
    Fault("another's name", IDS, WAITS, ("the row names {id}", "{other_name}"),
          told(name="{other_name}"), waits=ALL),
    Fault("another's address", ("google", "moodle en", "moodle de"), WAITS,
          ("the row names {id}", "{other_mail}"), told(email="{other_mail}"), waits=ALL),
    Fault("another's paper", ("own", "excel", "sep", "json"), WAITS,
          ("paper {other_paper} belongs to {other}, not to {id}",), told(paper="{other_paper}"),
          waits=ALL),
    Fault("nobody's paper", ("own", "excel", "sep"), WAITS, ("unknown paper 9{paper}",),
          told(paper="9{paper}"), waits=ALL),
    Fault("no id", ("google",), TAKEN, rows=told(student="")),
    Fault("nothing about who", ("own", "tabs"), LOST,
          ("neither a student nor a paper is named", "{file}"),
          told(student="", name="", paper="", email="")),
    # What the answers are called.
    Fault("nearly right names", ("json", "folders", "assignment:0"), TAKEN,
          rows=under(q1a_size="1A.SIZE", q1b_share="1b share", q2a_name="2a_name")),
    Fault("a wrong name", ("json", "folders"), WAITS, ("did you mean 1a.size?",),
          under(q1a_size="1a.szie"), waits=("1a.size",)),
    # What became of the answers.
    *(Fault(f"a date: {date}", SPREADSHEETS + PLATFORMS, WAITS, (), answered(q1b_share=date),
            waits=("1b.share",)) for date in ("2025-02-01", "2-Jan", "01.02.2025", "1.Şub")),
    Fault("a number cut short", SPREADSHEETS + PLATFORMS, WAITS, (), cut_number,
          waits=("1a.parameters",)),
    Fault("an error of a spreadsheet", SPREADSHEETS, WAITS, (), answered(q1a_size="#NAME?"),
          waits=("1a.size",)),
    Fault("line ends in cells", (*SPREADSHEETS[:5], *PLATFORMS), TAKEN,
          rows=answered(q2b_why="a\r\nb\rc, d;e\nf")),
    Fault("looks like a formula", (*SPREADSHEETS, *PLATFORMS), TAKEN,
          rows=answered(q2b_why="=cmd|'/C calc'!A0")),
    Fault("a picture in a cell", ("canvas",), WAITS, (),
          answered(q1a_size='<p><img src="mine.png"></p>'), waits=("1a.size",)),
    Fault("a comma too many", ("own",), WAITS, ("{file}:", "cells"),
          answered(q1a_size=f"1{SPILL}5"), waits=ALL),
    Fault("a number for a text", ("json", "folders:0"), TAKEN, raw=numbers_bare),
    Fault("a name twice", ("json", "folders:0"), WAITS, ("1a.size occurs twice",), raw=named_twice,
          waits=("1a.size",)),
    Fault("an empty list", ("json",), WAITS, ("{file}", "1a.size"), raw=listed,
          waits=("1a.size",)),
    # Twice.
    Fault("an empty row later", ("own", "excel", "sep"), TAKEN, ("attempt of {id} is empty",),
          twice(emptied)),
    Fault("the same row again", ("own", "excel"), TAKEN,
          ("{id} handed in before", "with the same answers"), twice(lambda one: one)),
    Fault("unknown times", ("own", "excel"), WAITS, ("{id}", "which one is later is not known"),
          timed("yesterday", "today"), waits=("1a.size",)),
    Fault("a later row first", ("own", "tabs"), TAKEN, ("{id}", "the later one counts"),
          right_one_last),
    Fault("a browser's copy", ("json",), WAITS, ("{id}", "which one is later is not known"),
          raw=copied(other_size), waits=("1a.size",)),
    Fault("a browser's copy of the same", ("json",), TAKEN, ("{id}", "with the same answers"),
          raw=copied(lambda one: one)),
    # Files.
    Fault("JSON cut off", ("json",), WAITS, ("{file}", "this is not JSON"),
          raw=lambda file, _, one: {file: plain_json(one)[:-2]}, waits=ALL),
    Fault("AES, a password", ("pdf",), LOST, ("{file}", "locked with a password"),
          raw=locked("user")),
    Fault("AES, no password to open", ("pdf",), TAKEN, raw=locked("")),
    Fault("flattened", ("pdf",), WAITS, ("{file}", "printed or flattened"),
          raw=instead(flattened), waits=ALL),
    Fault("another exam", ("pdf",), LOST, ("{file}", "another exam, ceng404"),
          raw=instead(lambda one: form_of(one, exam="ceng404"))),
    Fault("another make", ("pdf",), WAITS, ("{file}", "another make"),
          raw=instead(lambda one: form_of(one, made="00000000")), waits=ALL),
    Fault("cut PDF", ("pdf",), LOST, ("{file}", "the PDF"), raw=cut),
    Fault("several papers", ("pdf",), LOST, ("{file}", "several papers"), raw=instead(two_papers)),
    Fault("a screenshot", ("assignment",), WAITS, ("{file}",), raw=instead(lambda _: PNG),
          waits=ALL),
    Fault("a letter", ("assignment",), WAITS, ("{file}", "Office"), raw=instead(lambda _: DOCX),
          waits=ALL),
    Fault("an empty file", ("assignment",), WAITS, ("{file}",), raw=instead(lambda _: b""),
          waits=ALL),
    Fault("a broken zip", ("assignment",), WAITS, ("{file}", "the archive is damaged"),
          raw=instead(lambda one: zipped({"a.json": plain_json(one)})[:60]), waits=ALL),
    Fault("a locked zip", ("assignment",), WAITS, ("{file}", "locked with a password"),
          raw=instead(lambda _: zip_locked()), waits=ALL),
    Fault("prose without names", ("assignment",), WAITS, ("{file}:1: ",),
          raw=instead(lambda _: b"I think the first is 112 and the second is one half.\n"),
          waits=ALL),
    Fault("a zip in the folder", ("assignment",), TAKEN,
          raw=lambda file, raw, _: {file: zipped({"my/answers.json": raw, "__MACOSX/._x": "x"})}),
    Fault("a tar in the folder", ("assignment", "gradescope"), TAKEN,
          raw=lambda file, raw, _: {file: tarred({"my/answers.json": raw}, "w:gz")}),
    Fault("UTF-16", ("json", "folders"), TAKEN,
          raw=lambda file, raw, _: {file: raw.decode().encode("utf-16")}),
    Fault("two files that differ", ("assignment",), WAITS, ("{id}", "which one is later"),
          raw=lambda file, raw, one: {file: raw, f"{file} 2": plain_json(other_size(one))},
          waits=("1a.size",)),
    Fault("a system's own file", ("folders",), TAKEN,
          raw=lambda file, raw, _: {file: raw, f"{file}/../.DS_Store".replace("answers/../", ""):
                                    b"\0\0\0\1Bud1\0"}),
    Fault("another's form", ("assignment:0",), WAITS,
          ("paper {other_paper} of {other} was handed in by {id}",),
          lambda one, other: [replace(one, student=other.student, paper=other.paper)], waits=ALL),
    Fault("not in the metadata", ("gradescope",), LOST,
          ("neither a student nor a paper is named", "submission_x{n}"),
          raw=out_of_place),
    Fault("a name that leads out", ("folders",), LOST, ("its name leads out",), raw=leading_out),
)  # fmt: skip


def fits(fault: Fault, dialect: str, number: int) -> bool:
    """Whether a fault can befall somebody: `assignment:0` are those of one kind of file."""
    kinds = (dialect, f"{dialect}:{number % 3}")
    is_id = {
        "zeros lost": ZEROS,
        "a point gained": PLAIN,
        "id in other case": LETTERS,
        "a letter in the id": PLAIN,
    }
    if number % 3 != is_id.get(fault.name, number % 3):
        return False
    return any(kind in fault.dialects for kind in kinds)


def line_of(fault: Fault, one: HandIn, other: HandIn, file: str) -> Iterable[str]:
    """What the line says that names this fault."""
    about = {"id": student_id(one.owner), "other": student_id(other.owner), "file": file}
    about |= {"paper": f"{one.owner:03d}", "other_paper": f"{other.owner:03d}"}
    about |= {"other_name": other.name, "other_mail": other.email, "n": str(one.owner)}
    return tuple(piece.format(**about) for piece in fault.says)
