"""Write the files of the story of an exam that people write: those that the next line names.

Each function works in the folder of the exam's author, which holds the exam folder `exam`.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pikepdf

from grader.results.read import read_results
from tests.docs.lines import DOCS
from tests.grader.platforms import BLACKBOARD, CANVAS, WORKSHEET

EXAM = """\
course: CENG 403
title: Final
layout: worksheet
total_marks: 60
marking: {tolerance: 1, within: mean, beyond: third}
appeals: {opens: 2026-12-01, closes: 2026-12-15, limit: 3}
questions:
  - title: A layer
    parts: [filters, reasons]
"""
FILTERS = r"""---
title: Filters
vary: {k: [3, 5, 7, 9], f: [10, 12, 14]}
values: {weights: k**2 * f}
answers:
  size: {integer: weights, marks: 2}
  kind: {choice: shared, marks: 1, options: [shared, separate, fixed]}
---
A layer has \V{f} filters of \V{k} rows and \V{k} columns, without biases.
Calculate its number of weights: \answer{size}

Are they shared by all places of the picture, or separate? \answer{kind}
"""
REASONS = r"""---
title: Reasons
answers:
  why:
    rubric:
      - {says: names the small window, marks: 2}
      - {says: says that the weights are shared, marks: 1}
    lines: 3
---
Explain why this number does not depend on the size of the picture. \answer{why}
"""
ROSTER = """\
id,name,email,username
s1001,Ayşe Öztürk,ayse@uni.edu,ayse
s1002,Ada Lovelace,ada@uni.edu,ada
s1003,Grace Hopper,grace@uni.edu,grace
s1004,Alan Turing,alan@uni.edu,alan
"""
MISTAKE = "mistakes: {one: {says: of one filter only, share: 0.5, weights: k**2}}\n"
WINDOW, SHARED = "the filter is a small window", "the weights are shared"
WHY = {
    "s1001": f"{WINDOW}, and {SHARED}",
    "s1002": WINDOW,
    "s1003": SHARED,
    "s1004": "it is what it is",
}
SCALE = """\
out_of: 100
rounding: half_up
step: 1
bands: {AA: 90, BB: 75, CC: 60, DD: 50, FF: 0}
pass: DD
absent: NA
outcomes: {convolutions: [1a], reasons: [1b.why]}
attained: 60%
"""


def read_table(path: str) -> list[dict[str, str]]:
    """Return the rows of a table."""
    return list(csv.DictReader(io.StringIO(Path(path).read_text(encoding="utf-8-sig"))))


def save_table(path: str, rows: Sequence[Mapping[str, str]]) -> None:
    """Save a table as a spreadsheet does."""
    with Path(path).open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, rows[0].keys())
        table.writeheader()
        table.writerows(rows)


def fill(source: str, target: str, given: Callable[[dict[str, str]], Mapping[str, str]]) -> None:
    """Save a table with what somebody fills into its rows."""
    save_table(target, [{**row, **given(row)} for row in read_table(source)])


def save_lines(path: str, lines: Iterable[Mapping[str, Any]]) -> None:
    """Save a line of JSON for each record, as pages do."""
    Path(path).write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


# Before the exam


def write_cases() -> None:
    """A developer has an answer judged."""
    case = {"id": 1, "kind": "integer", "expected": "9472", "answer": "9,472"}
    save_lines("answers.jsonl", [case])


def delete_draft() -> None:
    """The author begins again."""
    Path("questions/topic/name.tex").unlink()


def delete_sample() -> None:
    """The author has looked at one paper, and wants three."""
    shutil.rmtree("sample")


def write_exam() -> None:
    """The author writes the exam, its questions and the class."""
    Path("questions").mkdir(exist_ok=True)
    for path, text in {
        "exam.yaml": EXAM,
        "questions/filters.tex": FILTERS,
        "questions/reasons.tex": REASONS,
        "roster.csv": ROSTER,
    }.items():
        Path(path).write_text(text, encoding="utf-8")


def copy_to_folder() -> None:
    """The author keeps an exam and its questions together."""
    shutil.copytree("questions", "quiz/questions")
    shutil.copy("exam.yaml", "quiz")


def write_rooms() -> None:
    """The office lists the rooms."""
    Path("rooms.csv").write_text("room,seats\nMain hall,2x2\nB 12,3\n", encoding="utf-8")


# At the copier


def write_trial() -> None:
    """The lecturer tries the copier first, with an exam of ticks and numbers only."""
    text = EXAM.replace("[filters, reasons]", "[filters]")
    Path("trial.yaml").write_text(text, encoding="utf-8")


def scan_trial() -> None:
    """The office prints the made-up stack and scans it."""
    shutil.copy("trial/simulated/scans/stack-0001.pdf", "yours.pdf")


def scan_again() -> None:
    """The office scans the stack again, in two parts: the same ink, so nothing new waits."""
    Path("more").mkdir()
    with pikepdf.open("exam/simulated/scans/stack-0001.pdf") as whole:
        for path, pages in (("stack.pdf", whole.pages[:2]), ("more/rest.pdf", whole.pages[2:])):
            with pikepdf.new() as part:
                part.pages.extend(pages)
                part.save(path)


def type_waiting() -> None:
    """Grace types what is written by hand."""
    from tests.examgen.simulation.settled import settled  # noqa: PLC0415 - of the extra

    settled(Path("exam"), Path("exam/scans/waiting.csv"))


def count_papers() -> None:
    """Fill in how many papers each room had, and who was there."""
    came = {one.student for one in read_results(Path("exam/grades")) if one.handed_in}
    rooms = [row["room"] for row in read_table("exam/exam_day/seats.csv") if row["student"] in came]
    counts, attendance = (f"exam/exam_day/{name}.csv" for name in ("counts", "attendance"))

    def count(row: dict[str, str]) -> dict[str, str]:
        out = rooms.count(row["room"])
        return {"out": str(out), "in": str(out), "unused": str(int(row["expected"]) - out)}

    fill(counts, counts, count)
    fill(attendance, attendance, lambda row: {"present": "yes" if row["student"] in came else "no"})


def enter_booklets() -> None:
    """Ada has marked the booklets with a pen, and enters full marks for what waits."""
    text = Path("exam/marking/by-paper.csv").read_text(encoding="utf-8-sig")
    says, head, *rows = csv.reader(io.StringIO(text))
    most = [name.partition("[")[2].rstrip("]") for name in head]  # of `1b.why 1 [20]`
    marked = [[cell or full for cell, full in zip(row, most, strict=True)] for row in rows]
    with Path("by-paper-marks.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([says, head, *marked])


# Files that students hand in


def answers_of(student: str) -> dict[str, str]:
    """Return a student's answers: one counts one filter, one cannot be read, one is left blank."""
    keys = map(json.loads, Path("exam/key.jsonl").read_text("utf-8").splitlines())
    own = next(key for key in keys if key["student"] == student)
    part = own["parts"][0]
    right, k = part["answers"][0]["expected"], int(part["model"]["inputs"]["k"])
    size = {"s1002": f"{k**2}", "s1003": f"{right} or so ?", "s1004": ""}.get(student, right)
    return {"1a.size": size, "1a.kind": "shared", "1b.why": WHY[student]}


