"""Files that students hand in, written to a folder and taken in."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from grader.intake import Intake, read_files, take_in
from grader.records.submissions import Doubt
from tests.grader.exams import class_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from examgen.folder.key import PaperKey
    from grader.records.submissions import FileCount, Submissions

KEYS = class_of(3)  # papers p001 to p003 of s0001 to s0003, "Student 1" to "Student 3"


def taken(
    folder: Path,
    files: Mapping[str, str | bytes],
    how: Intake | None = None,
    keys: Sequence[PaperKey] = KEYS,
) -> Submissions:
    """What is taken in of files with these names and contents, in this order."""
    paths = []
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        paths.append(path)
    contents, faults = read_files(paths)
    assert faults == []
    return take_in(contents, keys, how)


def answers(found: Submissions, paper: str = "p001") -> dict[str, str | None]:
    """The texts of a paper by their answers; None for what is left to a person."""
    given = {item.paper: item.answers for item in found.papers}.get(paper, {})
    return {name: None if isinstance(text, Doubt) else text for name, text in given.items()}


def said(found: Submissions) -> str:
    """All notices."""
    return "\n".join(map(str, found.notices))


def counts(file: FileCount) -> dict[str, int]:
    """The counts of a file that are not nought."""
    names = ("imported", "unmatched", "duplicate", "unreadable", "blank", "settled")
    return {name: getattr(file, name) for name in names if getattr(file, name)}


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of these members."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return raw.getvalue()
