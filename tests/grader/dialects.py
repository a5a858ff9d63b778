"""A class on marking day: what everybody wrote, and the files in which it comes, in many dialects.

A generator with a seed decides what each student writes, in which dialect it is handed in, and whom
which fault of `dialect_faults` befalls.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field, replace
from fractions import Fraction
from html import escape
from typing import TYPE_CHECKING

from openpyxl import Workbook
from pikepdf import Array, Dictionary, Name, Pdf

from examgen.folder.key import SCHEMA, AnswerKey, Criterion, Model, PaperKey, PartKey, RubricKey
from examgen.folder.pages.form_fields import checksum
from examgen.folder.pages.page_ink import ink_text
from examgen.ground.csv_cells import to_csv
from generator.pdf.split_pdf import printed_ink
from tests.grader.handed_in import zipped
from tests.grader.pdf_files import CODE, field_name, form, text, written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from random import Random

FIRST = """İpek Ayşe Işıl Çağlar Ömer Jürgen Zoë Ada Alan Grace Seán Łukasz Uğur Şule Björn Émile
    Ines Omar Mei Tuğba""".split()  # fmt: skip
LAST = """Şahin Öztürk Güneş O'Brien Lovelace Turing Hopper Müller Çelik Iğdır Sağlam Novák
    García Yıldız Kılıç""".split()  # fmt: skip
SHARES = "1/2 2/3 3/4 5/6 7/8 5/12 7/9 3/11".split()
GATES = ("input gate", "forget gate", "output gate")
LABELS = {
    "1a.size": "output dimensions (height x width x channels)",
    "1a.parameters": "number of parameters",
    "1b.share": "share of the weights",
    "1b.gate": "the gate that forgets",
    "2a.name": "name of the effect",
    "2b.why": "why it happens",
}
ASKED = tuple(LABELS)
JUDGED = ASKED[:-1]
MARKS = dict(zip(JUDGED, map(Fraction, (4, 4, 3, 1, 1)), strict=True))


@dataclass(frozen=True)
class HandIn:
    """What one student hands in at once.

    Attributes:
        owner: the place of the student in the class, from 1; the rest is what the file says.
        keys: names under which answers are handed in, where they are not the answers' own.
    """

    owner: int
    student: str
    name: str
    email: str
    paper: str
    answers: Mapping[str, str]
    time: str = "2025-09-27T10:00:00Z"
    keys: Mapping[str, str] = field(default_factory=dict)

    @property
    def named(self) -> dict[str, str]:
        return {self.keys.get(name, name): text for name, text in self.answers.items()}

    @property
    def first(self) -> str:
        return self.name.partition(" ")[0]

    @property
    def last(self) -> str:
        return self.name.partition(" ")[2]


# The exam.


def student_id(number: int) -> str:
    """Letters, zeros in front, or a plain number."""
    ids = (f"e21{number:04d}", f"00{12_000 + number}", f"{2_019_000 + number}")
    return ids[number % 3]


def right(number: int) -> dict[str, str]:
    """The right answers of a paper; two of them no other paper has."""
    return {
        "1a.size": f"{100 + number}x{500 + number}x64",
        "1a.parameters": str(100_000_007 + 7_919 * number),
        "1b.share": SHARES[number % 8],
        "1b.gate": "forget gate",
        "2a.name": "vanishing gradient",
    }


def paper_key(number: int) -> PaperKey:
    own = right(number)

    def asked(name: str, kind: str, choices: tuple[str, ...] = ()) -> AnswerKey:
        return AnswerKey(name, LABELS[name], MARKS[name], kind, own[name], choices=choices)

    looks = (Criterion("names the product", Fraction(2)), Criterion("it shrinks", Fraction(1)))
    parts = (
        ("1a", (asked("1a.size", "shape"), asked("1a.parameters", "integer"))),
        ("1b", (asked("1b.share", "number"), asked("1b.gate", "choice", GATES))),
        ("2a", (asked("2a.name", "text"),)),
        ("2b", (RubricKey("2b.why", LABELS["2b.why"], Fraction(3), looks),)),
    )
    made = tuple(PartKey(name, "test", "Test", Model(), answers) for name, answers in parts)
    return PaperKey(SCHEMA, f"{number:03d}", student_id(number), full_name(number), made)


def full_name(number: int) -> str:
    return f"{FIRST[number % 20]} {LAST[number // 20 % 15]}"


def public(number: int) -> str:
    """The line of a paper in `papers.jsonl`."""
    return json.dumps({"paper": f"{number:03d}", "student": student_id(number)})


def write_class(folder: Path, count: int) -> None:
    """An exam folder as `make` leaves it: keys, roster, and what is printed on the pages."""
    folder.mkdir()
    numbers = range(1, count + 1)
    people = [
        {"id": student_id(n), "name": full_name(n), "email": f"m{n}@uni.edu", "paper": f"{n:03d}"}
        for n in numbers
    ]
    printed = {f"{n:03d}": ink_text(printed_ink(blank_form(n))) for n in numbers[:1]}
    printed = {f"{n:03d}": printed["001"] for n in numbers}  # they differ by digits only
    about = {"course": "CENG 403", "title": "Final", "code": CODE, "seed": "1"}
    manifest = about | {"students": people, "printed": printed}
    (folder / "exam.json").write_text(json.dumps(manifest), encoding="utf-8")
    lines = (paper_key(n).to_json() + "\n" for n in numbers)
    (folder / "key.jsonl").write_text("".join(lines), encoding="utf-8")
    (folder / "papers.jsonl").write_text("".join(public(n) + "\n" for n in numbers))


# What everybody writes.


def sheet(number: int, draw: Random) -> dict[str, str]:
    """Answers of a student: most are right, some wrong, some blank; the prose is nobody else's."""
    texts = right(number)
    wrong = {
        "1a.size": f"{100 + number}x{500 + number}x3",
        "1a.parameters": str(900_000_001 + number),
        "1b.share": f"{1_000 + number}/7",
        "1b.gate": "input gate",
        "2a.name": f"exploding {number}",
    }
    for name in JUDGED:
        chance = draw.random()
        texts[name] = wrong[name] if chance < 0.15 else "" if chance < 0.22 else texts[name]
    if draw.random() < 0.2:
        texts["1a.size"] = texts["1a.size"].replace("x", "×")
    return texts | {"2b.why": f"Çünkü no. {number} shrinks: a < b, über 1"}


