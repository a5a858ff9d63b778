"""Marking by people from end to end: the files out, the marks in, the results written again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.ground.errors import Fault, InputError
from examgen.ground.privacy import keeps_private
from examgen.ground.wording import format_count, marks_text
from grader.by_hand.by_paper.grid import paper_grid
from grader.by_hand.by_paper.write import write_by_paper
from grader.by_hand.comments import comment_bank
from grader.by_hand.graded import open_graded, translator_of
from grader.by_hand.groups import paper_code, waiting_groups
from grader.by_hand.markers import check_markers, marker_file, markers_of
from grader.by_hand.pictures import with_pictures
from grader.by_hand.proposals import with_proposals
from grader.by_hand.returned import read_marks
from grader.by_hand.sheets import MARKING, second_sample, write_sheets
from grader.results.marker_file import write_marker_file
from grader.results.write import write_results
from grader.store.marks import add_marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from grader.by_hand.groups import Group
    from grader.by_hand.markers import Markers
    from grader.results.write import Results
    from grader.store.marks import Added, Opinion


_ELSEWHERE: Mapping[Opinion, tuple[str, str]] = {
    "calibration": ("it is marked for calibration", "name the reference marks with --reference"),
    "appeal": ("these are decisions on appeals", "read them with examgen appeals"),
}


@dataclass(frozen=True)
class Sheets:
    """Files for those who mark.

    Attributes:
        groups: how many groups of equal answers wait.
        answers: how many answers those are.
        second: how many groups a second person marks as well.
        settle: how many groups have two marks that differ by more than the tolerance.
    """

    files: tuple[Path, ...]
    groups: int
    answers: int
    second: int
    settle: int = 0


@dataclass(frozen=True)
class MarkReport:
    """The result of taking marks of a person.

    Attributes:
        given: how many marks the file has.
        new: how many of them were not known.
        notices: what the person should know: marks of another that they replace, a guess.
        markers: how far first and second opinions agree, and how each person changes.
    """

    results: Results
    given: int
    new: int
    markers: Markers
    notices: tuple[Fault, ...] = ()


@keeps_private
def write_marking(
    folder: Path,
    out: Path | None = None,
    double: Fraction = Fraction(0),
    database: str | None = None,
) -> Sheets:
    """Write what waits for a person as a table and as a page.

    Args:
        folder: a graded exam folder.
        out: where the files go; `marking` in the exam folder if None.
        double: the share of the groups that go into the files for a second person as well.
        database: as for `grade`.

    Raises:
        ExamgenError: nothing was graded, or the key was changed since.
    """
    with open_graded(folder, database) as (store, run, keys):
        say = translator_of(folder)
        waiting = with_proposals(store, waiting_groups(store, run, keys, say=say))
        bank = comment_bank(store)
    target = out or folder / MARKING
    waiting = with_pictures(folder, waiting, target)
    groups = [group for group in waiting if not group.opinions]
    settle = [group for group in waiting if group.opinions]
    # The second person sees no proposals, so that they can be compared with somebody's own marks.
    second = [replace(group, proposals=()) for group in second_sample(groups, double)]
    sheets: dict[Opinion, Sequence[Group]] = {"first": groups, "second": second, "settled": settle}
    files = [
        file
        for opinion, own in sheets.items()
        if own or opinion == "first"
        for file in write_sheets(own, target, opinion, bank, say)
    ]
    count = sum(len(group.papers) for group in groups)
    return Sheets(tuple(files), len(groups), count, len(second), len(settle))


@keeps_private
def write_papers(
    folder: Path, out: Path | None = None, database: str | None = None
) -> tuple[tuple[Path, ...], int]:
    """Write a table and a page for those who mark on the papers themselves.

    Args:
        folder: a graded exam folder.
        out: where the files go; `marking` in the exam folder if None.
        database: as for `grade`.

    Returns:
        the files, and how many answers wait.

    Raises:
        ExamgenError: nothing was graded, or the key was changed since.
    """
    with open_graded(folder, database) as (store, run, keys):
        grid = paper_grid(store, run, keys)
        exam = paper_code(store.salt(), "")
    files = write_by_paper(grid, out or folder / MARKING, exam, translator_of(folder))
    return files, sum(1 for _ in grid.waiting())


@keeps_private
def take_marks(
    folder: Path, file: Path, by: str, out: Path | None = None, database: str | None = None
) -> MarkReport:
    """Read the marks that a person gave, and write the results again.

    Args:
        folder: a graded exam folder.
        file: the filled table, or the file that the page saved.
        by: who marked.
        out: where the results go; `grades` in the exam folder if None.
        database: as for `grade`.

    Raises:
        InputError: every fault of the file; nothing of it is taken then.
        ExamgenError: nothing was graded, or the key was changed since.
    """
    with open_graded(folder, database) as (store, run, keys):
        notices: list[Fault] = []
        found = read_marks(file, store, run, keys, by, notices)
        for opinion in {mark.opinion for mark in found.marks} & _ELSEWHERE.keys():
            raise InputError([Fault(str(file), 1, *_ELSEWHERE[opinion])])
        check_markers(store, found.marks, store.rule, str(file))
        added = add_marks(store, found.marks, found.rubrics)
        notices += _replaced(file, added)
        results = write_results(store, run, keys, folder, out)
        out_of = {answer.id: answer.out_of for answer in results.summary.answers}
        markers = markers_of(store, out_of)
        write_marker_file(marker_file(markers), results.folder)
    return MarkReport(results, len(found.marks), added.new, markers, tuple(notices))


def _replaced(file: Path, added: Added) -> Iterator[Fault]:
    """Yield one notice for all marks that take the place of another person's."""
    if added.replaced:
        old, new = added.replaced[0]
        count = format_count(len(added.replaced), "mark replaces", "marks replace")
        here = f"{old.answer}: {marks_text(old.marks)} by {old.marker}"
        what = f"{count} another person's; {here} becomes {marks_text(new.marks)}"
        fix = "agree on one and hand that in; second opinions go into marking-second"
        yield Fault(str(file), 1, what, fix)
