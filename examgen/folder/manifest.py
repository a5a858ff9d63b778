"""The manifest of an exam folder: what is needed to make it again, and to see if it is the same."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from pydantic import ConfigDict, TypeAdapter, ValidationError

from examgen.folder.people_rules import AppealRule, MarkingRule  # noqa: TC001 - pydantic reads it
from examgen.folder.students import Entry, Student
from examgen.ground.errors import Fault, InputError
from examgen.ground.files import read_regular
from examgen.ground.translations import FALLBACK, Language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCHEMA = 3
READABLE = {2, SCHEMA}  # in papers.jsonl of schema 2, each line names the student
MANIFEST = "exam.json"
OWN_QUESTIONS = "questions"
KEY = "key.jsonl"
MAX_BYTES = 2**30  # a class of 100,000 has one of 100 MB


@dataclass(frozen=True)
class ExamSource:
    """The exam file, word for word."""

    text: str = ""
    sha256: str = ""


@dataclass(frozen=True)
class EffortRange:
    """The least and the most work of a part in the class, and their ratio."""

    min: int | None
    max: int
    spread: float | None


@dataclass(frozen=True)
class Manifest:
    """The contents of `exam.json`. Marking needs only the key, so each field may be missing.

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
        language: of the papers.
        words: its own words, where they do not come with examgen.
        printed: by paper, what is on the pages of its PDF, by which a page that was written on is
            known.
        marking: how the marks of two people become one; None: those of the first count.
        appeals: when students may ask about marks; None: pages do not say that they may.
        sha256: of each file besides this one.
    """

    __pydantic_config__ = ConfigDict(extra="ignore")

    seed: str = ""
    code: str = ""
    exam: ExamSource = field(default_factory=ExamSource)
    students: tuple[Mapping[str, str | bool], ...] = ()
    batches: tuple[int, ...] = ()
    sha256: Mapping[str, str] = field(default_factory=dict)
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
    marking: MarkingRule | None = None
    appeals: AppealRule | None = None
    language: str = FALLBACK
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return the papers of the class."""
        return tuple(map(Entry.from_mapping, self.students))

    @cached_property
    def people(self) -> Mapping[str, Student]:
        """Return the students by their ids, in one spelling of Unicode."""
        return {student.id: student for student in map(_student, self.students)}

    @cached_property
    def owners(self) -> Mapping[str, str]:
        """Return the student of each paper."""
        return {str(one["paper"]): str(one["id"]) for one in self._with_papers()}

    @cached_property
    def walk_ins(self) -> frozenset[str]:
        """Return the papers that were made for nobody."""
        nobodys = (one for one in self._with_papers() if one.get("is_walk_in"))
        return frozenset(str(one["paper"]) for one in nobodys)

    def _with_papers(self) -> Iterator[Mapping[str, str | bool]]:
        return (one for one in self.students if "paper" in one)

    @property
    def key(self) -> str:
        """Return the SHA-256 of the key as it was made."""
        return self.sha256.get(KEY, "")

    @property
    def heading(self) -> str:
        """Return course and title."""
        return ": ".join(filter(None, (self.course, self.title)))

    @property
    def names_students(self) -> bool:
        """Return whether each line of `papers.jsonl` says whose paper it is, as it once did."""
        return self.schema < SCHEMA

    @property
    def has_pdf(self) -> bool:
        """Return whether the folder was made with PDFs."""
        return any(name.endswith(".pdf") for name in self.sha256)

    @property
    def spoken(self) -> str:
        """Return the language of the papers with its words."""
        return Language(self.language, self.words) if self.words else self.language

    def to_json(self) -> str:
        """Return the manifest as the text of its file."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"


_NAME_ONE = "name an exam folder"
_OF_STUDENTS = frozenset(one.name for one in fields(Student))


@cache
def _adapter() -> TypeAdapter[Manifest]:
    return TypeAdapter(Manifest)


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of an exam folder, of any version and with whatever it lacks.

    Raises:
        InputError: it is missing or damaged.
    """
    content = read_regular(folder / MANIFEST, MAX_BYTES)
    if isinstance(content, Fault):
        raise InputError([Fault(content.file, 1, content.what, _NAME_ONE)])
    try:
        found = _adapter().validate_json(content.raw)
        _ = found.people, found.owners
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        what = ": ".join(["this is not a manifest", *map(str, first["loc"]), first["msg"]])
        raise InputError([Fault(content.name, 1, what, _NAME_ONE)]) from error
    except KeyError as error:
        what = f"this is not a manifest: a student has no {error.args[0]}"
        raise InputError([Fault(content.name, 1, what, _NAME_ONE)]) from error
    return found


def find_manifest(folder: Path) -> Manifest:
    """Read the same, or give an empty manifest where there is none.

    Raises:
        InputError: it is damaged.
    """
    return read_manifest(folder) if (folder / MANIFEST).exists() else Manifest()


def manifest_to_remake(folder: Path) -> Manifest:
    """Read the manifest of a folder that is to be made again: it lacks nothing.

    Raises:
        InputError: it is missing, damaged, incomplete or of another version.
    """
    found, path = read_manifest(folder), str(folder / MANIFEST)
    if found.schema not in READABLE:
        known = " and ".join(map(str, sorted(READABLE)))
        what = f"the manifest has schema {found.schema}; this version of examgen reads {known}"
        raise InputError([Fault(path, 1, what, "make the exam again")])
    if not found.code:
        raise InputError([Fault(path, 1, "this manifest has no code", _NAME_ONE)])
    return found


def _student(record: Mapping[str, str | bool]) -> Student:
    texts = {name: _clean(value) for name, value in record.items() if name in _OF_STUDENTS}
    return Student(**{"id": record["id"], **texts})  # type: ignore[arg-type]


def _clean(value: str | bool) -> str | bool:  # noqa: FBT001 - a field of the file
    return unicodedata.normalize("NFC", value).strip() if isinstance(value, str) else value


def own_version() -> str:
    """Return the version of examgen."""
    try:
        return version("examgen-toolkit")
    except PackageNotFoundError:
        return "unknown"
