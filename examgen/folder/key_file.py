"""Reading the key of an exam folder: `key.jsonl`, one paper a line."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from pydantic import ValidationError

from examgen.folder.key import SCHEMA, AnswerKey, Model, PaperKey, PartKey, RubricKey
from examgen.ground.errors import Fault, InputError
from examgen.ground.files import open_regular

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

KEY = "key.jsonl"
SAFE_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,63}")
_VERSION = 32
_AGAIN = "make the exam folder again, or restore the file"


_Shared: TypeAlias = "dict[object, tuple[PartKey, ...]]"


@dataclass(frozen=True)
class KeyFile:
    """A key file that was read and found right; its lines stay on the disk.

    Attributes:
        version: of the whole file.
        versions: of each line.
        roll: each paper's key without what only marking needs; equal parts are shared.
        starts: where each line begins.
    """

    path: Path
    version: str
    versions: tuple[str, ...]
    roll: tuple[PaperKey, ...]
    starts: tuple[int, ...]

    @property
    def answers(self) -> tuple[str, ...]:
        """Return the ids of all answers of the exam, in the order asked."""
        parts = {id(key.parts): key for key in self.roll}
        return tuple(dict.fromkeys(a.id for key in parts.values() for a in key.answers))

    def lines(self, places: Iterable[int] | None = None) -> Iterator[bytes]:
        """Yield lines by their places, from 0; all of them in their order if None.

        Raises:
            InputError: the file is not the one that was read.
        """
        with self.path.open("rb") as file:
            for place in range(len(self.starts)) if places is None else places:
                file.seek(self.starts[place])
                line = file.readline()
                if _version(line) != self.versions[place]:
                    changed = "the key was changed while it was in use"
                    raise InputError([Fault(str(self.path), place + 1, changed, "grade again")])
                yield line


def read_keys(path: Path) -> tuple[PaperKey, ...]:
    """Return the keys of all papers.

    Raises:
        InputError: the file is missing, or lines of it are not keys; all of them at once.
    """
    return tuple(key for key, _, _ in _checked(path))


def key_file(path: Path, see: Callable[[PaperKey], None] | None = None) -> KeyFile:
    """Return a key file for a class of any size: it is read line by line.

    Args:
        path: the file.
        see: called with each paper's key.

    Raises:
        InputError: as for `read_keys`.
    """
    whole = hashlib.sha256()
    shared: _Shared = {}
    roll, versions, starts = [], [], []
    for key, start, line in _checked(path):
        whole.update(line)
        if see is not None:
            see(key)
        roll.append(_without_ground(key, shared))
        versions.append(_version(line))
        starts.append(start)
    version = whole.hexdigest()[:_VERSION]
    return KeyFile(path, version, tuple(versions), tuple(roll), tuple(starts))


def _version(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()[:_VERSION]


def _without_ground(key: PaperKey, shared: _Shared) -> PaperKey:
    """Return the paper with ids, labels, kinds, marks and choices only."""
    bare = tuple(
        PartKey(*_names(part), Model(), tuple(map(_bare, part.answers)), bonus=part.bonus)
        for part in key.parts
    )
    same = tuple((part.id, part.bonus, tuple(map(repr, part.answers))) for part in bare)
    return replace(key, parts=shared.setdefault(same, bare))


def _names(part: PartKey) -> tuple[str, str, str]:
    return part.id, part.template, part.title


def _bare(answer: AnswerKey | RubricKey) -> AnswerKey | RubricKey:
    if isinstance(answer, RubricKey):
        return RubricKey(answer.id, answer.label, answer.marks, ())
    kept = (answer.id, answer.label, answer.marks, answer.kind)
    return AnswerKey(*kept, "", unit=answer.unit, choices=answer.choices, beside=answer.beside)


def _checked(path: Path) -> Iterator[tuple[PaperKey, int, bytes]]:
    """Yield each key with its line and where that begins; at the end, all faults at once."""
    faults: list[Fault] = []
    papers: set[str] = set()
    for number, (start, line) in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            key = PaperKey.from_json(line)
        except ValidationError as error:
            faults.extend(Fault(str(path), number, text, _AGAIN) for text in _texts(error))
            continue
        faults.extend(Fault(str(path), number, text, _AGAIN) for text in _wrong(key, papers))
        papers.add(key.paper)
        yield key, start, line
    if not papers and not faults:
        faults.append(Fault(str(path), 1, "the key is empty", _AGAIN))
    if faults:
        raise InputError(faults)


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    file = open_regular(path)
    if isinstance(file, Fault):
        raise InputError([replace(file, fix="name an exam folder")])
    start = 0
    with file:
        for line in file:
            yield start, line
            start += len(line)


def _texts(error: ValidationError) -> Iterator[str]:
    for item in error.errors(include_url=False, include_input=False)[:5]:
        place = ".".join(map(str, item["loc"]))
        yield f"{place}: {item['msg']}" if place else item["msg"]


def _wrong(key: PaperKey, before: set[str]) -> Iterator[str]:
    if key.schema != SCHEMA:
        yield f"the key has schema {key.schema}; this version of examgen reads {SCHEMA}"
    if not SAFE_ID.fullmatch(key.paper):
        yield f"{key.paper!r} cannot be a paper's id: letters, digits, dots, dashes only"
    if key.paper in before:
        yield f"the paper {key.paper!r} has a key already"
    ids = [answer.id for answer in key.answers]
    for twice in sorted({name for name in ids if ids.count(name) > 1}):
        yield f"the answer {twice!r} occurs twice in the paper"
    for answer in key.answers:
        if answer.marks < 0:
            yield f"{answer.id} has negative marks"
