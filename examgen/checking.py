"""Proving a question before it is printed: draws, oracle, key and mistakes by the real judge."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from answers.judge import Options, accepts
from answers.key import AnswerKey
from generator.assemble import copies, papers
from generator.exam import Exam, ExamPart, ExamQuestion
from generator.paper import Cover
from generator.question import read_question

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

    from answers.key import PartKey
    from generator.paper import Part


@dataclass(frozen=True)
class CheckReport:
    """What was proven of one question.

    Attributes:
        draws: how many members were tried; distinct ones among them.
        mistakes: how many wrong answers were recognised as what they are.
        faults: everything that is wrong, with the values that show it.
    """

    name: str
    draws: int
    distinct: int
    mistakes: int
    faults: tuple[str, ...]


def bank() -> list[tuple[Path, str]]:
    """The question files that come with examgen, with their names."""
    root = Path(str(files("templates"))) / "questions"
    found = sorted(root.rglob("*.tex"))
    return [(path, path.relative_to(root).with_suffix("").as_posix()) for path in found]


def one_question_exam(path: Path | Traversable, name: str | None = None) -> Exam:
    """An exam of a single question."""
    stem = Path(path.name).stem
    question = read_question(path, name or stem)
    total = sum((answer.marks for answer in question.answers), start=question.answers[0].marks * 0)
    part = ExamPart("1a", "a", question, total, {})
    cover = Cover("", question.title, "Preview")
    return Exam(stem, cover, (ExamQuestion(1, question.title, (part,)),), "", "")


def check_question(path: Path, name: str, draws: int) -> CheckReport:
    """Checks a question over many draws.

    Raises:
        InputError: the file itself is faulty.
        ExamgenError: no acceptable draw was found.
    """
    exam = one_question_exam(path, name)
    seen: set[tuple[tuple[str, str], ...]] = set()
    faults: list[str] = []
    mistakes = 0
    for paper in papers(exam, "check", copies(draws)):
        part = paper.questions[0].parts[0]
        member = tuple(part.key.model.inputs.items())
        if member in seen:
            continue
        seen.add(member)
        shown = ", ".join(f"{key}={value}" for key, value in member)
        faults += (f"{name}: {fault} (with {shown})" for fault in _faults(part))
        mistakes += sum(len(a.mistakes) for a in _keyed(part.key))
    return CheckReport(name, draws, len(seen), mistakes, tuple(faults))


def _keyed(part: PartKey) -> Iterator[AnswerKey]:
    return (answer for answer in part.answers if isinstance(answer, AnswerKey))


def _faults(part: Part) -> Iterator[str]:
    if part.solved is not None and part.solved.derivation.oracle is not None:
        yield from part.solved.disagreements()
    for answer in _keyed(part.key):
        options = Options.from_mapping(dict(answer.options))
        if not accepts(answer.kind, answer.expected, answer.expected, options):
            yield f"the key of {answer.id}, {answer.expected!r}, is not judged right"
        for mistake in answer.mistakes:
            if accepts(answer.kind, answer.expected, mistake.expected, options):
                yield f"the mistake {mistake.name} is judged right in {answer.id}"
            if not accepts(answer.kind, mistake.expected, mistake.expected, options):
                yield f"the mistake {mistake.name} is not recognised in {answer.id}"