def fill_form(path: Path) -> str:
    """Return a form that `make` wrote, filled in."""
    record = json.loads(path.read_text(encoding="utf-8"))
    return json.dumps(record | {"answers": answers_of(record["student"])})


def fill_forms() -> None:
    """Three students hand in their forms; the fourth packs it."""
    Path("answers").mkdir()
    *most, last = sorted(Path("exam/forms").glob("*.json"))
    for path in most:
        Path("answers", path.name).write_text(fill_form(path), encoding="utf-8")
    with zipfile.ZipFile("more.zip", "w") as packed:
        packed.writestr(last.name, fill_form(last))


def save_quiz(student: str = "student", size: str = "1a.size", why: str = "1b.why") -> None:
    """Save the answers as a quiz does, with these heads; one number of a student is mistyped."""
    heads = {"student": student, "1a.size": size, "1b.why": why}
    rows = [{"student": row["id"], **answers_of(row["id"])} for row in read_table("roster.csv")]
    rows[-1]["student"] = "x1004"
    save_table("quiz.csv", [{heads.get(k, k): text for k, text in row.items()} for row in rows])


def map_columns() -> None:
    """The lecturer says what the columns hold, as the page shows it."""
    save_quiz("Kennitala", "Response 1", "Response 2")
    page = (DOCS / "handing_in.md").read_text(encoding="utf-8")
    lines = re.findall(r"^    ((?:Response|Kennitala).*\n)", page, re.MULTILINE)
    Path("map.yaml").write_text("".join(lines), encoding="utf-8")


