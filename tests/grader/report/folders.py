"""Graded exam folders, made without files of answers."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.folder.key import SCHEMA, AnswerKey, FormulaKey, Model, PaperKey, PartKey
from examgen.folder.key_file import KEY
from grader.records.submissions import Submission, Submissions
from tests.grader.in_memory import mark_class, write_gradebook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

PARTS = 6


def write_exam(
    folder: Path, keys: Sequence[PaperKey], answers: Mapping[str, Mapping[str, str]]
) -> Path:
    """An exam folder with its results.

    Args:
        folder: where.
        keys: of all papers.
        answers: what was handed in, by paper and answer; papers that are not named are absent.
    """
    given = tuple(
        Submission(key.paper, key.student, dict(answers[key.paper]))
        for key in keys
        if key.paper in answers
    )
    (folder / "grades").mkdir(parents=True)
    (folder / KEY).write_text("".join(key.to_json() + "\n" for key in keys), encoding="utf-8")
    write_gradebook(mark_class(keys, Submissions(given)), folder / "grades")
    return folder


def squares(students: int, parts: int = PARTS) -> tuple[PaperKey, ...]:
    """An exam of six parts, each of which asks for the square of a number of its own."""
    dice = random.Random(11)  # noqa: S311 - a made-up exam
    return tuple(_squares(f"p{i:03d}", f"s{i:03d}", dice, parts) for i in range(students))


def _squares(paper: str, student: str, dice: random.Random, count: int) -> PaperKey:
    parts = []
    for number in range(1, count + 1):
        side = dice.randrange(11, 100)
        model = Model(None, {"side": str(side)}, values=(FormulaKey("area", "side**2"),))
        answer = AnswerKey(
            f"{number}.area", "area", Fraction(2), "integer", str(side**2), reads=("area",)
        )
        parts.append(PartKey(str(number), f"test/square{number}", "Square", model, (answer,)))
    return PaperKey(SCHEMA, paper, student, f"Name {student}", tuple(parts))


def right(key: PaperKey) -> dict[str, str]:
    """All right answers of a paper."""
    return {answer.id: answer.expected for answer in key.answers if isinstance(answer, AnswerKey)}


def pooled(key: PaperKey, template: str) -> PaperKey:
    """The paper with another question in its first part."""
    first, *others = key.parts
    return replace(key, parts=(replace(first, template=template), *others))
