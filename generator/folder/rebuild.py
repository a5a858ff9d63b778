"""Find what an exam folder was made of, by its manifest: to make it again, or more of it."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager, suppress
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from examgen.folder.manifest import OWN_QUESTIONS
from examgen.ground.errors import ExamgenError, ToolError
from examgen.ground.files import file_hash
from generator.exams.exam_file import exam_from_text
from generator.exams.find_exam import question_folders as always_known
from generator.folder.batch import Batch, Order
from generator.folder.finalize import seal
from generator.folder.make import FOLDERS, run, with_formats
from generator.pdf.pdflatex import engine, install_hint
from generator.questions.question_file import read_question

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from importlib.resources.abc import Traversable

    from examgen.folder.manifest import Manifest
    from generator.exams.model import Exam
    from generator.folder.make import Progress


def order_of(folder: Path, manifest: Manifest, question_folders: Sequence[Path] = ()) -> Order:
    """Return the order that made an exam folder, by its manifest; without PDFs and proof.

    Args:
        folder: the exam folder; its own copies of question files are what it was made of.
        manifest: its manifest.
        question_folders: where question files are looked for first.

    Raises:
        InputError: a question file is gone or faulty.
    """
    own = _copied(folder, manifest) if manifest.places else _usual(folder)
    folders: list[Path | Traversable] = [*question_folders, *own, *always_known()]
    file = f"{manifest.code}.yaml"
    exam = exam_from_text(manifest.exam.text, file, folders, manifest.places, manifest.words)
    spread = None if manifest.max_spread is None else Fraction(manifest.max_spread)
    return Order(exam, manifest.seed, spread, names_students=manifest.names_students)


def _copied(folder: Path, manifest: Manifest) -> Iterator[Path]:
    """Yield where copies of question files are, then the folders in which they once were."""
    yield folder / OWN_QUESTIONS
    for name, place in manifest.places.items():
        if place.endswith(f"{name}.tex"):
            yield folder / place.removesuffix(f"{name}.tex")


def _usual(folder: Path) -> Iterator[Path]:
    """Yield where the questions of a folder without copies probably are: where `make` looks."""
    for place in (folder.absolute().parent, Path.cwd()):
        yield from (place, place / "questions")


def batches_of(manifest: Manifest) -> tuple[Batch, ...]:
    """Return the batches that an exam folder was made in."""
    entries = iter(manifest.entries)
    return tuple(
        Batch(number, tuple(next(entries) for _ in range(size)))
        for number, size in enumerate(manifest.batches)
    )


def changed_questions(exam: Exam, manifest: Manifest) -> Iterator[str]:
    """Yield a sentence for each question file that would be used and is not what it was."""
    for part in exam.parts:
        name, digest = part.question.name, part.question.sha256
        if manifest.questions.get(name) != digest:
            yield f"question {name}: its file changed since the exam was made"


def edited_originals(folder: Path, manifest: Manifest) -> Iterator[str]:
    """Yield a sentence for each question file that was edited where `make` read it."""
    for name, place in manifest.places.items():
        path = folder / place
        if path.is_file() and manifest.questions.get(name, "") not in _digests(path, name):
            what = f"its file changed since the exam was made: {path}"
            yield f"question {name}: {what}; the exam keeps the older one in {OWN_QUESTIONS}/"


def _digests(path: Path, name: str) -> Iterator[str]:
    """Yield what a question's file may have in a manifest: its hash, or that with files beside."""
    yield file_hash(path)
    with suppress(ExamgenError):
        yield read_question(path, name).sha256


@contextmanager
def remake(
    order: Order,
    batches: Sequence[Batch],
    *,
    with_pdf: bool,
    workers: int,
    progress: Progress | None,
) -> Iterator[tuple[Path, Manifest]]:
    """Open a folder made again, with its manifest, as long as it is looked at.

    Raises:
        ToolError: PDFs are wanted and there is no TeX engine.
    """
    if with_pdf and engine() is None:
        raise ToolError(f"PDFs cannot be made again without a TeX engine: {install_hint()}")
    with tempfile.TemporaryDirectory(prefix="examgen-") as temporary:
        work = Path(temporary) / "exam"
        for name in {*FOLDERS, *order.documents}:
            (work / name).mkdir(parents=True)
        made = with_formats(order, batches, work) if with_pdf else order
        run(made, batches, work, workers, progress)
        yield work, seal(made, batches, work)
