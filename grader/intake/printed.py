"""What the public files of an exam folder say about its papers, to know its forms again."""

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
    """The exam's code, and the checksum of each paper as it was made; empty where unknown."""

    code: str = ""
    checksums: Mapping[str, str] = field(default_factory=dict)


def read_printed(folder: Path) -> Printed:
    """Reads `exam.json` and `papers.jsonl`; what is missing or damaged there is unknown."""
    manifest = _object(_text(folder / "exam.json"))
    code = manifest.get("code")
    checksums = {}
    for line in _text(folder / "papers.jsonl").split("\n"):
        paper = _object(line).get("paper")
        if isinstance(paper, str):
            checksums[paper] = checksum(line.rstrip("\r"))
    return Printed(code if isinstance(code, str) else "", checksums)


def _text(path: Path) -> str:
    content = read_regular(path, MAX_BYTES)
    return "" if isinstance(content, Fault) else content.raw.decode("utf-8", "replace")


def _object(text: str) -> dict[str, object]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
