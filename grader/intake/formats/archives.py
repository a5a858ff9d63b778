"""Zip and tar archives, read member by member; nothing is ever written to disk under their names.

A member that cannot be trusted (a link, a device, a name that leads out of the archive, a bomb) is
a fault and costs no other member.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import stat
import tarfile
import zipfile
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, cast

from examgen.ground.errors import ExamgenError, Fault
from examgen.ground.files import MAX_BYTES, Content, too_large
from grader.records.submissions import excerpt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

MAX_MEMBERS = 20_000
MAX_TOTAL = 2 * 2**30
MAX_NESTED = 128 * 2**20
MAX_RATIO = 200
MAX_NESTING = 2
_SMALL = 2**20
_DRIVE = re.compile(r"[A-Za-z]:")
_MANY = "it holds too many files"
_NAME_SHOWN = 300
_DIRECTORY_ENTRY = b"PK\1\2"
_PACKED: dict[bytes, Callable[[BinaryIO], BinaryIO]] = {
    b"\x1f\x8b": lambda file: cast("BinaryIO", gzip.GzipFile(fileobj=file)),
    b"BZh": lambda file: cast("BinaryIO", bz2.BZ2File(file)),
    b"\xfd7zXZ": lambda file: cast("BinaryIO", lzma.LZMAFile(file)),  # noqa: SIM115 - owns nothing
}


class TooMuch(Exception):
    """An archive that would not end."""


@dataclass
class _Budget:
    """The budget for unpacking an archive."""

    left: int
    members: int

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise TooMuch("it holds too much data when it is unpacked")

    def count(self) -> None:
        self.members -= 1
        if self.members < 0:
            raise TooMuch(_MANY)


def is_packed(head: bytes) -> bool:
    """Return whether these are the first bytes of an archive, or of something compressed."""
    return is_zip(head) or head[257:262] == b"ustar" or head.startswith(tuple(_PACKED))


def is_zip(head: bytes) -> bool:
    """Return whether these are the first bytes of a zip archive."""
    return head.startswith((b"PK\3\4", b"PK\5\6"))


def members(
    content: Content, depth: int, wanted: Callable[[str], bool]
) -> Iterator[Content | Fault]:
    """Yield the files in an archive, one in memory at a time, and what is wrong with the others.

    Args:
        content: a file for which `is_packed` holds.
        depth: in how many archives this one lies.
        wanted: which members are read, by their names.
    """
    if depth >= MAX_NESTING:
        yield Fault(content.name, 1, "archives are nested too deeply", "unpack it and grade again")
        return
    budget = _Budget(MAX_NESTED if depth else MAX_TOTAL, MAX_MEMBERS)
    with content.open() as file:
        head = file.read(512)
        file.seek(0)
        reader = _zip_members if is_zip(head) else _tar_members
        try:
            yield from reader(content, file, budget, wanted)
        except TooMuch as error:
            yield Fault(content.name, 1, f"the rest is left out: {error}", "hand it in in parts")
        except ExamgenError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a library raises on what a stranger packed
            what = f"the archive is damaged: {excerpt(str(error) or repr(error))}"
            yield Fault(content.name, 1, what, "what comes before is graded; get it again")


def _zip_members(
    content: Content, file: BinaryIO, budget: _Budget, wanted: Callable[[str], bool]
) -> Iterator[Content | Fault]:
    if content.held and content.held.count(_DIRECTORY_ENTRY) > MAX_MEMBERS:
        raise TooMuch(_MANY)  # a student's archive; its list is not even built
    with zipfile.ZipFile(file) as archive:
        for info in archive.infolist():
            if info.is_dir() or _is_noise(info.filename) or not wanted(info.filename):
                continue
            budget.count()
            name = _member_name(content, info.filename)
            trouble = _distrust(info.filename) or _zip_trouble(info)
            yield (
                Fault(name, 1, *trouble)
                if trouble
                else _unzipped(archive, info, replace(content, name=name), budget)
            )


def _zip_trouble(info: zipfile.ZipInfo) -> tuple[str, str] | None:
    mode = info.external_attr >> 16
    if stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
        return "this is a link or a device", "it was left out"
    if info.flag_bits & 1:
        return "it is locked with a password", "unlock it and grade again"
    if info.file_size > max(_SMALL, info.compress_size * MAX_RATIO):
        return "it is compressed so much that it may be a bomb", "it was left out"
    return None


def _unzipped(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, as_: Content, budget: _Budget
) -> Content | Fault:
    try:
        with archive.open(info) as member:
            raw = member.read(MAX_BYTES + 1)
    except Exception as error:  # noqa: BLE001 - whatever a library raises on what a stranger packed
        what = f"the member is damaged: {excerpt(str(error) or repr(error))}"
        return Fault(as_.name, 1, what, "it was left out; get it again")
    budget.spend(len(raw))
    return _member(raw, as_)


def _member(raw: bytes, as_: Content) -> Content | Fault:
    if len(raw) > MAX_BYTES:
        return too_large(as_.name, MAX_BYTES)
    return replace(as_, held=raw)


def _tar_members(
    content: Content, file: BinaryIO, budget: _Budget, wanted: Callable[[str], bool]
) -> Iterator[Content | Fault]:
    head = file.read(6)
    file.seek(0)
    opener = next((opened for mark, opened in _PACKED.items() if head.startswith(mark)), None)
    metered = _Metered(opener(file) if opener else file, budget)
    with tarfile.open(fileobj=metered, mode="r|") as archive:
        for info in archive:
            budget.count()
            if info.isdir() or _is_noise(info.name) or not wanted(info.name):
                continue
            name = _member_name(content, info.name)
            as_ = replace(content, name=name)
            member = archive.extractfile(info) if info.isreg() else None
            if member is None:
                yield Fault(name, 1, "this is a link or a device", "it was left out")
            elif trouble := _distrust(info.name):
                yield Fault(name, 1, *trouble)
            else:
                yield _member(member.read(MAX_BYTES + 1), as_)


class _Metered(io.RawIOBase):
    """A stream that ends with `TooMuch` when more is read than the budget allows."""

    def __init__(self, stream: BinaryIO, budget: _Budget) -> None:
        super().__init__()
        self._stream, self._budget = stream, budget

    def read(self, size: int = -1) -> bytes:
        raw = self._stream.read(size)
        self._budget.spend(len(raw))
        return raw


def _distrust(name: str) -> tuple[str, str] | None:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or _DRIVE.match(name):
        return "its name leads out of the archive", "it was left out"
    return None


def _is_noise(name: str) -> bool:
    """Return what an operating system adds to an archive."""
    parts = PurePosixPath(name).parts
    return "__MACOSX" in parts or not parts or (parts[-1].startswith(".") and ".." not in parts)


def _member_name(content: Content, name: str) -> str:
    return f"{content.name}/{excerpt(name, _NAME_SHOWN)}"
