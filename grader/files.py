"""Reading files that strangers wrote, and writing folders that appear whole or not at all."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from solvers.errors import ExamgenError, Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 16 * 2**20
MAX_FILES = 5_000
SUFFIXES = (".csv", ".tsv", ".txt", ".json")


@dataclass(frozen=True)
class Content:
    """A file that was read: its name in messages, where it lies, and its bytes."""

    name: str
    path: Path
    raw: bytes


def regular_files(path: Path) -> tuple[list[Path], list[Fault]]:
    """A file, or the files of a folder that can hold submissions; what is left out is a fault."""
    if path.is_symlink() or not path.is_dir():
        return [path], []
    files, faults = [], []
    for item in sorted(path.iterdir()):
        if item.name.startswith(".") or item.name == "__MACOSX":
            continue
        if item.suffix.lower() in SUFFIXES or item.is_symlink():
            files.append(item)
        else:
            what = "this is a folder" if item.is_dir() else "this kind of file is not read"
            faults.append(_skipped(item, what))
    if len(files) > MAX_FILES:
        faults.append(_skipped(path, f"there are more than {MAX_FILES} files"))
        return [], faults
    return files, faults


def _skipped(path: Path, what: str) -> Fault:
    return Fault(str(path), 1, what, f"it was left out; hand in {', '.join(SUFFIXES)} files")


def read_regular(path: Path, limit: int = MAX_BYTES) -> Content | Fault:
    """The bytes of an ordinary file: no link, no pipe, no device, no folder, no giant."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        what = "this is a link" if path.is_symlink() else (error.strerror or str(error)).lower()
        return Fault(str(path), 1, f"cannot be read: {what}", "name an ordinary file")
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            return Fault(str(path), 1, "this is not an ordinary file", "name an ordinary file")
        raw = file.read(limit + 1)
    if len(raw) > limit:
        most = f"at most {limit // 2**20} MiB are read"
        return Fault(str(path), 1, f"the file is too large; {most}", "hand it in in parts")
    return Content(str(path), path, raw)


@contextmanager
def whole_folder(target: Path, sign: str) -> Iterator[Path]:
    """A folder to write into, which takes the target's place only when all went well.

    Args:
        target: the folder; what it held before is replaced.
        sign: a file that such a folder always holds; a target without it is not touched.

    Raises:
        ExamgenError: the target exists and is something else.
    """
    _check_replaceable(target, sign)
    target.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        new = work / "new"
        new.mkdir()
        yield new
        if target.exists():
            target.rename(work / "old")
        try:
            new.rename(target)
        except OSError:
            if (work / "old").exists():
                (work / "old").rename(target)
            raise
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _check_replaceable(target: Path, sign: str) -> None:
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise ExamgenError(f"{target}: this is not a folder; name another one with --out")
    if target.exists() and any(target.iterdir()) and not (target / sign).is_file():
        raise ExamgenError(f"{target}: this folder holds other things; name another one with --out")


def copy_untouched(files: tuple[Content, ...], folder: Path) -> tuple[Path, ...]:
    """Copies of what was handed in; a name that is taken by other bytes gets a number."""
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(_copied(item, folder) for item in files)


def _copied(item: Content, folder: Path) -> Path:
    number, target = 1, folder / item.path.name
    while target.is_symlink() or target.exists():
        if target.is_file() and not target.is_symlink() and target.read_bytes() == item.raw:
            return target
        number += 1
        target = folder / f"{item.path.stem}-{number}{item.path.suffix}"
    part = folder / f".{target.name}.part"
    part.write_bytes(item.raw)
    part.replace(target)
    return target
