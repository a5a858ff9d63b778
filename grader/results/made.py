"""The key of an exam folder, held against what `make` wrote beside it: no other one is used."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from examgen.folder.key_file import KEY, key_file
from examgen.folder.manifest import MANIFEST, MAX_BYTES, find_manifest
from examgen.ground.errors import Fault, InputError
from examgen.ground.files import read_regular
from examgen.ground.wording import first_of, format_count
from grader.results.read import results_of, run_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from examgen.folder.key import PaperKey
    from examgen.folder.key_file import KeyFile

PUBLIC = "papers.jsonl"
_SHOWN = 5
_RESTORE = "restore it from a copy, or write it again with examgen key"


@dataclass
class _Made:
    """The papers of an exam as they were made, and how those of a key differ."""

    students: Mapping[str, str]
    numbers: Mapping[str, str]
    seen: set[str] = field(default_factory=set)
    foreign: list[str] = field(default_factory=list)

    def see(self, key: PaperKey) -> None:
        """Look at a paper of the key."""
        self.seen.add(key.paper)
        own = _digest({part.id: dict(part.model.inputs) for part in key.parts})
        is_foreign = key.student != self.students.get(key.paper)
        if is_foreign or own != self.numbers.get(key.paper, own):
            self.foreign.append(key.paper)

    def faults(self, path: Path) -> Iterator[Fault]:
        """Yield what is wrong with the key as a whole."""
        missing = [paper for paper in self.students if paper not in self.seen]
        if self.foreign:
            papers = format_count(len(self.foreign), "paper has", "papers have")
            what = f"this is not the key of this exam: {papers} other students or numbers than"
            what = f"{what} {MANIFEST} and {PUBLIC} say: {first_of(self.foreign, _SHOWN)}"
            yield Fault(str(path), 1, what, _RESTORE)
        elif missing:
            keys = format_count(len(missing), "paper", "papers")
            what = f"the key of {keys} is missing: {first_of(missing, _SHOWN)}"
            yield Fault(str(path), 1, what, _RESTORE)


def exam_key(folder: Path) -> KeyFile:
    """Read the key of an exam folder.

    Raises:
        InputError: it is damaged, lacks papers, or is the key of another exam.
    """
    people = find_manifest(folder).owners
    made = _Made(people, _numbers(folder))
    found = key_file(folder / KEY, made.see if people else None)
    if people and (faults := list(made.faults(folder / KEY))):
        raise InputError(faults)
    return found


def note_changed_key(folder: Path, keys: KeyFile) -> Iterator[Fault]:
    """Say that the key is not the one that was made, if so; marks then go by the changed one."""
    made = find_manifest(folder).key
    if made and not made.startswith(keys.version):
        what = "the key was changed since the papers were made"
        yield Fault(str(folder / KEY), 1, what, "if nobody mended it, restore it and grade again")


def current_results(folder: Path) -> Path:
    """Give the folder of results of an exam folder, if they were marked with today's key.

    Raises:
        InputError: the key was changed since, is damaged, lacks papers, or is of another exam.
    """
    results = results_of(folder)
    key, has_papers = run_of(results), bool(find_manifest(folder).owners)
    version = exam_key(folder).version if key or has_papers else key
    if key not in {"", version}:
        what = "the results are not those of this key, which was changed"
        raise InputError([Fault(str(folder / KEY), 1, what, "run examgen regrade first")])
    return results


def _numbers(folder: Path) -> dict[str, str]:
    """Return a digest of the numbers of each paper, as far as they are known."""
    content = read_regular(folder / PUBLIC, MAX_BYTES)
    lines = b"" if isinstance(content, Fault) else content.raw
    found = {}
    for line in lines.splitlines():
        try:
            record = json.loads(line)
            found[str(record["paper"])] = _digest(record["parameters"])
        except (ValueError, LookupError, TypeError, RecursionError):
            continue
    return found


def _digest(numbers: object) -> str:
    return hashlib.sha256(json.dumps(numbers, sort_keys=True).encode()).hexdigest()