def earned(number: int, name: str, given: str) -> Fraction:
    """The marks of an answer that `sheet` gave."""
    return MARKS[name] if given.replace("×", "x") == right(number)[name] else Fraction(0)


def hand_in(number: int, draw: Random) -> HandIn:
    who = (student_id(number), full_name(number), f"m{number}@uni.edu", f"{number:03d}")
    return HandIn(number, *who, sheet(number, draw))


# Tables.

Rows = list[list[str]]


def own_rows(those: Sequence[HandIn]) -> Rows:
    head = ["student", "name", "paper", "time", *ASKED]
    return [head, *([h.student, h.name, h.paper, h.time, *_texts(h)] for h in those)]


def _texts(one: HandIn, blank: str = "") -> list[str]:
    return [one.answers.get(name, "") or blank for name in ASKED]


def own_csv(those: Sequence[HandIn]) -> bytes:
    return to_csv(own_rows(those)).encode()


def excel(those: Sequence[HandIn]) -> bytes:
    return to_csv(own_rows(those), ";", "\r\n").encode("utf-8-sig")


def excel_turkish(those: Sequence[HandIn]) -> bytes:
    return to_csv(own_rows(those), ";", "\r\n").encode("cp1254", "replace")


def excel_zeros(those: Sequence[HandIn]) -> bytes:
    lost = [replace(h, student=h.student.lstrip("0"), paper=h.paper.lstrip("0")) for h in those]
    return excel(lost)


def titled(those: Sequence[HandIn]) -> bytes:
    return b"CENG 403 Final;;;\r\nGroup 1, of 3;;;\r\n\r\n" + excel(those)[3:]


def with_separator(those: Sequence[HandIn]) -> bytes:
    return b"\xef\xbb\xbfsep=;\r\n" + excel(those)[3:]


