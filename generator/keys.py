"""The answer keys of an exam folder, written again from its manifest."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from generator.make import write_texts
from generator.tex import compile_beside, engine
from generator.verify import job_of, read_manifest
from solvers.errors import ToolError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def write_keys(
    folder: Path, workers: int = 2, question_folders: Sequence[Path] = ()
) -> Iterator[Path]:
    """Writes key.csv, key.jsonl and the printed keys again.

    Args:
        folder: the exam folder.
        workers: how many TeX engines run at once.
        question_folders: where to look for question files before the bundled bank.

    Yields:
        The path of each file that was written.

    Raises:
        InputError: the manifest is missing or damaged.
        ToolError: TeX failed on a key.
    """
    with tempfile.TemporaryDirectory(prefix="examgen-") as temporary:
        again = Path(temporary) / "exam"
        job = job_of(read_manifest(folder), folder, question_folders)
        write_texts(job, again)
        (folder / "keys").mkdir(exist_ok=True)
        names = ["key.csv", "key.jsonl", *(f"keys/{p.name}" for p in again.glob("keys/*.tex"))]
        for name in sorted(names):
            (folder / name).write_bytes((again / name).read_bytes())
            yield folder / name
    if engine() is None:
        return
    sources = sorted((folder / "keys").glob("*.tex"))
    for path, failure in compile_beside(sources, workers):
        if failure:
            raise ToolError(failure)
        yield path
