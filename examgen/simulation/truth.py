"""The truth of a made-up class: written beside it, and compared with what a grader found."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import zip_longest
from typing import TYPE_CHECKING

from answers.verdict import Verdict
from examgen.ground.errors import Fault, InputError
from examgen.simulation.sheet import What, Written
from grader.records.submissions import excerpt
from grader.results.read import read_results
from grader.scoring.marked import NOT_COUNTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from examgen.simulation.classroom import Sitting
    from grader.scoring.marked import MarkedAnswer, MarkedPaper

TRUTH = "truth.jsonl"


@dataclass(frozen=True)
class Difference:
    """An answer that did not get what it must get."""

    paper: str
    written: Written
    marked: MarkedAnswer | None

    def __str__(self) -> str:
        """Return where, what was written, what must come, and what came."""
        written, marked = self.written, self.marked
        must = f"{written.verdict}" if written.verdict else "anything but correct"
        if written.mistake:
            must += f" {written.mistake}"
        if written.marks is not None:
            must += f" {written.marks}"
        came = "nothing"
        if marked is not None:
            came = f"{marked.verdict} {marked.mistake} {marked.marks} ({marked.why}{marked.fault})"
        text = excerpt(written.text or "")
        return f"{self.paper} {written.id} {text!r} ({written.what}): must be {must}; is {came}"


@dataclass
class Comparison:
    """The comparison of all answers of a made-up class with the truth.

    Attributes:
        expected: how many answers of each kind there are.
        agreeing: how many of them got what they must get.
    """

    papers: int = 0
    expected: Counter[What] = field(default_factory=Counter)
    agreeing: Counter[What] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)


def compare(simulated: Path, grades: Path) -> Comparison:
    """Compare the truth of a made-up class with the results of grading it.

    Args:
        simulated: a folder that `simulate` wrote.
        grades: a folder that `grade` wrote.

    Raises:
        InputError: one of them is missing, damaged, or of another exam.
    """
    found = Comparison()
    pairs = zip_longest(read_truth(simulated), read_results(grades))
    for line, (truth, paper) in enumerate(pairs, 1):
        if truth is None:
            break  # papers that the class was not asked to answer
        name, answers = truth
        if paper is None or paper.paper != name:
            what = f"the paper {name} is not at its place in {grades}"
            raise InputError([Fault(str(simulated / TRUTH), line, what, "grade this class")])
        found.papers += 1
        for written, marked in _pairs(answers, paper):
            found.expected[written.what] += 1
            if marked is not None and agrees(written, marked):
                found.agreeing[written.what] += 1
            else:
                found.differences.append(Difference(name, written, marked))
    return found


def _pairs(
    answers: tuple[Written, ...], paper: MarkedPaper
) -> Iterator[tuple[Written, MarkedAnswer | None]]:
    marked = {answer.id: answer for answer in paper.answers}
    return ((written, marked.get(written.id)) for written in answers)


def agrees(written: Written, marked: MarkedAnswer) -> bool:
    """Return whether an answer got what it must get, and is kept as it was written."""
    if marked.fault:
        return False
    if marked.text != written.text and written.what is not What.CONTRADICTED:
        return False
    if written.verdict is None:
        return marked.verdict is not Verdict.CORRECT
    came = (marked.verdict, marked.mistake, marked.marks)
    marks = Fraction(0) if marked.note.startswith(NOT_COUNTED) else written.marks
    return came == (written.verdict, written.mistake, marks)


def truth_line(sitting: Sitting) -> str:
    """Return one line of `truth.jsonl`."""
    record = {
        "paper": sitting.paper,
        "student": sitting.student,
        "ability": sitting.ability,
        "manner": sitting.manner,
        "other": sitting.other,
        "submissions": len(sitting.handed_in),
        "answers": [_record(written) for written in sitting.answers],
    }
    return json.dumps(record, ensure_ascii=False) + "\n"


def _record(written: Written) -> Mapping[str, str | int | None]:
    return {
        "answer": written.id,
        "text": written.text,
        "what": written.what,
        "notation": written.notation,
        "verdict": written.verdict,
        "marks": None if written.marks is None else str(written.marks),
        "mistake": written.mistake,
    }


def read_truth(folder: Path) -> Iterator[tuple[str, tuple[Written, ...]]]:
    """Yield the papers of a made-up class with what must become of their answers.

    Raises:
        InputError: there is no truth, or it is damaged.
    """
    path = folder / TRUTH
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                yield _paper(line, Fault(str(path), number, "", "simulate the class again"))
    except OSError as error:
        what = (error.strerror or str(error)).lower()
        raise InputError([Fault(str(path), 1, what, "simulate a class first")]) from error


def _paper(line: str, place: Fault) -> tuple[str, tuple[Written, ...]]:
    try:
        record = json.loads(line)
        return record["paper"], tuple(map(_written, record["answers"]))
    except (ValueError, KeyError, TypeError) as error:
        raise InputError([replace(place, what=f"damaged: {error}")]) from error


def _written(record: Mapping[str, str | int | None]) -> Written:
    text, verdict, marks = record["text"], record["verdict"], record["marks"]
    return Written(
        str(record["answer"]),
        None if text is None else str(text),
        What(str(record["what"])),
        None if verdict is None else Verdict(str(verdict)),
        None if marks is None else Fraction(str(marks)),
        str(record["mistake"]),
        int(record["notation"] or 0),
    )
