"""Freezes exams as this version of examgen makes and marks them: `tests/frozen/VERSION/EXAM`.

    PYTHONPATH=$PWD .venv/bin/python tests/frozen/freeze.py VERSION

writes the exam folders by the public commands: the exam of CENG 403, the other questions of the
bank, and `kinds.tex` with what the bank does not use. Some students are made up by `simulate`;
others write the texts of `nasty.yaml`. A frozen folder is never changed afterwards; README.md says
what it holds and what holds future versions to it.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from examgen.folder.key import AnswerKey, RubricKey
from examgen.folder.key_file import read_keys
from examgen.folder.pages.form_fields import FormField
from generator.exams.find_exam import bundled_exam
from tests.grader.pdf_files import form, text, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

HERE = Path(__file__).parent
BANK = HERE.parents[1] / "templates" / "questions"
KEPT = ("exam.json", "papers.jsonl", "key.jsonl", "submissions", "gradebook.sqlite")
RESULTS = ("verdicts.jsonl", "gradebook.csv", "exceptions.csv")
FROZEN = ("paper", "answer", "response", "verdict", "mistake", "marks")


@dataclass(frozen=True)
class Plan:
    """An exam to freeze.

    Attributes:
        file: the text of the exam file.
        students: how many sit it.
        simulated: how many of the first are made up by `simulate`; the others are nasty.
        formats: of what is handed in, student by student, over and over.
        is_small: without a roster; the last student hands in nothing, the one before twice, and
            people rule on an answer, after which all is graded again.
    """

    name: str
    file: str
    students: int
    simulated: int
    formats: tuple[str, ...]
    is_small: bool = False


@dataclass(frozen=True)
class Sheet:
    """What a student hands in."""

    exam: str
    checksum: str
    student: str
    paper: str
    answers: Mapping[str, str]


def plans() -> Iterator[Plan]:
    """Yield the exams that are frozen."""
    ceng403 = bundled_exam().read_text(encoding="utf-8")
    mixed = ("csv", "long", "json", "yaml", "csv", "json", "pdf", "yaml")
    yield Plan("ceng403", ceng403, 8, 4, mixed)
    yield Plan("rest", _rest(ceng403), 4, 2, ("long", "pdf", "csv", "json"))
    kinds = _exam({"Kinds": ["kinds"]})
    yield Plan("kinds", str(yaml.safe_dump(kinds)), 21, 2, ("csv", "yaml"), is_small=True)


def _rest(ceng403: str) -> str:
    """Return an exam of all questions of the bank that another exam does not have."""
    used = {part for question in yaml.safe_load(ceng403)["questions"] for part in question["parts"]}
    topics: dict[str, list[str]] = {}
    for path in sorted(BANK.glob("*/*.tex")):
        name = f"{path.parent.name}/{path.stem}"
        if name not in used:
            topics.setdefault(path.parent.name, []).append(name)
    return str(yaml.safe_dump(_exam(topics)))


def _exam(topics: Mapping[str, list[str]]) -> dict[str, object]:
    questions = [{"title": title, "parts": parts} for title, parts in topics.items()]
    return {"course": "CENG 403 Deep Learning", "title": "Frozen", "questions": questions}


def freeze(plan: Plan, target: Path) -> None:
    """Make, sit, grade and partly mark an exam, and keep what later versions must mark alike."""
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary).resolve()
        folder = _made(plan, work)
        _hand_in(list(_sheets(plan, folder)), work / "handed_in")
        _run(work, "grade", "exam", "handed_in")
        verdicts = _slim(folder)
        waiting = _marked_by_people(plan, folder, work)
        _keep(folder, target)
        (target / "expected.jsonl").write_text(verdicts, encoding="utf-8")
        (target / "marks.csv").write_text(waiting, encoding="utf-8", newline="")


def _run(work: Path, command: str, *words: str) -> None:
    line = [sys.executable, "-m", "examgen", command, *words]
    subprocess.run(line, check=True, cwd=work)  # noqa: S603 - our own command


def _made(plan: Plan, work: Path) -> Path:
    exam = f"{plan.name}.yaml"
    (work / exam).write_text(plan.file, encoding="utf-8")
    lines = (HERE / "roster.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (work / "roster.csv").write_text("".join(lines[: plan.students + 1]), encoding="utf-8")
    who = ("--copies", str(plan.students)) if plan.is_small else ("--students", "roster.csv")
    words = ("--questions", str(HERE), "--tex-only", "--out", "exam")
    _run(work, "make", exam, "--seed", "403", *who, *words)
    _run(work, "simulate", "exam", "--seed", "8", "--out", "simulated")
    return work / "exam"


def _sheets(plan: Plan, folder: Path) -> Iterator[tuple[str, Sheet]]:
    """Yield what each student hands in, with its format."""
    truth = (folder.parent / "simulated" / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    nasty, formats = _Nasty(), cycle(plan.formats)
    keys = read_keys(folder / "key.jsonl")
    for place, key in enumerate(keys[:-1] if plan.is_small else keys):
        blank = json.loads((folder / "forms" / f"{key.paper}.json").read_text(encoding="utf-8"))
        made_up = {a["answer"]: a["text"] or "" for a in json.loads(truth[place])["answers"]}
        is_made_up = place < plan.simulated
        answers = made_up if is_made_up else {a.id: nasty.text(a) for a in key.answers}
        sheet = Sheet(blank["exam"], blank["checksum"], key.student, key.paper, answers)
        yield next(formats), sheet
    if plan.is_small:
        yield "json", replace(sheet, answers={**answers, next(iter(answers)): "17 or more"})


class _Nasty:
    """Deals the texts of `nasty.yaml`: those of a kind in turn, then those of any kind."""

    def __init__(self) -> None:
        self._texts = yaml.safe_load((HERE / "nasty.yaml").read_text(encoding="utf-8"))
        self._dealt: Counter[str] = Counter()

    def text(self, answer: AnswerKey | RubricKey) -> str:
        """Return the next text for an answer."""
        if isinstance(answer, RubricKey):
            return self._next("")
        mistake = answer.mistakes[0].expected if answer.mistakes else None
        found = self._next(answer.kind)
        while mistake is None and "<mistake>" in found:
            found = self._next(answer.kind)
        return found.replace("<key>", answer.expected).replace("<mistake>", mistake or "")

    def _next(self, kind: str) -> str:
        texts = [*self._texts.get(kind, ()), *self._texts["any"]]
        place = self._dealt[kind]
        self._dealt[kind] += 1
        return str(texts[place % len(texts)])


def _hand_in(sheets: Sequence[tuple[str, Sheet]], folder: Path) -> None:
    folder.mkdir()
    for kind, (name, table) in _CLASS.items():
        if together := [sheet for its_kind, sheet in sheets if its_kind == kind]:
            _write(folder / name, table(together))
    for number, (kind, sheet) in enumerate(sheets, 1):
        if kind in _ONE:
            _write(folder / f"{number:02d}-{sheet.paper}.{kind}", _ONE[kind](sheet))


def _write(path: Path, content: str | bytes) -> None:
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def _wide(sheets: Sequence[Sheet]) -> str:
    """Return a table with a row for each student, and a row of a stranger."""
    ids = list(sheets[0].answers)
    rows = [[sheet.student, *(sheet.answers[name] for name in ids)] for sheet in sheets]
    return _table([["student", *ids], *rows, ["stranger", *("1" for _ in ids)]])


def _long(sheets: Sequence[Sheet]) -> str:
    rows = [[sheet.paper, *pair] for sheet in sheets for pair in sheet.answers.items()]
    return _table([["paper", "answer", "response"], *rows])


def _table(rows: Iterable[Sequence[str]]) -> str:
    target = io.StringIO(newline="")
    csv.writer(target, lineterminator="\n").writerows(rows)
    return target.getvalue()


def _pdf(sheet: Sheet) -> bytes:
    filled = {name: answer for name, answer in sheet.answers.items() if answer}
    names = {n: FormField(sheet.exam, sheet.paper, n, sheet.checksum).name for n in filled}
    return written(form({names[n]: text(answer) for n, answer in filled.items()}))


_CLASS: Mapping[str, tuple[str, Callable[[Sequence[Sheet]], str]]] = {
    "csv": ("class.csv", _wide),
    "long": ("quiz.csv", _long),
}
_ONE: Mapping[str, Callable[[Sheet], str | bytes]] = {
    "json": lambda sheet: json.dumps(vars(sheet), ensure_ascii=False, indent=1),
    "yaml": lambda sheet: str(yaml.safe_dump(vars(sheet), allow_unicode=True, sort_keys=False)),
    "pdf": _pdf,
}


def _slim(folder: Path) -> str:
    """Return the verdicts, one a line, with what must stay."""
    lines = (folder / "grades" / "verdicts.jsonl").read_text(encoding="utf-8").splitlines()
    kept = ({name: record[name] for name in FROZEN} for record in map(json.loads, lines))
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in kept)


def _marked_by_people(plan: Plan, folder: Path, work: Path) -> str:
    """Have people mark one answer in prose and rule on another; return marks to be taken later."""
    _run(work, "mark", "exam")
    sheet = (folder / "marking" / "marking-first.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(sheet, newline="")))
    first, second, ruled, *_ = dict.fromkeys(row["answer"] for row in rows if row["look_for"])
    _write(work / "marks.csv", _filled(rows, first, "1"))
    _run(work, "mark", "exam", "marks.csv", "--by", "Ada")
    if plan.is_small:
        _run(work, "regrade", "exam", "--full-marks", ruled)
    return _filled(rows, second, "0.5")


def _filled(rows: Iterable[Mapping[str, str]], answer: str, marks: str) -> str:
    mine = [{**row, "marks": marks} for row in rows if row["answer"] == answer]
    return _table([list(mine[0]), *(list(row.values()) for row in mine)])


def _keep(folder: Path, target: Path) -> None:
    with closing(sqlite3.connect(folder / "gradebook.sqlite")) as store:
        store.execute("PRAGMA journal_mode = DELETE")  # all of it in one file
    (target / "grades").mkdir(parents=True)
    for name in (*KEPT, *(f"grades/{name}" for name in RESULTS)):
        copy = shutil.copytree if (folder / name).is_dir() else shutil.copy
        copy(folder / name, target / name)


if __name__ == "__main__":
    for a_plan in plans():
        freeze(a_plan, HERE / sys.argv[1] / a_plan.name)
