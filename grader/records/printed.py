"""Read the public files of an exam folder, by which its forms and students are known again."""

from __future__ import annotations

import json
from collections.abc import Mapping  # noqa: TC003 - the dataclass has a default of this kind
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from examgen.folder.manifest import find_manifest
from examgen.folder.pages.form_fields import checksum
from examgen.folder.pages.page_ink import Ink, ink_from
from examgen.ground.errors import Fault
from examgen.ground.files import read_regular
from grader.records.submissions import excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from examgen.folder.students import Student

MAX_BYTES = 2**30


@dataclass(frozen=True)
class Printed:
    """The printed exam and its students; empty where unknown.

    Attributes:
        code: the exam's code.
        checksums: of each paper as it was made, by its id.
        walk_ins: papers that were made for nobody; empty where that is unknown, too.
        ink: what is on the pages of each paper's PDF, by its id.
        aliases: students' ids by what platforms call them, folded: addresses and user names.
    """

    code: str = ""
    checksums: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    ink: Mapping[str, tuple[Ink, ...]] = field(default_factory=dict)
    walk_ins: frozenset[str] = frozenset()

    def other_exam(self, exam: str) -> tuple[str, str] | None:
        """Return what is wrong with a form that names an exam, and what to do.

        None: it is this one.
        """
        if exam in {"", self.code} or not self.code:
            return None
        return f"this is a form of another exam, {excerpt(exam)}", "hand it in there"

    def other_make(self, paper: str, made: str) -> tuple[str, str] | None:
        """Return the same of a form of this exam that names the make of its paper."""
        if made in {"", self.checksums.get(paper, made)}:
            return None
        what = f"this form of paper {paper} is of another make of the exam; its numbers may differ"
        return what, "find out which paper the student had"


def read_printed(folder: Path) -> Printed:
    """Read `exam.json` and `papers.jsonl`; what is missing there is unknown.

    Raises:
        InputError: the manifest is damaged.
    """
    manifest = find_manifest(folder)
    checksums = {}
    for line in _text(folder / "papers.jsonl").split("\n"):
        paper = _object(line).get("paper")
        if isinstance(paper, str):
            checksums[paper] = checksum(line.rstrip("\r"))
    aliases = _aliases(manifest.people.values())
    ink = {paper: ink_from(text) for paper, text in manifest.printed.items()}
    return Printed(manifest.code, checksums, aliases, ink, manifest.walk_ins)


def _aliases(people: Iterable[Student]) -> dict[str, str]:
    """Return addresses and user names that one student only has."""
    owners: dict[str, set[str]] = {}
    for person in people:
        for alias in filter(None, (person.get("email"), person.get("username"))):
            owners.setdefault(alias.casefold(), set()).add(person.id)
    return {alias: min(ids) for alias, ids in owners.items() if len(ids) == 1}


def _text(path: Path) -> str:
    content = read_regular(path, MAX_BYTES)
    return "" if isinstance(content, Fault) else content.raw.decode("utf-8", "replace")


def _object(text: str) -> dict[str, object]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
