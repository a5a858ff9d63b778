"""Submissions and marked papers as rows of the store, and back."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from answers.verdict import Verdict
from grader.records.submissions import Doubt, Submission
from grader.scoring.marked import MarkedAnswer, MarkedPaper, lines_from
from grader.store.tables import json_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from grader.records.submissions import Given
    from grader.store.tables import Json

_fraction = lru_cache(4_096)(Fraction)
_DETAILS = (
    "label",
    "kind",
    "read_as",
    "why",
    "rule",
    "says",
    "expected",
    "shown",
    "fault",
    "ground",
    "rubric",
)


def digest(value: Json) -> str:
    """Return a name for a value that no other value has."""
    return hashlib.sha256(json_text(value).encode()).hexdigest()[:32]


def answer_to_json(given: Given) -> Json:
    """Return an answer as handed in: its text, or a doubt with its texts."""
    return {"why": given.why, "texts": given.texts} if isinstance(given, Doubt) else given


def answer_from_json(value: Any) -> Given:  # noqa: ANN401 - JSON of the store
    """Return an answer as handed in."""
    return value if isinstance(value, str) else Doubt(value["why"], tuple(value["texts"]))


def submission_rows(item: Submission) -> tuple[dict[str, Json], list[dict[str, Json]]]:
    """Return the row of a submission, named by its content, and those of its answers."""
    answers = {name: answer_to_json(given) for name, given in item.answers.items()}
    own = digest([item.paper, item.student, list(item.sources), answers])
    row: dict[str, Json] = {
        "id": own,
        "paper": item.paper,
        "student": item.student,
        "sources": item.sources,
    }
    responses = answers.items()
    return row, [{"submission": own, "answer": name, "given": given} for name, given in responses]


def submission_from(row: Any, responses: Iterable[Any]) -> Submission:  # noqa: ANN401 - rows
    """Return a submission as it was handed in."""
    answers = {found.answer: answer_from_json(found.given) for found in responses}
    return Submission(row.paper, row.student, answers, tuple(row.sources))


def verdict_row(run: int, paper: int, place: int, answer: MarkedAnswer) -> dict[str, Json]:
    """Return the row of a verdict; the text of the answer is not in it, but in the response."""
    detail: dict[str, Json] = {n: value for n in _DETAILS if (value := getattr(answer, n))}
    if answer.carried:
        detail["carried"] = answer.carried
    if answer.lines:
        detail["lines"] = answer.lines
    return {
        "run": run,
        "paper_place": paper,
        "place": place,
        "answer": answer.id,
        "verdict": answer.verdict.value,
        "mistake": answer.mistake,
        "marks": None if answer.marks is None else str(answer.marks),
        "out_of": str(answer.out_of),
        "detail": detail,
    }


def paper_from(rows: Sequence[Any]) -> MarkedPaper:
    """Return a marked paper from the rows of its verdicts, each with its paper and its response."""
    first = rows[0]
    handed_in = first.submission is not None
    sources = tuple(first.sources) if handed_in else ()
    answers = tuple(map(_answer_from, rows))
    return MarkedPaper(first.paper, first.student, first.name, answers, handed_in, sources)


def _answer_from(row: Any) -> MarkedAnswer:  # noqa: ANN401 - a row of such a query
    detail: Mapping[str, Any] = row.detail
    given = None if row.given is None else answer_from_json(row.given)
    return MarkedAnswer(
        id=row.answer,
        verdict=Verdict(row.verdict),
        mistake=row.mistake,
        marks=None if row.marks is None else _fraction(row.marks),
        out_of=_fraction(row.out_of),
        text="\n".join(given.texts) if isinstance(given, Doubt) else given,
        carried=tuple(detail.get("carried", ())),
        lines=lines_from(detail.get("lines")),
        **{name: detail.get(name, "") for name in _DETAILS},
    )
