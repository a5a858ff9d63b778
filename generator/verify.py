"""Whether an exam folder is what its manifest says, and what making it again would give."""

from __future__ import annotations

import json
import tempfile
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from generator.exam import Exam, exam_from_text
from generator.make import MANIFEST, Job, file_hash, made, write_texts
from generator.paper import Student
from solvers.errors import Fault, InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from importlib.resources.abc import Traversable


def read_manifest(folder: Path) -> Mapping[str, object]:
    """The manifest of an exam folder.

    Raises:
        InputError: it is missing or damaged.
    """
    path = folder / MANIFEST
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise InputError([Fault(str(path), 1, str(error), "name an exam folder")]) from error
    if not isinstance(found, dict) or not {"seed", "exam", "students", "sha256"} <= found.keys():
        raise InputError([Fault(str(path), 1, "this is not a manifest", "name an exam folder")])
    return found


def job_of(
    manifest: Mapping[str, object], folder: Path, question_folders: Sequence[Path] = ()
) -> Job:
    """The job that made an exam folder, by its manifest."""
    exam_text, students = manifest["exam"], manifest["students"]
    if not isinstance(exam_text, dict) or not isinstance(students, list):
        raise InputError([Fault(str(folder / MANIFEST), 1, "damaged", "make the exam again")])
    folders: list[Path | Traversable] = [*question_folders, files("templates") / "questions"]
    exam = exam_from_text(str(exam_text["text"]), f"{manifest['code']}.yaml", folders)
    people = tuple(Student(str(s["id"]), str(s["name"])) for s in students)
    spread = manifest.get("max_spread")
    bound = None if spread is None else Fraction(str(spread))
    return Job(exam, str(manifest["seed"]), people, folder, spread=bound)


def verify(folder: Path, question_folders: Sequence[Path] = ()) -> list[str]:
    """Every difference between an exam folder, its manifest, and the folder made again.

    An empty list: all texts (papers, keys, forms, tables) are identical.

    Raises:
        InputError: the manifest is missing or damaged, or a question file is gone.
    """
    manifest = read_manifest(folder)
    job = job_of(manifest, folder, question_folders)
    return [*_changed(folder, manifest), *_templates(job.exam, manifest), *_remade(folder, job)]


def _changed(folder: Path, manifest: Mapping[str, object]) -> Iterator[str]:
    hashes = manifest["sha256"]
    for name, expected in sorted(hashes.items()) if isinstance(hashes, dict) else ():
        path = folder / name
        if not path.is_file():
            yield f"{name}: missing"
        elif file_hash(path) != expected:
            yield f"{name}: changed since it was made"


def _templates(exam: Exam, manifest: Mapping[str, object]) -> Iterator[str]:
    known = manifest.get("questions")
    for part in exam.parts:
        name, digest = part.question.name, part.question.sha256
        if isinstance(known, dict) and known.get(name) != digest:
            yield f"question {name}: its file changed since the exam was made"


def _remade(folder: Path, job: Job) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="examgen-") as temporary:
        again = Path(temporary) / "exam"
        write_texts(job, again)
        for path in made(again):
            name = path.relative_to(again)
            theirs = folder / name
            if theirs.is_file() and theirs.read_bytes() != path.read_bytes():
                yield f"{name}: made again, it differs"
