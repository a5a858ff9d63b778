"""Giving a student everything that an exam folder holds of them."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from typing import TYPE_CHECKING

from examgen.exam_day.write import seat_of
from examgen.ground.files import atomic_folder
from examgen.ground.privacy import is_for_group, private
from grader.grade import open_store
from grader.results.read import results_of
from grader.store.database import GRADEBOOK
from grader.store.personal import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from examgen.personal_data.person import Person

DATA = "data.json"


def give_out(
    folder: Path, person: Person, out: Path, database: str | None = None
) -> tuple[Path, ...]:
    """Write a copy of a student's papers, pages and of every row about them; return the files.

    The keys are not among them: what is right is the examiner's to release.

    Raises:
        ExamgenError: the target exists and is something else, or the store cannot be read.
    """
    rows = {}
    if database is not None or (folder / GRADEBOOK).exists():
        with open_store(folder, database) as store:
            rows = rows_of(store.database, person.student.id, person.papers)
    found = {
        "roster": asdict(person.student),
        "paper": person.paper,
        "seat": seat_of(folder, person.student.id),
        "store": rows,
    }
    with private(group=is_for_group(folder)), atomic_folder(out, DATA) as new:
        (new / DATA).write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
        copied = []
        for place, path in own_files(folder, person):
            (new / place).mkdir(exist_ok=True)
            shutil.copy2(path, new / place / path.name)
            copied.append(out / place / path.name)
    return (out / DATA, *copied)


def own_files(folder: Path, person: Person) -> Iterator[tuple[str, Path]]:
    """Yield the files that are about a student alone, without keys, and what each is."""
    names = {*person.papers, person.student.id}
    for place, source, own in (
        ("papers", folder / "papers", {person.paper}),
        ("forms", folder / "forms", {person.paper}),
        ("solutions", folder / "solutions", {person.paper}),
        ("results", results_of(folder) / "feedback", names),
        ("feedback", folder / "feedback", names),
        ("annotated", folder / "annotated", names),
    ):
        for path in sorted(source.glob("*")):
            if path.is_file() and path.stem in own:
                yield place, path
