"""The scanned files as they came, kept untouched under the hash of what they hold."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from examgen.ground.errors import Fault
from examgen.ground.files import Content, writing
from grader.intake import read_files
from grader.intake.formats.archives import is_zip, members

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CHUNK = 1 << 20


@dataclass(frozen=True)
class Original:
    """A scanned file: where its copy lies, the hash by which it is called, and its own name."""

    path: Path
    sha: str
    source: str


def keep_originals(paths: Iterable[Path], folder: Path) -> tuple[list[Original], list[Fault]]:
    """Copy scanned files, those in folders and in zips among them; each is kept once.

    Raises:
        ExamgenError: they cannot be written.
    """
    contents, faults = read_files(paths)
    kept: dict[str, Original] = {}
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for found in _unpacked(contents):
            if isinstance(found, Fault):
                faults.append(found)
                continue
            original = _kept(found, folder)
            if original.sha in kept:
                what = f"this is the same file as {kept[original.sha].source}"
                faults.append(Fault(found.name, 1, what, "it is read once"))
            kept.setdefault(original.sha, original)
    return list(kept.values()), faults


def _unpacked(contents: Iterable[Content]) -> Iterator[Content | Fault]:
    for content in contents:
        with content.open() as file:
            is_packed = is_zip(file.read(4))
        if is_packed:
            yield from members(content, 0, lambda _: True)
        else:
            yield content


def _kept(content: Content, folder: Path) -> Original:
    """Copy a file under its hash, which only a whole copy is ever called by."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=folder)
    part, whole = Path(name), hashlib.sha256()
    try:
        with os.fdopen(handle, "wb") as copy, content.open() as file:
            while chunk := file.read(_CHUNK):
                whole.update(chunk)
                copy.write(chunk)
        target = folder / whole.hexdigest()
        if not target.exists():
            shutil.move(part, target)
        return Original(target, whole.hexdigest(), content.name)
    finally:
        part.unlink(missing_ok=True)