def tabs(those: Sequence[HandIn]) -> bytes:
    return to_csv(own_rows(those), "\t", "\r\n").encode("utf-16")


def workbook(those: Sequence[HandIn]) -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in own_rows(those):
        page.append([float(cell) if cell.isdigit() else cell for cell in row])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def google(those: Sequence[HandIn]) -> bytes:
    head = ["Timestamp", "Email Address", "Student ID", "Full name"]
    head += [f"{name} - {label}" for name, label in LABELS.items()]
    time = "2025/09/27 9:00:00 AM GMT+3"
    rows = ([time, h.email, h.student, h.name, *_texts(h)] for h in those)
    return to_csv([head, *rows], ",", "\r\n", quoted=True).encode()


MOODLE_HEADS = {
    "en": "Last name|First name|ID number|Email address|State|Started on|Completed|Response",
    "de": "Nachname|Vorname|ID-Nummer|E-Mail-Adresse|Status|Begonnen|Beendet|Antwort",
    "tr": "Soyadı|Adı|ID numarası|E-posta adresi|Durum|Başlangıç|Tamamlanma|Yanıt",
}
MOODLE_STATES = {"en": "Finished", "de": "Beendet", "tr": "Bitti"}
MOODLE_TIMES = {
    "en": "27 September 2025  3:50 PM", "de": "27. September 2025  15:50",
    "tr": "27 Eylül 2025  15:50",
}  # fmt: skip


def moodle(language: str) -> Callable[[Sequence[HandIn]], bytes]:
    """The responses of a quiz; a blank is a dash."""

    def table(those: Sequence[HandIn]) -> bytes:
        *head, response = MOODLE_HEADS[language].split("|")
        state, time = MOODLE_STATES[language], MOODLE_TIMES[language]
        rows = (
            [h.last, h.first, h.student, h.email, state, time, time, *_texts(h, "-")] for h in those
        )
        return to_csv([[*head, *(f"{response} {name}" for name in ASKED)], *rows]).encode()

    return table


def canvas(those: Sequence[HandIn]) -> bytes:
    head = ["name", "id", "sis_id", "section", "section_id", "submitted"]
    for place, (name, label) in enumerate(LABELS.items()):
        head += [f"{800 + place}: {name} {label}", "1.0"]
    rows = []
    for h in those:
        row = [h.name, str(90_000 + h.owner), h.student, "A", "1", "2025-09-27 10:00:00 UTC"]
        for cell in _texts(h):
            row += [cell if cell.startswith("<p>") else f"<p>{escape(cell)}</p>", "0.0"]
        rows.append([*row, "1", "1", "1"])
    return to_csv([[*head, "n correct", "n incorrect", "score"], *rows]).encode()


TABLES: Mapping[str, tuple[str, Callable[[Sequence[HandIn]], bytes]]] = {
    "own": ("own.csv", own_csv),
    "excel": ("excel.csv", excel),
    "zeros": ("zeros.csv", excel_zeros),
    "turkish": ("turkish.csv", excel_turkish),
    "titled": ("titled.csv", titled),
    "sep": ("sep.csv", with_separator),
    "tabs": ("tabs.txt", tabs),
    "xlsx": ("book.xlsx", workbook),
    "google": ("google.csv", google),
    "moodle en": ("moodle-en.csv", moodle("en")),
    "moodle de": ("moodle-de.csv", moodle("de")),
    "moodle tr": ("moodle-tr.csv", moodle("tr")),
    "canvas": ("canvas.csv", canvas),
}

# A file for each student.


def plain_json(one: HandIn) -> bytes:
    about = {"student": one.student, "paper": one.paper, "answers": one.named}
    return json.dumps(about, ensure_ascii=False).encode()


def json_by_hand(one: HandIn) -> bytes:
    """JSON with a comment, a comma too many, or an editor's quotes."""
    plain = plain_json(one).decode()
    marred = (
        f"// my answers\n{plain}",
        plain.replace('{"student"', '{ // me\n "student"', 1),
        plain.removesuffix("}}") + ",},}",
        "".join("“" if mark == '"' else mark for mark in plain),
        plain,
    )
    return marred[one.owner % len(marred)].encode()


