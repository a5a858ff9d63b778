"""Pictures of handwriting, beside the page on which it is marked."""

from __future__ import annotations

import shutil
from collections import defaultdict
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING

from examgen.folder.pages.form_fields import answer_named
from examgen.folder.scans import READS, SCANS
from examgen.ground.files import writing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from grader.by_hand.groups import Group
    from grader.scan.records import ReadRecord

PICTURES = "marking-pictures"


def with_pictures(folder: Path, groups: Sequence[Group], target: Path) -> tuple[Group, ...]:
    """Return groups with pictures of what the first of each has in its boxes.

    Args:
        folder: the exam folder; groups of one that was not scanned stay as they are.
        groups: what is to be marked.
        target: the folder of the page; the pictures go into a folder of it.

    Raises:
        ExamgenError: they cannot be written.
    """
    if not (folder / SCANS / READS).exists() or find_spec("cv2") is None:
        return tuple(groups)
    with writing(target / PICTURES):
        shutil.rmtree(target / PICTURES, ignore_errors=True)
        (target / PICTURES).mkdir(parents=True)
        found = _names(folder, groups, target)
    return tuple(replace(group, pictures=tuple(found.get(group.id, ()))) for group in groups)


def _names(folder: Path, groups: Sequence[Group], target: Path) -> Mapping[str, list[str]]:
    """Write the pictures; return their names by the group, as the page calls them."""
    from grader.scan.pictures import cut_boxes  # noqa: PLC0415 - an extra

    wanted = {(group.paper, group.answer): group.id for group in groups}
    names: dict[str, list[str]] = defaultdict(list)
    for read, picture in cut_boxes(folder, lambda read: _about(read) in wanted):
        group = wanted[_about(read)]
        name = f"{PICTURES}/{group}-{len(names[group]) + 1}.jpg"
        (target / name).write_bytes(picture)
        names[group].append(name)
    return names


def _about(read: ReadRecord) -> tuple[str, str]:
    return read.paper, answer_named(read.answer)
