"""The gradebook, the list of all verdicts, and the list of what waits for a person."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from answers.cells import table
from grader.marks import Verdict, marks_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from grader.marks import MarkedAnswer, MarkedPaper

VERDICTS = "verdicts.jsonl"
_WORDS = {Verdict.BLANK: "blank", Verdict.ABSENT: "absent"}
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
)


def write_gradebook(papers: Sequence[MarkedPaper], folder: Path) -> tuple[Path, ...]:
    """Writes gradebook.csv, verdicts.csv, verdicts.jsonl and for_human.csv into a folder."""
    texts = {
        "gradebook.csv": gradebook(papers),
        "verdicts.csv": verdicts(papers),
        VERDICTS: "".join(verdict_lines(papers)),
        "for_human.csv": for_human(papers),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return tuple(folder / name for name in texts)


def gradebook(papers: Sequence[MarkedPaper]) -> str:
    """One row for each paper: marks that are certain, marks that wait, and each answer.

    An answer's cell is a number, or one of the words blank (0 marks), absent (nothing was handed
    in) and pending (a person has to decide). Who handed in nothing has no total.
    """
    ids = list(dict.fromkeys(answer.id for paper in papers for answer in paper.answers))
    header = ("student", "name", "paper", "total", "max", "pending", *ids)
    return table(header, (_row(paper, ids) for paper in papers))


def _row(paper: MarkedPaper, ids: list[str]) -> Iterator[str]:
    yield from (paper.student, paper.name, paper.paper)
    yield marks_text(paper.total) if paper.handed_in else ""
    yield marks_text(paper.out_of)
    yield marks_text(paper.pending)
    cells = {answer.id: _cell(answer) for answer in paper.answers}
    yield from (cells.get(name, "") for name in ids)


def _cell(answer: MarkedAnswer) -> str:
    if answer.marks is None:
        return "pending"
    return _WORDS.get(answer.verdict, marks_text(answer.marks))


def verdicts(papers: Sequence[MarkedPaper]) -> str:
    """One row for each answer with everything that is known about it."""
    return table((*_COLUMNS, *_MORE_COLUMNS), map(_verdict_row, _answers(papers)))


def for_human(papers: Sequence[MarkedPaper]) -> str:
    """What waits for a person, answer by answer, so that one question is marked at a stretch."""
    ids = dict.fromkeys(answer.id for paper in papers for answer in paper.answers)
    order = {name: place for place, name in enumerate(ids)}
    waiting = [pair for pair in _answers(papers) if pair[1].waits]
    waiting.sort(key=lambda pair: order[pair[1].id])
    return table((*_COLUMNS, *_MORE_COLUMNS), map(_verdict_row, waiting))


def _answers(papers: Sequence[MarkedPaper]) -> Iterator[tuple[MarkedPaper, MarkedAnswer]]:
    return ((paper, answer) for paper in papers for answer in paper.answers)


def _verdict_row(pair: tuple[MarkedPaper, MarkedAnswer]) -> tuple[str, ...]:
    paper, answer = pair
    return (
        *(paper.paper, paper.student, paper.name),
        *(answer.id, answer.label, answer.kind, answer.verdict.value, answer.mistake),
        "" if answer.marks is None else marks_text(answer.marks),
        *(marks_text(answer.out_of), answer.text or "", answer.read_as, answer.why),
        *(answer.says, answer.rule, " ".join(answer.carried), answer.expected),
    )


def verdict_lines(papers: Sequence[MarkedPaper]) -> Iterator[str]:
    """One line of JSON for each answer: texts verbatim, marks as exact fractions."""
    for paper, answer in _answers(papers):
        record: dict[str, str | list[str] | None] = {
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
            "response": answer.text,
            "read_as": answer.read_as,
            "why": answer.why,
            "says": answer.says,
            "rule": answer.rule,
            "carried": list(answer.carried),
            "expected": answer.expected,
            "fault": answer.fault,
            "sources": list(paper.sources),
        }
        yield json.dumps(record, ensure_ascii=False) + "\n"
