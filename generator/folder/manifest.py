"""The manifest of an exam folder: what is needed to make it again, and to see if it is the same."""

from __future__ import annotations

import json
from collections.abc import Mapping  # noqa: TC003 - pydantic reads the annotations
from dataclasses import asdict, dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from pydantic import ConfigDict, TypeAdapter, ValidationError

from examgen.folder.students import Entry
from examgen.ground.errors import Fault, InputError, unread

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA = 3
READABLE = {2, SCHEMA}  # in papers.jsonl of schema 2, each line names the student
MANIFEST = "exam.json"
OWN_QUESTIONS = "questions"


@dataclass(frozen=True)
class ExamSource:
    """The exam file, word for word."""

    text: str
    sha256: str


@dataclass(frozen=True)
class EffortRange:
    """The least and the most work of a part in the class, and their ratio."""

    min: int | None
    max: int
    spread: float | None


@dataclass(frozen=True)
class Manifest:
    """What an exam folder is.

    Attributes:
        examgen: the version that made it.
        code: the exam's short name.
        questions: the SHA-256 of each question file.
        places: of each question file of one's own, where it was read, seen from the exam folder;
            a copy of it is in the folder.
        max_spread: by how much the effort of two papers may differ.
        conventions: by part, the conventions that its papers state.
        students: whose papers there are, in the order of the papers.
        batches: how many papers were printed together each time.
        failures: what TeX could not print.
        printed: by paper, what is on the pages of its PDF, by which a page that was written on is
            known.
        sha256: of each file besides this one.
    """

    __pydantic_config__ = ConfigDict(extra="ignore")

    seed: str
    code: str
    exam: ExamSource
    students: tuple[Mapping[str, str | bool], ...]
    batches: tuple[int, ...]
    sha256: Mapping[str, str]
    schema: int = SCHEMA
    examgen: str = ""
    course: str = ""
    title: str = ""
    questions: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    max_spread: str | None = None
    conventions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    effort: Mapping[str, EffortRange] = field(default_factory=dict)
    failures: tuple[str, ...] = ()
    printed: Mapping[str, str] = field(default_factory=dict)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The papers of the class."""
        return tuple(map(Entry.from_mapping, self.students))

    @property
    def names_students(self) -> bool:
        """Return whether each line of `papers.jsonl` says whose paper it is, as it once did."""
        return self.schema < SCHEMA

    @property
    def has_pdf(self) -> bool:
        """Whether the folder was made with PDFs."""
        return any(name.endswith(".pdf") for name in self.sha256)

    def to_json(self) -> str:
        """The manifest as the text of its file."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"


@cache
def _adapter() -> TypeAdapter[Manifest]:
    return TypeAdapter(Manifest)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of an exam folder.

    Raises:
        InputError: it is missing or damaged, or of another version.
    """
    path = folder / MANIFEST
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError([Fault(str(path), 1, unread(error), "name an exam folder")]) from error
    try:
        found = _adapter().validate_json(raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        what = ": ".join(["this is not a manifest", *map(str, first["loc"]), first["msg"]])
        raise InputError([Fault(str(path), 1, what, "name an exam folder")]) from error
    if found.schema not in READABLE:
        known = " and ".join(map(str, sorted(READABLE)))
        what = f"the manifest has schema {found.schema}; this version of examgen reads {known}"
        raise InputError([Fault(str(path), 1, what, "make the exam again")])
    return found


def own_version() -> str:
    """The version of examgen."""
    try:
        return version("examgen-toolkit")
    except PackageNotFoundError:
        return "unknown"
