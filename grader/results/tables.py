"""The gradebook, the list of all verdicts, and the list of what waits for a person."""

from __future__ import annotations

import json
import shutil
import tempfile
from contextlib import ExitStack
from typing import TYPE_CHECKING, Self

from examgen.ground.csv_cells import lines
from examgen.ground.wording import marks_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import TextIO

    from grader.scoring.marked import MarkedAnswer, MarkedPaper

VERDICTS = "verdicts.jsonl"
_COLUMNS = ("paper", "student", "name", "answer", "label", "kind", "verdict", "mistake")
_MORE_COLUMNS = (
    "marks",
    "out_of",
    "response",
    "read_as",
    "why",
    "says",
    "rule",
    "carried",
    "expected",
    "note",
    "bonus",
)


class GradebookWriter:
    """Writes gradebook.csv, verdicts.csv, verdicts.jsonl and for_human.csv, paper by paper.

    gradebook.csv has one row for each paper: marks that are certain, marks that wait, and each
    answer. An answer's cell is a number, or one of the words blank (0 marks), absent (nothing was
    handed in), pending (a person has to decide) and dropped (it does not count). Who handed in
    nothing has no total.

    for_human.csv has what waits for a person, answer by answer, so that one question is marked at
    a stretch.
    """

    def __init__(self, folder: Path, ids: Iterable[str]) -> None:
        """Open the files in a folder; `ids` are all answers of the exam in the order asked."""
        self._ids = tuple(ids)
        self._open = ExitStack()
        self._gradebook = self._file(folder / "gradebook.csv")
        self._verdicts = self._file(folder / "verdicts.csv")
        self._records = self._file(folder / VERDICTS)
        self._human = folder / "for_human.csv"
        self._waiting: dict[str, TextIO] = {}
        header = ("student", "name", "paper", "total", "max", "pending", *self._ids)
        self._gradebook.write(lines([header]))
        self._verdicts.write(lines([(*_COLUMNS, *_MORE_COLUMNS)]))

    def add(self, paper: MarkedPaper) -> None:
        """Write a paper."""
        self._gradebook.write(lines([_row(paper, self._ids)]))
        rows = [_verdict_row(paper, answer) for answer in paper.answers]
        self._verdicts.write(lines(rows))
        self._records.writelines(_verdict_line(paper, answer) for answer in paper.answers)
        for answer, row in zip(paper.answers, rows, strict=True):
            if answer.waits:
                self._spool(answer.id).write(lines([row]))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._open, self._file(self._human) as human:
            human.write(lines([(*_COLUMNS, *_MORE_COLUMNS)]))
            for name in self._ids:
                if name in self._waiting:
                    self._waiting[name].seek(0)
                    shutil.copyfileobj(self._waiting[name], human)

    def _file(self, path: Path) -> TextIO:
        """Open a file; spreadsheets know UTF-8 by its mark alone."""
        encoding = "utf-8-sig" if path.suffix == ".csv" else "utf-8"
        return self._open.enter_context(path.open("w", encoding=encoding, newline=""))

    def _spool(self, answer: str) -> TextIO:
        """Return where the rows of an answer wait until the rows of those before it are written."""
        if answer not in self._waiting:
            file = tempfile.TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115
            self._waiting[answer] = self._open.enter_context(file)
        return self._waiting[answer]


def _row(paper: MarkedPaper, ids: Iterable[str]) -> Iterator[str]:
    yield from (paper.student, paper.name, paper.paper)
    yield marks_text(paper.total) if paper.handed_in else ""
    yield marks_text(paper.out_of)
    yield marks_text(paper.pending)
    cells = {answer.id: answer.cell for answer in paper.answers}
    yield from (cells.get(name, "") for name in ids)


def _verdict_row(paper: MarkedPaper, answer: MarkedAnswer) -> tuple[str, ...]:
    """Return everything that is known about an answer."""
    return (
        *(paper.paper, paper.student, paper.name),
        *(answer.id, answer.label, answer.kind, answer.verdict.value, answer.mistake),
        "" if answer.marks is None else marks_text(answer.marks),
        *(marks_text(answer.out_of), answer.text or "", answer.read_as, answer.why),
        *(answer.says, answer.rule, " ".join(answer.carried), answer.expected, answer.note),
        "yes" if answer.bonus is not None else "",
    )


def _verdict_line(paper: MarkedPaper, answer: MarkedAnswer) -> str:
    """Return an answer as a line of JSON: texts verbatim, marks as exact fractions."""
    record: dict[str, str | list[str] | list[list[str]] | None] = {
        "paper": paper.paper,
        "student": paper.student,
        "name": paper.name,
        "answer": answer.id,
        "label": answer.label,
        "kind": answer.kind,
        "verdict": answer.verdict.value,
        "mistake": answer.mistake,
        "marks": None if answer.marks is None else str(answer.marks),
        "out_of": str(answer.out_of),
        "bonus": None if answer.bonus is None else str(answer.bonus),
        "response": answer.text,
        "read_as": answer.read_as,
        "why": answer.why,
        "says": answer.says,
        "rule": answer.rule,
        "carried": list(answer.carried),
        "expected": answer.expected,
        "note": answer.note,
        "fault": answer.fault,
        "ground": answer.ground,
        "criteria": list(answer.criteria),
        "comments": list(answer.comments),
        "rubric": answer.rubric,
        "lines": [list(line) for line in answer.lines],
        "sources": list(paper.sources),
    }
    return json.dumps(record, ensure_ascii=False) + "\n"
