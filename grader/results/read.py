"""The results of a graded exam folder, paper by paper."""

from __future__ import annotations

import json
import os
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from answers.verdict import Verdict
from examgen.ground.errors import Fault, InputError, unread
from examgen.ground.files import writing
from grader.results.tables import VERDICTS
from grader.scoring.marked import MarkedAnswer, MarkedPaper, lines_from

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

RESULTS = "grades"
"""The folder of results in an exam folder."""
ELSEWHERE = ".results"
"""The file in an exam folder that says where the results are, if `--out` put them elsewhere."""
RUN = "run.json"
"""The file among the results that says which key they were marked with."""
_COPIED = (
    "label",
    "kind",
    "read_as",
    "why",
    "rule",
    "mistake",
    "says",
    "expected",
    "note",
    "fault",
    "ground",
    "rubric",
)


def results_of(folder: Path) -> Path:
    """Give the folder of results of an exam folder: where they were written last."""
    try:
        said = (folder / ELSEWHERE).read_text(encoding="utf-8")
        place = Path(os.path.normpath(folder / said))
    except (OSError, ValueError):
        return folder / RESULTS
    return place if (place / VERDICTS).exists() else folder / RESULTS


def remember(folder: Path, results: Path) -> None:
    """Keep where the results of an exam folder are.

    Raises:
        ExamgenError: the exam folder cannot be written.
    """
    with writing(folder / ELSEWHERE):
        if results.resolve() == (folder / RESULTS).resolve():
            (folder / ELSEWHERE).unlink(missing_ok=True)
        else:
            place = os.path.relpath(results, folder)
            (folder / ELSEWHERE).write_text(place, encoding="utf-8")


def run_of(results: Path) -> str:
    """Give the version of the key that results were marked with; empty where that is unknown."""
    try:
        found = json.loads((results / RUN).read_bytes())
        return str(found["key"])
    except (OSError, ValueError, LookupError, TypeError):
        return ""


def read_results(folder: Path) -> Iterator[MarkedPaper]:
    """Yield what grading gave for each paper, in the order of the key.

    Args:
        folder: a folder of results, as `grade` writes it.

    Raises:
        InputError: nothing was graded, or the list of verdicts is damaged.
    """
    path = folder / VERDICTS
    try:
        with path.open(encoding="utf-8") as lines:
            records = map(json.loads, lines)
            for _, group in groupby(records, key=lambda record: record["paper"]):
                yield _paper(list(group))
    except OSError as error:
        raise InputError([Fault(str(path), 1, unread(error), "grade the exam first")]) from error
    except (ValueError, KeyError, TypeError) as error:
        raise InputError([Fault(str(path), 1, f"damaged: {error}", "grade again")]) from error


def _paper(records: list[Mapping[str, object]]) -> MarkedPaper:
    first = records[0]
    answers = tuple(map(_answer, records))
    sources = first["sources"]
    return MarkedPaper(
        str(first["paper"]),
        str(first["student"]),
        str(first["name"]),
        answers,
        any(answer.verdict is not Verdict.ABSENT for answer in answers) or bool(sources),
        tuple(map(str, sources)) if isinstance(sources, list) else (),
    )


def _answer(record: Mapping[str, object]) -> MarkedAnswer:
    text = record["response"]
    return MarkedAnswer(
        id=str(record["answer"]),
        verdict=Verdict(str(record["verdict"])),
        out_of=Fraction(str(record["out_of"])),
        marks=_number(record["marks"]),
        bonus=_number(record.get("bonus")),
        text=None if text is None else str(text),
        carried=_texts(record["carried"]),
        criteria=_texts(record.get("criteria")),
        comments=_texts(record.get("comments")),
        lines=lines_from(record.get("lines")),
        **{name: str(record.get(name, "")) for name in _COPIED},
    )


def _number(found: object) -> Fraction | None:
    return None if found is None else Fraction(str(found))


def _texts(found: object) -> tuple[str, ...]:
    return tuple(map(str, found)) if isinstance(found, list) else ()
