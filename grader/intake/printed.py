"""What the public files of an exam folder say: how to know its forms and its students again."""

from __future__ import annotations

import json
from collections.abc import Mapping  # noqa: TC003 - the dataclass has a default of this kind
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from answers.fields import checksum
from grader.files import read_regular
from solvers.errors import Fault

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 2**30


@dataclass(frozen=True)
class Printed:
    """What was printed, and for whom; empty where it is unknown.

    Attributes:
        code: the exam's code.
        checksums: of each paper as it was made, by its id.
        aliases: students' ids by what platforms call them, folded: addresses and user names.
    """

    code: str = ""
    checksums: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)


def read_printed(folder: Path) -> Printed:
    """Reads `exam.json` and `papers.jsonl`; what is missing or damaged there is unknown."""
    manifest = _object(_text(folder / "exam.json"))
    code, students = manifest.get("code"), manifest.get("students")
    checksums = {}
    for line in _text(folder / "papers.jsonl").split("\n"):
        paper = _object(line).get("paper")
        if isinstance(paper, str):
            checksums[paper] = checksum(line.rstrip("\r"))
    aliases = _aliases(students if isinstance(students, list) else [])
    return Printed(code if isinstance(code, str) else "", checksums, aliases)


def _aliases(students: list[object]) -> dict[str, str]:
    """Addresses and user names that one student only has."""
    owners: dict[str, set[str]] = {}
    for student in students:
        texts = student if isinstance(student, dict) else {}
        for alias in (texts.get("email"), texts.get("username")):
            if isinstance(alias, str) and alias and isinstance(texts.get("id"), str):
                owners.setdefault(alias.casefold(), set()).add(texts["id"])
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
