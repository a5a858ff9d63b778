"""What an exam folder was made of, by its manifest: for making it again, or more of it."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from generator.batch import Batch, Order
from generator.exam_file import exam_from_text
from generator.make import FOLDERS, run, with_formats
from generator.seal import seal
from generator.tex import engine, install_hint
from solvers.errors import ToolError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from importlib.resources.abc import Traversable

    from generator.exam import Exam
    from generator.make import Progress
    from generator.manifest import Manifest


def order_of(manifest: Manifest, question_folders: Sequence[Path] = ()) -> Order:
    """The order that made an exam folder, by its manifest; without PDFs and proof.

    Raises:
        InputError: a question file is gone or faulty.
    """
    folders: list[Path | Traversable] = [*question_folders, files("templates") / "questions"]
    exam = exam_from_text(manifest.exam.text, f"{manifest.code}.yaml", folders)
    spread = manifest.max_spread
    return Order(exam, manifest.seed, None if spread is None else Fraction(spread))


def batches_of(manifest: Manifest) -> tuple[Batch, ...]:
    """The batches that an exam folder was made in."""
    entries = iter(manifest.entries)
    return tuple(
        Batch(number, tuple(next(entries) for _ in range(size)))
        for number, size in enumerate(manifest.batches)
    )


def changed_questions(exam: Exam, manifest: Manifest) -> Iterator[str]:
    """Question files that are not what they were."""
    for part in exam.parts:
        name, digest = part.question.name, part.question.sha256
        if manifest.questions.get(name) != digest:
            yield f"question {name}: its file changed since the exam was made"


@contextmanager
def remade(
    order: Order,
    batches: Sequence[Batch],
    *,
    with_pdf: bool,
    workers: int,
    progress: Progress | None,
) -> Iterator[tuple[Path, Manifest]]:
    """A folder made again, with its manifest, as long as it is looked at.

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
