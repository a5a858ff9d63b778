"""Taking a student out of an exam folder: it is then as if it had been made without them."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from examgen.folder.manifest import MANIFEST, Manifest, manifest_to_remake
from examgen.folder.pages.page_boxes import BOXES
from examgen.ground.csv_cells import to_csv
from examgen.ground.files import file_hash, write_whole
from generator.folder.batch import FORMS, KEY, KEY_TABLE, MARKER_TABLE, PUBLIC

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def remove_student(folder: Path, paper: str) -> None:
    """Delete a paper and its lines in the files of the class.

    The table for markers, which is one document for all, is deleted; `examgen key` writes keys
    again. The manifest goes last, so that an interrupted removal can be given again.

    Args:
        folder: the exam folder.
        paper: the paper that was made for the student.

    Raises:
        InputError: there is no manifest, or it is damaged.
    """
    manifest = manifest_to_remake(folder)
    own = {name for name in manifest.sha256 if _is_own(name, paper)}
    tables = {f"{MARKER_TABLE}.tex", f"{MARKER_TABLE}.pdf"}
    for name in own | tables:
        (folder / name).unlink(missing_ok=True)
    hashes = {name: made for name, made in manifest.sha256.items() if name not in own | tables}
    for name, without in _LISTS.items():
        path = folder / name
        if path.exists():
            was_made = file_hash(path) == manifest.sha256.get(name)
            write_whole(path, without(path.read_bytes().decode(), paper))
            if was_made:  # a key that was mended stays one that differs from what was made
                hashes[name] = file_hash(path)
    write_whole(folder / MANIFEST, _without(manifest, paper, hashes).to_json())


def _is_own(name: str, paper: str) -> bool:
    place, _, file = name.rpartition("/")
    return bool(place) and file.partition(".")[0] == paper


def _without(manifest: Manifest, paper: str, hashes: dict[str, str]) -> Manifest:
    place = [str(one.get("paper")) for one in manifest.students].index(paper)
    sizes, first = list(manifest.batches), 0
    for number, size in enumerate(sizes):
        if first <= place < first + size:
            sizes[number] -= 1
        first += size
    students = tuple(one for one in manifest.students if one.get("paper") != paper)
    return replace(
        manifest,
        students=students,
        batches=tuple(filter(None, sizes)),
        sha256=hashes,
        printed={name: ink for name, ink in manifest.printed.items() if name != paper},
    )


def _json_lines(text: str, paper: str) -> str:
    kept = (line for line in text.split("\n") if not line or json.loads(line)["paper"] != paper)
    return "\n".join(kept)


def _table(text: str, paper: str) -> str:
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    column = head.index("paper")
    return to_csv([head, *(row for row in rows if row[column] != paper)])


_LISTS: dict[str, Callable[[str, str], str]] = {
    PUBLIC: _json_lines,
    BOXES: _json_lines,
    KEY: _json_lines,
    KEY_TABLE: _table,
    FORMS: _table,
}