def yaml(one: HandIn) -> bytes:
    lines = (f"  {name}: {json.dumps(text)}" for name, text in one.named.items())
    return "\n".join([f"student: '{one.student}'", "answers:", *lines]).encode()


def long_table(one: HandIn) -> bytes:
    rows = ([one.student, name, text] for name, text in one.named.items())
    return to_csv([["student", "answer", "response"], *rows]).encode()


def by_turns(one: HandIn) -> bytes:
    return (plain_json, yaml, long_table)[one.owner % 3](one)


def online_text(one: HandIn) -> bytes:
    lines = (f"<p>{name}: {escape(text)}</p>" for name, text in one.named.items())
    return "".join(lines).encode()


def form_of(one: HandIn, *, exam: str = CODE, made: str = "") -> bytes:
    """The form of a paper, with its fields filled in; prose has no field."""
    paper = one.paper or f"{one.owner:03d}"
    made = made or checksum(public(int(paper)))
    fields = {
        field_name(name, paper, exam, made): text(one.answers[name])
        for name in JUDGED
        if name in one.answers
    }
    return written(form(fields, f"CENG 403 Paper {paper}"))


def blank_form(number: int) -> bytes:
    return form_of(HandIn(number, "", "", "", f"{number:03d}", dict.fromkeys(JUDGED, "")))


def inked(one: HandIn) -> bytes:
    """A form on whose page something was written with a pen or as free text."""
    kind = ("Ink", "FreeText")[one.owner % 2]
    target = io.BytesIO()
    with Pdf.open(io.BytesIO(form_of(one))) as pdf:
        note = Dictionary(Type=Name.Annot, Subtype=Name(f"/{kind}"), Rect=Array([50, 50, 200, 99]))
        pdf.pages[0].Annots.append(pdf.make_indirect(note))
        pdf.save(target)
    return target.getvalue()


def moodle_file(one: HandIn) -> bytes:
    return (plain_json, form_of, yaml)[one.owner % 3](one)


FORMS: Mapping[str, tuple[str, Callable[[HandIn], bytes]]] = {
    "json": ("json/{paper}.json", json_by_hand),
    "pdf": ("pdf/{number}.pdf", form_of),
    "ink": ("ink/{number}.pdf", inked),
    "assignment": ("assignment.zip/{name}_{number}_assignsubmission_file/my file", moodle_file),
    "online": (
        "assignment.zip/{name}_{number}_assignsubmission_onlinetext/onlinetext.html", online_text,
    ),
    "gradescope": ("gradescope.zip/export/submission_{number}/form", moodle_file),
    "folders": ("folders.zip/section {section}/{name}/answers", by_turns),
}  # fmt: skip
WITHOUT_PROSE = frozenset({"pdf", "ink"})


def has_prose(dialect: str, number: int) -> bool:
    is_form = dialect in {"assignment", "gradescope"} and number % 3 == 1
    return dialect not in WITHOUT_PROSE and not is_form


def file_of(dialect: str, one: HandIn) -> str:
    about = {"number": one.owner, "section": one.owner % 3 + 1}
    own = {"paper": f"{one.owner:03d}", "name": full_name(one.owner)}
    return FORMS[dialect][0].format(**about, **own)


def metadata(those: Sequence[int]) -> str:
    """Gradescope's list of who handed in what."""
    entries = (
        f"submission_{n}:\n  :submitters:\n  - :name: {full_name(n)}\n"
        f"    :sid: '{student_id(n)}'\n  :created_at: 2025-09-27 14:05:00 Z\n"
        for n in those
    )
    return "---\n" + "".join(entries)


def write_files(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Files as they are, and those in an archive as one."""
    archives: dict[str, dict[str, str | bytes]] = {}
    for name, raw in files.items():
        archive, is_in_one, member = name.partition(".zip/")
        if is_in_one:
            archives.setdefault(f"{archive}.zip", {})[member] = raw
        else:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(raw)
    for name, members in archives.items():
        (folder / name).write_bytes(zipped(members))
    return sorted(folder.iterdir())