def settle_exceptions() -> None:
    """The lecturer corrects the number of the student who is unknown, in a copy."""
    save_quiz()

    def correct(row: dict[str, str]) -> dict[str, str]:
        return {"student": row["student"].replace("x1004", "s1004")}

    fill("exam/grades/exceptions.csv", "exceptions.csv", correct)


def delete_absent() -> None:
    """The row of who was absent is deleted from the table of forms."""
    save_table("exam/forms/answers.csv", read_table("exam/forms/answers.csv")[:-1])


def unpack_form() -> None:
    """The fourth form lies beside the others."""
    with zipfile.ZipFile("more.zip") as packed:
        packed.extractall("answers")


# Marking


def judge_prose(text: str) -> list[str]:
    """Return the marks of the two criteria for an answer."""
    return ["20" if WINDOW in text else "0", "10" if SHARED in text else "0"]


def save_page(page: str, target: str, **more: str) -> None:
    """Save the marks that the button of a marking page saves."""
    text = Path(page).read_text(encoding="utf-8")
    data = json.loads(text.partition('id="data">')[2].partition("</script>")[0])
    names = ("answer", "papers", "rubric")
    save_lines(
        target,
        (
            {name: group[name] for name in names}
            | {"group": group["id"], "opinion": data["opinion"]}
            | ({"criteria": judge_prose(group["text"])} if group["criteria"] else {"marks": "20"})
            | more
            for group in data["groups"]
        ),
    )


def mark_reference() -> None:
    """Somebody marks chosen answers in the table, as a reference."""

    def mark(row: dict[str, str]) -> dict[str, str]:
        return {"criteria": "; ".join(judge_prose(row["text"]))} if row["rubric"] else {}

    fill("exam/marking/marking-first.csv", "reference.csv", mark)


def mark_to_calibrate() -> None:
    """Bob marks the chosen answers."""
    save_page("exam/marking/marking-calibration.html", "marks-calibration.jsonl")


def mark_first() -> None:
    """Ada marks all that waits."""
    save_page("exam/marking/marking-first.html", "marks-first.jsonl")


def mark_second() -> None:
    """Bob marks his share."""
    save_page("exam/marking/marking-second.html", "marks-second.jsonl")


def propose() -> None:
    """A program outside looks for the two criteria."""
    save_lines("proposals.jsonl", [
        {"paper": "001", "answer": "1b.why", "criterion": 1, "evidence": WINDOW, "confidence": 0.8},
        {"paper": "004", "answer": "1b.why", "criterion": 2, "evidence": "", "confidence": 0.1},
    ])  # fmt: skip


def ask() -> None:
    """Two students send what their pages saved."""
    Path("handed_in").mkdir()
    for paper in ("002", "003"):
        line = {"paper": paper, "answer": "1b.why", "reason": "I meant the other thing, too."}
        save_lines(f"handed_in/appeal-{paper}.jsonl", [line])


def decide() -> None:
    """Eve decides on the appeals."""
    save_page("exam/appeals/marking-appeal.html", "marks-appeal.jsonl", remark="I see no more.")


def mend_question() -> None:
    """The author gives half of the marks to who counted the weights of one filter only."""
    path = Path("exam/questions/filters.tex")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("answers:", MISTAKE + "answers:"), encoding="utf-8")


# Afterwards


def download() -> None:
    """The lecturer downloads the files of the platforms, and writes the scale."""
    Path("canvas.csv").write_text(CANVAS, encoding="utf-8")
    Path("worksheet.csv").write_text(WORKSHEET, encoding="utf-8")
    Path("downloaded.xls").write_text(BLACKBOARD.replace(",", "\t"), encoding="utf-16")
    Path("scale.yaml").write_text(SCALE, encoding="utf-8")


def rescale_canvas() -> None:
    """The lecturer changes the column of Canvas to 100 points."""
    Path("canvas.csv").write_text(CANVAS.replace("60.00,(", "100.00,("), encoding="utf-8")


def list_absent() -> None:
    """The lecturer lists who takes the exam later."""
    Path("absent.csv").write_text("id,name\ns1004,Alan Turing\n", encoding="utf-8")


def delete_scans() -> None:
    """The scans of the class and the made-up class are deleted, as `forget` cannot part them."""
    for name in ("scans", "simulated"):
        shutil.rmtree(Path("exam", name))
