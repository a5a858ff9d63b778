"""Try what a regrade would do, in a copy of what it needs, which is deleted afterwards."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from examgen.folder.key_file import KEY
from examgen.folder.manifest import MANIFEST
from examgen.ground.errors import ExamgenError
from grader.store.database import GRADEBOOK

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def rehearsal(folder: Path) -> Iterator[Path]:
    """Yield a folder with copies of an exam's manifest, key and store; it is deleted afterwards.

    Raises:
        ExamgenError: nothing was graded yet, or the store is kept elsewhere.
    """
    if not (folder / GRADEBOOK).is_file():
        raise ExamgenError(f"{folder}: there is no {GRADEBOOK} to copy; run examgen grade first")
    with TemporaryDirectory(prefix="examgen-") as name:
        for file in filter(lambda one: (folder / one).is_file(), (MANIFEST, KEY)):
            shutil.copyfile(folder / file, Path(name, file))
        with (
            closing(sqlite3.connect(folder / GRADEBOOK)) as store,
            closing(sqlite3.connect(Path(name, GRADEBOOK))) as copy,
        ):
            store.backup(copy)
        yield Path(name)
