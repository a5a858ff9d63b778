"""Calibration: somebody marks a few chosen answers first, and sees how far a reference agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examgen.ground.errors import Fault, InputError
from examgen.ground.privacy import keeps_private
from grader.by_hand.comments import comment_bank
from grader.by_hand.graded import open_graded, translator_of
from grader.by_hand.groups import waiting_groups
from grader.by_hand.markers import agreement_of
from grader.by_hand.returned import read_marks
from grader.by_hand.sheets import MARKING, write_sheets

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from examgen.folder.key_file import KeyFile
    from grader.by_hand.agreement import Agreement
    from grader.store.marks import PersonMark
    from grader.store.store import Run, Store

_REFERENCE = "reference"


@keeps_private
def write_calibration(
    folder: Path, reference: Path, out: Path | None = None, database: str | None = None
) -> tuple[Path, ...]:
    """Write a table and a page with the answers that a file of reference marks has.

    Args:
        folder: a graded exam folder.
        reference: a filled table, or what the page saved, of the answers that were chosen.
        out: where the files go; `marking` in the exam folder if None.
        database: as for `grade`.

    Raises:
        InputError: the file has faults, or no marks.
        ExamgenError: nothing was graded, or the key was changed since.
    """
    with open_graded(folder, database) as (store, run, keys):
        chosen = _marks(reference, store, run, keys, _REFERENCE)
        groups = waiting_groups(store, run, keys, frozenset(chosen))
        bank, say = comment_bank(store), translator_of(folder)
        return write_sheets(groups, out or folder / MARKING, "calibration", bank, say)


@keeps_private
def calibrate(
    folder: Path, file: Path, reference: Path, by: str, database: str | None = None
) -> Mapping[str, Agreement]:
    """Return how far somebody agrees with the reference; no mark is taken.

    Args:
        folder: a graded exam folder.
        file: the answers as this person marked them.
        reference: the same answers with reference marks.
        by: who marked.
        database: as for `grade`.

    Raises:
        InputError: a file has faults, or they have no answer in common.
        ExamgenError: nothing was graded, or the key was changed since.
    """
    with open_graded(folder, database) as (store, run, keys):
        right = _marks(reference, store, run, keys, _REFERENCE)
        own = _marks(file, store, run, keys, by)
    once = {(mark.answer, mark.response): place for place, mark in right.items() if place in own}
    if not once:
        what = "it has marks for none of the answers of the reference"
        raise InputError(
            [Fault(str(file), 1, what, "fill in the files of examgen mark --reference")]
        )
    out_of = {answer.id: answer.marks for key in keys.roll for answer in key.answers}
    return agreement_of([(right[place], own[place]) for place in once.values()], out_of)


def _marks(
    file: Path, store: Store, run: Run, keys: KeyFile, by: str
) -> dict[tuple[str, str], PersonMark]:
    """Return the marks of a file by paper and answer."""
    found = read_marks(file, store, run, keys, by, []).marks
    if not found:
        what = "it has no marks"
        raise InputError([Fault(str(file), 1, what, "give marks for about ten answers")])
    return {(mark.paper, mark.answer): mark for mark in found}
