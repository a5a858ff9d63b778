"""Find questions, and make an exam of a single one."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from examgen.folder.manifest import MANIFEST, manifest_to_remake
from generator.exams.cover import Cover, Layout
from generator.exams.exam_file import read_exam
from generator.exams.find_exam import EXAM, find_exam
from generator.exams.model import Exam, ExamPart, ExamQuestion, Slot
from generator.folder.rebuild import order_of
from generator.questions.question_file import read_question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.questions.model import QuestionFile


def bank() -> list[Path]:
    """Return the question files that come with examgen."""
    return sorted((Path(str(files("templates"))) / "questions").rglob("*.tex"))


def questions_of(paths: Sequence[Path], question_folders: Sequence[Path] = ()) -> list[Path]:
    """Return the question files that some paths name; the bank where there are no paths.

    Args:
        paths: question files and folders of them, exam files, folders and bundled names.
        question_folders: where the questions of exams are looked for first.
    """
    return [one for path in paths for one in _questions(path, question_folders)] or bank()


def _questions(path: Path, question_folders: Sequence[Path]) -> list[Path]:
    if path.is_dir() and not any((path / name).exists() for name in (MANIFEST, EXAM)):
        return sorted(path.rglob("*.tex"))
    exam = exam_at(path, question_folders)
    if exam is None:
        return [path]
    names = dict.fromkeys(part.question.file for part in exam.parts)
    return [Path(name) for name in names]


def exam_at(path: Path, question_folders: Sequence[Path] = ()) -> Exam | None:
    """Return the exam of a file, a folder or a bundled name; None for questions."""
    if (path / MANIFEST).exists():
        return order_of(path, manifest_to_remake(path), question_folders).exam
    if path.suffix == ".tex" or (path.is_dir() and not (path / EXAM).exists()):
        return None
    return read_exam(find_exam(path), question_folders)


def name_of(path: Path) -> str:
    """Return a question's name: its path below a folder called `questions`, or its file name."""
    parts = path.with_suffix("").parts
    if "questions" in parts:
        below = parts[len(parts) - parts[::-1].index("questions") :]
        return "/".join(below)
    return path.stem


def read(path: Path) -> QuestionFile:
    """Read a question file under the name that its path gives it."""
    return read_question(path, name_of(path))


def exam_of(question: QuestionFile) -> Exam:
    """Return an exam of a single question."""
    total = sum((answer.marks for answer in question.answers), start=question.answers[0].marks * 0)
    part = ExamPart("1a", question, total, {}, question.bonus)
    cover = Cover("", question.title, "Preview")
    code = question.name.rpartition("/")[2]
    questions = (ExamQuestion(question.title, (Slot((part,)),)),)
    layout, cap = Layout(packages=question.packages), total if question.bonus else total * 0
    return Exam(code, cover, questions, "", "", layout, bonus_cap=cap)
