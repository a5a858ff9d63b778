"""Read what students ask about their marks, within the window and the limit."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pydantic import TypeAdapter, ValidationError

from examgen.folder.manifest import find_manifest
from examgen.folder.people_rules import AppealRule
from examgen.ground.errors import Fault, InputError
from examgen.ground.files import files_in, read_regular
from examgen.ground.privacy import keeps_private
from examgen.ground.tables.rows import find_header, rows_below
from examgen.ground.tables.workbooks import BadWorkbook
from grader.by_hand.graded import open_graded
from grader.intake.platforms.base import fold_header
from grader.records.csv_tables import bad_workbook, grids_in
from grader.records.submissions import excerpt
from grader.results.effective_marks import effective_results
from grader.results.write import write_results
from grader.store.appeals import Appeal, add_appeals, all_appeals
from grader.store.marks import response_digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from examgen.ground.files import Content
    from grader.scoring.marked import MarkedAnswer, MarkedPaper

COLUMNS = ("paper", "answer", "reason")
LONGEST = 4_000
_SAVED = (".jsonl", ".json")


@dataclass(frozen=True)
class _Line:
    """A line of a file: which answer of which paper (or student), and why."""

    paper: str
    answer: str
    reason: str


_LINE = TypeAdapter(_Line)


@keeps_private
def take_appeals(
    folder: Path, path: Path, received: date, out: Path | None = None, database: str | None = None
) -> tuple[Appeal, ...]:
    """Keep what students ask; return what is new, with why each that is not taken is refused.

    Args:
        folder: a graded exam folder.
        path: a file that a feedback page saved, a table with paper, answer and reason, or a folder
            of such files.
        received: the day on which they came.
        out: where the results go; `grades` in the exam folder if None.
        database: as for `grade`.

    Raises:
        InputError: every fault of the files; nothing of them is taken then.
        ExamgenError: nothing was graded, or the key was changed since.
    """
    files, faults = files_in(path)
    lines = [line for file in files for line in _lines(file, faults)]
    with open_graded(folder, database) as (store, run, keys):
        papers = [one for one in effective_results(store, run) if one.handed_in]
        found = _appeals(lines, papers, received, faults)
        if faults:
            raise InputError(sorted(faults))
        owners = {one.paper: one.student or one.paper for one in papers}
        rule = find_manifest(folder).appeals or AppealRule()
        taken = tuple(_within(found, all_appeals(store), owners, rule, received))
        add_appeals(store, taken)
        write_results(store, run, keys, folder, out)
    return taken


def _lines(path: Path, faults: list[Fault]) -> Iterator[tuple[str, int, _Line]]:
    content = read_regular(path)
    if isinstance(content, Fault):
        faults.append(content)
    elif path.suffix in _SAVED:
        yield from _json_lines(content, faults)
    else:
        yield from _table_lines(content, faults)


def _json_lines(content: Content, faults: list[Fault]) -> Iterator[tuple[str, int, _Line]]:
    for place, text in enumerate(content.raw.splitlines(), start=1):
        if text.strip():
            try:
                yield content.name, place, _LINE.validate_json(text)
            except ValidationError as error:
                what = f"this is no appeal: {error.errors()[0]['msg']}"
                faults.append(Fault(content.name, place, what, "save it from the page again"))


def _table_lines(content: Content, faults: list[Fault]) -> Iterator[tuple[str, int, _Line]]:
    try:
        grids, _ = grids_in(content)
    except BadWorkbook as error:
        faults.append(bad_workbook(content.name, error))
        return
    for grid in grids:
        header, mark = find_header(
            grid, lambda row: len({*COLUMNS} & {*map(fold_header, row.cells)})
        )
        names = [fold_header(cell) for cell in header.cells] if header else []
        if header is None or not {*COLUMNS}.issubset(names):
            what = f"not all columns are there: {', '.join(COLUMNS)}"
            faults.append(Fault(content.name, 1, what, "name them in the first row"))
            continue
        for row in rows_below(grid, header, mark):
            if row.broken or len(row.cells) != len(names):
                faults.append(
                    Fault(content.name, row.line, row.broken or "cells are missing", "mend it")
                )
                continue
            cells = [row.cells[names.index(name)].strip() for name in COLUMNS]
            yield content.name, row.line, _Line(*cells)


def _appeals(
    lines: list[tuple[str, int, _Line]],
    papers: Sequence[MarkedPaper],
    received: date,
    faults: list[Fault],
) -> list[tuple[Appeal, MarkedAnswer]]:
    """Return what is asked about answers that exist; what is wrong with the others is a fault."""
    by_name = _by_name(papers)
    found = []
    for file, place, line in lines:
        meant = by_name.get(line.paper, ())
        if file.endswith(_SAVED):  # by a page, which names the paper
            meant = [one for one in meant if one.paper == line.paper] or meant
        paper = meant[0] if meant else None
        given = {answer.id: answer for answer in paper.answers} if paper else {}
        answer = given.get(line.answer)
        if paper is None:
            what = f"there is no paper or student {excerpt(line.paper)!r} who handed in"
            faults.append(Fault(file, place, what, "write the paper as it is on the page"))
        elif len(meant) > 1:
            what = f"{excerpt(line.paper)!r} may be paper {' or '.join(one.paper for one in meant)}"
            fix = "write the paper's number; if a student has it, take the file that the page saved"
            faults.append(Fault(file, place, what, fix))
        elif answer is None:
            what = f"paper {paper.paper} has no answer {excerpt(line.answer)!r}"
            faults.append(
                Fault(file, place, what, f"write one of {', '.join(list(given)[:5])}, ...")
            )
        elif not line.reason.strip() or len(line.reason) > LONGEST:
            what = "the reason is missing or too long"
            faults.append(Fault(file, place, what, f"write up to {LONGEST} characters"))
        else:
            marks = answer.marks if answer.marks is not None else answer.out_of * 0
            own = (paper.paper, answer.id, response_digest(answer.text), line.reason.strip())
            found.append((Appeal(*own, received.isoformat(), marks), answer))
    return found


def _by_name(papers: Sequence[MarkedPaper]) -> Mapping[str, Sequence[MarkedPaper]]:
    """Return the papers that a paper's number, or a student's, may mean."""
    found: dict[str, list[MarkedPaper]] = {}
    for paper in papers:
        for name in {paper.paper, paper.student} - {""}:
            found.setdefault(name, []).append(paper)
    return found


def _within(
    found: list[tuple[Appeal, MarkedAnswer]],
    known: Sequence[Appeal],
    owners: Mapping[str, str],
    rule: AppealRule,
    received: date,
) -> Iterator[Appeal]:
    """Yield what is not known yet, each with why it is refused, if it is.

    The limit is for all papers of a student.
    """
    count = Counter(owners.get(one.paper) for one in known if not one.refused)
    asked = {(one.paper, one.answer, one.response) for one in known if not one.refused}
    again = {_again(one) for one in known}
    for one, answer in found:
        if _again(one) in again:
            continue  # the same file again
        why = rule.refusal(received, count[owners[one.paper]])
        if answer.waits:
            why = "it is not marked yet"
        elif not answer.out_of:
            why = "it does not count"
        elif (one.paper, one.answer, one.response) in asked:
            why = "it was asked before"
        taken = replace(one, refused=why)
        if _again(taken) in again:
            continue  # refused before, for the same reason
        if not why:
            asked.add((one.paper, one.answer, one.response))
            count[owners[one.paper]] += 1
        again.add(_again(taken))
        yield taken


def _again(one: Appeal) -> tuple[str, ...]:
    """Return by what the same appeal is known; one that was refused may come again."""
    day = one.received if one.refused else ""
    return (one.paper, one.answer, one.response, one.reason, one.refused, day)
