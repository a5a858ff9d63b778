"""Reading files that strangers wrote, and writing folders that appear whole or not at all."""

from __future__ import annotations

import fcntl
import filecmp
import hashlib
import io
import os
import shutil
import stat
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from examgen.ground.errors import ExamgenError, Fault, InputError, unread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from importlib.resources.abc import Traversable

MAX_BYTES = 16 * 2**20
MAX_FILES = 20_000
MAX_DEPTH = 8


class Unread(ExamgenError):
    """A file that was there a moment ago and cannot be read any more."""


@dataclass(frozen=True)
class Content:
    """A file: its name in messages, where it lies, and its bytes.

    Attributes:
        held: the bytes, once they were read; else they are read from `path` when they are needed,
            so that a folder of forms is never in memory as a whole.
        origin: what the user named: this file, or the folder that it lies in.
    """

    name: str
    path: Path
    held: bytes | None = None
    origin: Path | None = None

    @property
    def is_named(self) -> bool:
        """Return whether the user named this very file; it is then no member, and in no folder."""
        return self.name == str(self.path) and self.origin in {None, self.path}

    @property
    def raw(self) -> bytes:
        """Return the bytes.

        Raises:
            Unread: the file was there a moment ago and cannot be read any more.
        """
        with self.open() as file:
            return file.read()

    def open(self) -> BinaryIO:
        """Return the bytes as an open file.

        Raises:
            Unread: the file was there a moment ago and cannot be read any more.
        """
        if self.held is not None:
            return io.BytesIO(self.held)
        try:
            return self.path.open("rb")
        except OSError as error:
            why = (error.strerror or str(error)).lower()
            raise Unread(f"it cannot be read any more: {why}") from error


def files_in(path: Path) -> tuple[list[Path], list[Fault]]:
    """Return a file, or the files below a folder, in order; links are not followed.

    What begins with a dot is the business of the operating system, and passed over.
    """
    if path.is_symlink() or not path.is_dir():
        return [path], []
    files: list[Path] = []
    for found in _walk(path, MAX_DEPTH):
        files.append(found)
        if len(files) > MAX_FILES:
            what = f"there are more than {MAX_FILES:,} files"
            return [], [Fault(str(path), 1, what, "it was left out; hand it in in parts")]
    if not files:
        return [], [Fault(str(path), 1, "there is no file in this folder", "name another one")]
    return files, []


def _walk(folder: Path, depth: int) -> Iterator[Path]:
    try:
        items = sorted(folder.iterdir())
    except OSError:  # who opens it will say why
        yield folder
        return
    for item in items:
        if item.name.startswith(".") or item.name == "__MACOSX":
            continue
        if depth and item.is_dir() and not item.is_symlink():
            yield from _walk(item, depth - 1)
        else:
            yield item


def regular(path: Path) -> Content | Fault:
    """Return an ordinary file, not read yet: no link, no pipe, no device, no folder."""
    file = open_regular(path)
    if isinstance(file, Fault):
        return file
    file.close()
    return Content(str(path), path)


def read_regular(path: Path, limit: int = MAX_BYTES) -> Content | Fault:
    """Return the bytes of an ordinary file that is not too large."""
    file = open_regular(path)
    if isinstance(file, Fault):
        return file
    with file:
        return _held(Content(str(path), path), file, limit)


def read_held(content: Content, limit: int = MAX_BYTES) -> Content | Fault:
    """Return the file with its bytes in memory, unless it is too large."""
    with content.open() as file:
        return _held(content, file, limit)


def _held(content: Content, file: BinaryIO, limit: int) -> Content | Fault:
    raw = file.read(limit + 1)
    return too_large(content.name, limit) if len(raw) > limit else replace(content, held=raw)


def too_large(name: str, limit: int) -> Fault:
    """Return the fault of a file that is too large."""
    most = f"at most {limit // 2**20} MiB are read"
    return Fault(name, 1, f"the file is too large; {most}", "hand it in in parts")


