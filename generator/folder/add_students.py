"""Adding students to an exam folder: more papers, and nobody else's is touched."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

from examgen.folder.manifest import MANIFEST, manifest_to_remake
from examgen.ground.errors import ExamgenError, ToolError
from examgen.ground.privacy import keeps_private
from generator.folder.batch import RECORDS
from generator.folder.finalize import seal
from generator.folder.make import (
    batches_for,
    fingerprint,
    report_of,
    resumable,
    run,
    unfinished_folder,
    with_formats,
    work_folder,
)
from generator.folder.rebuild import changed_questions, edited_originals, order_of
from generator.pdf.pdflatex import engine, install_hint
from generator.variants.assemble import number_papers
from generator.variants.roster import with_versions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from examgen.folder.manifest import Manifest
    from examgen.folder.students import Student
    from generator.folder.make import MakeReport, Progress, Prover


@keeps_private
def add(
    out: Path,
    students: Sequence[Student],
    *,
    question_folders: Sequence[Path] = (),
    workers: int = 2,
    resume: bool = False,
    prove: Prover | None = None,
    progress: Progress | None = None,
) -> MakeReport:
    """Make papers for more students of an exam.

    The papers of the others stay as they are, byte for byte; the files of the whole class and the
    manifest grow. They take their places when all is made, the manifest last.

    Raises:
        InputError: there is no exam folder, or a question file is gone.
        ExamgenError: a student has a paper already, or a question file changed since.
        ToolError: the exam has PDFs, and there is no TeX engine.
    """
    is_published = publish(out)
    manifest = manifest_to_remake(out)
    with_pdf = manifest.has_pdf
    if (resume or is_published) and len(_known(manifest, students)) == len(students):
        return report_of(out, manifest, students, with_pdf=with_pdf)
    order = replace(order_of(out, manifest, question_folders), prove=prove)
    faults = [*_known(manifest, students), *changed_questions(order.exam, manifest)]
    if faults:
        raise ExamgenError("\n".join(faults))
    if with_pdf and engine() is None:
        raise ToolError(f"the exam has PDFs and there is no TeX engine: {install_hint()}")
    entries = number_papers(_like_the_others(manifest, students), len(manifest.students) + 1)
    batches = batches_for(entries, len(manifest.batches))
    identity = fingerprint(order, batches, with_pdf=with_pdf)
    work = work_folder(out, identity, resume=resume, force=not resume)
    with resumable(work):
        made = with_formats(order, batches, work) if with_pdf else order
        run(made, batches, work, workers, progress)
        sealed = seal(made, batches, work, (out, manifest))
        publish(out)
    report = report_of(out, sealed, students, with_pdf=with_pdf)
    return replace(report, notices=(*report.notices, *edited_originals(out, manifest)))


def _known(manifest: Manifest, students: Sequence[Student]) -> list[str]:
    papers = {entry.student.id: entry.paper for entry in manifest.entries}
    return [
        f"{one.id} has the paper {papers[one.id]} already" for one in students if one.id in papers
    ]


def _like_the_others(manifest: Manifest, students: Sequence[Student]) -> tuple[Student, ...]:
    """Return the students with versions where the class has versions."""
    versions = {entry.student.version for entry in manifest.entries} - {""}
    return with_versions(students, len(versions)) if versions else tuple(students)


def publish(out: Path) -> bool:
    """Move what was added and sealed to its place; what an interruption has left is moved now.

    Returns:
        Whether there was something to be moved.

    Raises:
        ExamgenError: what is sealed is no addition to the folder.
    """
    work = unfinished_folder(out)
    if not (out / MANIFEST).exists() or not (work / MANIFEST).exists():
        return False
    if not _extends(manifest_to_remake(out), manifest_to_remake(work)):
        raise ExamgenError(f"{work} is of another run; go on with that one, or remove it")
    shutil.rmtree(work / RECORDS, ignore_errors=True)
    files = [path for path in work.rglob("*") if path.is_file() and path.name != MANIFEST]
    for path in (*sorted(files), work / MANIFEST):
        (out / path.relative_to(work)).parent.mkdir(parents=True, exist_ok=True)
        os.replace(path, out / path.relative_to(work))  # noqa: PTH105 - a rename is whole or not at all
    shutil.rmtree(work)
    return True


def _extends(older: Manifest, newer: Manifest) -> bool:
    """Return whether a manifest is another one with more students."""
    papers, batches = len(older.students), len(older.batches)
    return (older.seed, older.exam, older.students, older.batches) == (
        newer.seed,
        newer.exam,
        newer.students[:papers],
        newer.batches[:batches],
    )
