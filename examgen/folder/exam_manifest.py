"""What grading knows of an exam besides its key: the title, and who sits it."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from examgen.ground.errors import Fault, InputError
from examgen.ground.files import read_regular

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

MANIFEST = "exam.json"
MAX_BYTES = 2**30  # a class of 100,000 has one of 100 MB


@dataclass(frozen=True)
class Person:
    """A student of the roster.

    Attributes:
        name: may be empty.
        fields: whatever else the roster says, by name: email, username, section.
    """

    id: str
    name: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """A field of the roster; an empty text where it says nothing."""
        return {"id": self.id, "name": self.name}.get(name, self.fields.get(name, ""))


@dataclass(frozen=True)
class Manifest:
    """What is known of an exam.

    Attributes:
        file: the manifest, for messages; empty where there is none.
        course: may be empty, as may be the title.
        people: the roster by the students' ids.
        seed: from which the papers were drawn.
        code: what forms of this exam are known by.
        printed: by paper, what is on the pages of its PDF.
        papers: the student of each paper.
        key: the SHA-256 of the key as it was made.
        walk_ins: the papers that were made for nobody.
    """

    file: str = ""
    course: str = ""
    title: str = ""
    people: Mapping[str, Person] = field(default_factory=dict)
    seed: str = ""
    code: str = ""
    printed: Mapping[str, str] = field(default_factory=dict)
    papers: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    walk_ins: frozenset[str] = frozenset()

    @property
    def heading(self) -> str:
        """Course and title."""
        return ": ".join(filter(None, (self.course, self.title)))


def read_manifest(folder: Path) -> Manifest:
    """What the manifest of an exam folder says.

    Raises:
        InputError: it is missing or damaged.
    """
    content = read_regular(folder / MANIFEST, MAX_BYTES)
    if isinstance(content, Fault):
        raise InputError([Fault(content.file, 1, content.what, "name an exam folder")])
    try:
        found = json.loads(content.raw)
        people = tuple(map(_person, found.get("students", ())))
        papers = {str(one["paper"]): str(one["id"]) for one in _with_papers(found)}
        nobodys = (one for one in _with_papers(found) if one.get("is_walk_in"))
        walk_ins = frozenset(str(one["paper"]) for one in nobodys)
        key = str((found.get("sha256") or {}).get("key.jsonl") or "")
        printed = {str(paper): str(ink) for paper, ink in (found.get("printed") or {}).items()}
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError) as error:
        what = f"this is not an exam's manifest: {error!r}"
        raise InputError([Fault(content.name, 1, what, "make the exam folder again")]) from error
    course, title, seed, code = (
        str(found.get(name) or "") for name in ("course", "title", "seed", "code")
    )
    by_id = {person.id: person for person in people}
    return Manifest(content.name, course, title, by_id, seed, code, printed, papers, key, walk_ins)


def find_manifest(folder: Path) -> Manifest:
    """The same, or an empty manifest where there is none: marking needs nothing but the key.

    Raises:
        InputError: it is damaged.
    """
    return read_manifest(folder) if (folder / MANIFEST).exists() else Manifest()


def _with_papers(found: Mapping[str, Any]) -> Iterator[Mapping[str, object]]:
    return (one for one in found.get("students", ()) if "paper" in one)


def _person(record: Mapping[str, object]) -> Person:
    texts = {name: _clean(value) for name, value in record.items() if isinstance(value, str)}
    return Person(texts.pop("id"), texts.pop("name", ""), texts)


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()