def open_regular(path: Path) -> BinaryIO | Fault:
    """Return an ordinary file, open to read: no link, no pipe, no device, no folder."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        what = "this is a link" if path.is_symlink() else (error.strerror or str(error)).lower()
        return Fault(str(path), 1, f"cannot be read: {what}", "name an ordinary file")
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        return Fault(str(path), 1, "this is not an ordinary file", "name an ordinary file")
    return os.fdopen(handle, "rb")


@contextmanager
def writing(target: Path) -> Iterator[None]:
    """Say in one line that something cannot be written, and why: a full disk, no permission."""
    try:
        yield
    except OSError as error:
        why = error.strerror or str(error)
        raise ExamgenError(f"{target}: cannot be written: {why}") from error


@contextmanager
def atomic_file(target: Path) -> Iterator[BinaryIO]:
    """Open a file to write into, which takes the target's place only when all went well.

    Raises:
        ExamgenError: it cannot be written.
    """
    with writing(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        with _replacing_file(target) as file:
            yield file


def write_whole(path: Path, text: str) -> Path:
    """Write a text such that an interruption leaves no half of it under the file's name."""
    with _replacing_file(path) as file:
        file.write(text.encode())
    return path


@contextmanager
def _replacing_file(target: Path) -> Iterator[BinaryIO]:
    part = target.with_name(f".{target.name}.part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def atomic_folder(
    target: Path, sign: str, alone: frozenset[str] | set[str] = frozenset()
) -> Iterator[Path]:
    """Open a folder to write into, which takes the target's place only when all went well.

    Args:
        target: the folder; what it held before is replaced.
        sign: a file that such a folder always holds; a target without it is not touched.
        alone: files of ours that may lie there without it.

    Raises:
        ExamgenError: the target exists and is something else, or it cannot be written.
    """
    _check_replaceable(target, sign, alone)
    with writing(target), _replacing(target) as new:
        yield new


@contextmanager
def _replacing(target: Path) -> Iterator[Path]:
    target.parent.mkdir(parents=True, exist_ok=True)
    with _alone(target.parent):
        _clear_abandoned(target)
        work = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        held = _locked(work)
    try:
        new = work / "new"
        new.mkdir()
        yield new
        with _alone(target.parent):
            _take_place(target, work)
    finally:
        shutil.rmtree(work, ignore_errors=True)
        os.close(held)


def _take_place(target: Path, work: Path) -> None:
    if target.exists():
        target.rename(work / "old")
    try:
        (work / "new").rename(target)
    except OSError:
        if (work / "old").exists():
            (work / "old").rename(target)
        raise


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Holds a folder's lock: only one process at a time changes what lies in it."""
    handle = _locked(folder)
    try:
        yield
    finally:
        os.close(handle)


def _locked(folder: Path, mode: int = fcntl.LOCK_EX) -> int:
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, mode)
    except OSError:
        os.close(handle)
        raise
    return handle


def _clear_abandoned(target: Path) -> None:
    """Remove what runs left behind that were killed; a run that lives holds its folder's lock."""
    for folder in target.parent.glob(f".{target.name}-*"):
        if folder.is_dir() and not folder.is_symlink():
            with suppress(BlockingIOError):
                handle = _locked(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
                os.close(handle)


def _check_replaceable(target: Path, sign: str, alone: frozenset[str] | set[str]) -> None:
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise ExamgenError(f"{target}: this is not a folder; name another one with --out")
    is_ours = not target.exists() or {item.name for item in target.iterdir()} <= alone
    if not is_ours and not (target / sign).is_file():
        raise ExamgenError(f"{target}: this folder holds other things; name another one with --out")


def copy_untouched(files: Iterable[Content], folder: Path) -> tuple[Path, ...]:
    """Return copies of what was handed in; a name that is taken by other bytes gets a number.

    What lay in a folder keeps its place in it, since platforms name the student there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        return tuple(_copied(item, folder) for item in files)


def _copied(item: Content, folder: Path) -> Path:
    is_inside = item.origin is not None and item.origin != item.path
    place = item.path.relative_to(item.origin or "") if is_inside else Path(item.path.name)
    number, target = 1, folder / place
    while target.is_symlink() or target.exists():
        if target.is_file() and not target.is_symlink() and _holds(target, item):
            return target
        number += 1
        target = folder / place.with_stem(f"{place.stem}-{number}")
    with item.open() as file, atomic_file(target) as copy:
        shutil.copyfileobj(file, copy)
    return target


def _holds(target: Path, item: Content) -> bool:
    if item.held is not None:
        return target.read_bytes() == item.held
    return filecmp.cmp(target, item.path, shallow=False)


def read_utf8(path: Path | Traversable, what: str) -> tuple[bytes, str]:
    """Return a file of an author's: its bytes, and its text.

    Raises:
        InputError: it cannot be read; it should have been `what`.
    """
    try:
        raw = path.read_bytes()
        return raw, raw.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        fault = Fault(str(path), 1, unread(error), f"name {what} in UTF-8")
        raise InputError([fault]) from error


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
