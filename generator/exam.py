"""An exam file: the cover, and questions made of parts, each part one question file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BeforeValidator, Field

from generator.paper import Cover, Layout
from generator.question import Exact, QuestionFile, read_question
from generator.source import Source, Strict, listed
from generator.words import languages
from solvers.errors import DerivationError, Fault, InputError
from solvers.graph.number import parse_value, value_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

MISSING = "correct the name, or name its folder with --questions (verify, key)"


def _part(value: object) -> object:
    return {"use": value} if isinstance(value, str) else value


class PartEntry(Strict):
    """A part: a question file, perhaps with other marks and fixed parameters."""

    use: str
    marks: Annotated[Exact, Field(gt=0)] | None = None
    fix: dict[str, str | list[object]] = Field(default_factory=dict)


class QuestionEntry(Strict):
    """A question: a title and its parts."""

    title: str
    parts: list[Annotated[PartEntry, BeforeValidator(_part)]] = Field(min_length=1, max_length=26)


class ExamEntry(Strict):
    """The whole exam file."""

    university: str = ""
    course: str
    title: str
    semester: str = ""
    date: str = ""
    time_allowed: str = ""
    instructions: list[str] = Field(default_factory=list)
    closing: str = "END OF PAPER"
    layout: Literal["exam", "worksheet"] = "exam"
    paper: Literal["a4", "letter"] = "a4"
    language: str = "en"
    code: str | None = Field(default=None, pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")
    questions: list[QuestionEntry] = Field(min_length=1)


@dataclass(frozen=True, eq=False)
class ExamPart:
    """A part of an exam: its question, the marks it is worth here, and what is fixed."""

    id: str
    letter: str
    question: QuestionFile
    marks: Fraction
    fixed: Mapping[str, str]


@dataclass(frozen=True)
class ExamQuestion:
    """A question of an exam."""

    number: int
    title: str
    parts: tuple[ExamPart, ...]


@dataclass(frozen=True)
class Exam:
    """An exam as its file describes it.

    Attributes:
        code: short name, the default name of the exam folder.
        text: the exam file itself, kept in the manifest.
    """

    code: str
    cover: Cover
    questions: tuple[ExamQuestion, ...]
    text: str
    sha256: str
    layout: Layout = field(default_factory=Layout)

    @cached_property
    def answers(self) -> tuple[str, ...]:
        """The ids of all answers that a paper may ask for, in order."""
        return tuple(
            f"{part.id}.{answer.name}" for part in self.parts for answer in part.question.answers
        )

    @property
    def parts(self) -> tuple[ExamPart, ...]:
        """All parts in order."""
        return tuple(part for question in self.questions for part in question.parts)


def bundled_exam(name: str = "ceng403") -> Traversable:
    """An exam file that comes with examgen."""
    return files("templates") / "exams" / f"{name}.yaml"


def read_exam(path: Path | Traversable) -> Exam:
    """Reads an exam file and every question file it names.

    Raises:
        InputError: with every fault of the exam file, or of the question files.
    """
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError([Fault(str(path), 1, str(error), "name an exam file in UTF-8")]) from error
    folders: list[Path | Traversable] = []
    if isinstance(path, Path):
        folders = [path.parent, path.parent / "questions", path.parent.parent / "questions"]
    return exam_from_text(text, str(path), [*folders, files("templates") / "questions"])


def exam_from_text(text: str, file: str, folders: list[Path | Traversable]) -> Exam:
    """Reads the text of an exam file; question files are looked for in some folders."""
    source = Source(text, file)
    entry = source.model(ExamEntry)
    faults: list[Fault] = []
    questions = []
    for number, item in enumerate(entry.questions, 1):
        parts = []
        for index, part in enumerate(item.parts):
            place = ("questions", number - 1, "parts", index)
            try:
                parts.append(_exam_part(part, number, index, source, place, folders))
            except InputError as error:
                faults += error.faults
        questions.append(ExamQuestion(number, item.title, tuple(parts)))
    if faults or source.faults:
        raise InputError(sorted({*faults, *source.faults}))
    cover = Cover(
        entry.university,
        entry.course,
        entry.title,
        entry.semester,
        entry.date,
        entry.time_allowed,
        tuple(entry.instructions),
        entry.closing,
    )
    digest = hashlib.sha256(text.encode()).hexdigest()
    layout = Layout(entry.layout, entry.paper, _language(entry.language, source))
    source.check()
    return Exam(entry.code or Path(file).stem, cover, tuple(questions), text, digest, layout)


def _language(name: str, source: Source) -> str:
    if name not in languages():
        source.fault(("language",), f"no words in {name!r}", f"known: {', '.join(languages())}")
    return name


def _exam_part(
    part: PartEntry,
    number: int,
    index: int,
    source: Source,
    place: tuple[str | int, ...],
    folders: list[Path | Traversable],
) -> ExamPart:
    name = part.use.removesuffix(".tex")
    line = source.line((*place, "use"))
    found = next((f for folder in folders if (f := _file(folder, name)).is_file()), None)
    if found is None:
        raise InputError([Fault(source.file, line, f"there is no question {name!r}", MISSING)])
    question = read_question(found, name)
    known = {*question.vary, *question.model.inputs}
    for unknown in part.fix.keys() - known:
        what = f"{name} has no parameter {unknown!r}"
        source.fault((*place, "fix", unknown), what, f"known: {', '.join(sorted(known))}")
    fixed = {key: listed(value) for key, value in part.fix.items()}
    for key, value in fixed.items():
        try:
            parse_value(value)
        except DerivationError as error:
            source.fault((*place, "fix", key), str(error), "write a number or a list")
    total = sum((answer.marks for answer in question.answers), Fraction(0))
    letter = chr(ord("a") + index)
    return ExamPart(f"{number}{letter}", letter, question, part.marks or total, fixed)


def _file(folder: Path | Traversable, name: str) -> Path | Traversable:
    return folder.joinpath(*f"{name}.tex".split("/"))


def marks_text(marks: Fraction) -> str:
    """Marks as printed: 4, 2.5 or 10/3."""
    return value_text(marks) if (marks * 2).denominator > 1 else f"{float(marks):g}"
