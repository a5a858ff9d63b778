"""Open what people mark: the store of a graded exam, the run that counts, and the key."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from examgen.folder.manifest import find_manifest
from examgen.ground.errors import ExamgenError
from examgen.ground.translator import Translator
from grader.grade import graded_run, open_store
from grader.results.made import exam_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from examgen.folder.key_file import KeyFile
    from grader.store.store import Run, Store


def translator_of(folder: Path) -> Translator:
    """Return what says things in the language of an exam's papers."""
    return Translator(find_manifest(folder).spoken)


class GradedExam(NamedTuple):
    """A graded exam folder whose key is that of its marks."""

    store: Store
    run: Run
    keys: KeyFile


@contextmanager
def open_graded(folder: Path, database: str | None) -> Iterator[GradedExam]:
    """Open the store of an exam folder; it is closed at the end.

    Args:
        folder: the exam folder.
        database: as for `grade`.

    Raises:
        ExamgenError: nothing was graded, or the key was changed since.
    """
    keys = exam_key(folder)
    with open_store(folder, database) as store:
        run = graded_run(store, folder)
        if keys.version != run.key:
            raise ExamgenError(f"{keys.path.name} was changed; run examgen regrade first")
        yield GradedExam(store, run, keys)
