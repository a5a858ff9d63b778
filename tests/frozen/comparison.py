"""Compares how frozen answers were marked with how they are marked now."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from rich.console import Console
from rich.table import Table

from grader.results.read import read_results

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

HERE = Path(__file__).parent
CHANGES = HERE / "CHANGES.csv"
MISSING = "missing"
_LONGEST = 60


@dataclass(frozen=True, order=True)
class Change:
    """A row of `CHANGES.csv`: an answer that is marked in another way than it was frozen.

    Attributes:
        before: verdict, mistake and marks as they were frozen.
        after: the same as they are now.
        reason: words of the changelog.
    """

    folder: str
    paper: str
    answer: str
    before: str
    after: str
    reason: str = ""


COLUMNS = tuple(field.name for field in fields(Change))


@dataclass(frozen=True)
class Outcome:
    """The text of an answer as it is kept, and its marking: `mistake no_bias 1`, `undecided`."""

    text: str | None
    marked: str


Outcomes: TypeAlias = "Mapping[tuple[str, str], Outcome]"


def read_frozen(path: Path) -> Outcomes:
    """Read outcomes by paper and answer from lines of JSON that an earlier version wrote."""
    records = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return {
        (r["paper"], r["answer"]): _outcome(r["response"], r["verdict"], r["mistake"], r["marks"])
        for r in records
    }


def read_graded(grades: Path) -> Outcomes:
    """Read outcomes by paper and answer from results that this version wrote."""
    return {
        (paper.paper, answer.id): _outcome(
            answer.text, answer.verdict.value, answer.mistake, answer.marks
        )
        for paper in read_results(grades)
        for answer in paper.answers
    }


def _outcome(text: str | None, verdict: str, mistake: str, marks: object) -> Outcome:
    words = (verdict, mistake, "" if marks is None else str(marks))
    return Outcome(text, " ".join(filter(None, words)))


def read_changes(path: Path = CHANGES) -> list[Change]:
    """Read the changes that are wanted."""
    with path.open(encoding="utf-8", newline="") as file:
        return [Change(*(row[name] for name in COLUMNS)) for row in csv.DictReader(file)]


def unwanted(folder: str, frozen: Outcomes, now: Outcomes, wanted: Iterable[Change]) -> str:
    """Return the changes that nobody wants, as text to read; empty if there are none."""
    found = sorted(set(_changes(folder, frozen, now)) - _listed(folder, wanted))
    texts = {place: outcome.text for place, outcome in {**now, **frozen}.items()}
    return "\n".join(_said(found, texts)) if found else ""


def idle(folder: str, frozen: Outcomes, now: Outcomes, wanted: Iterable[Change]) -> str:
    """Return the wanted changes that do not happen, as text to read; empty if there are none."""
    found = sorted(_listed(folder, wanted) - set(_changes(folder, frozen, now)))
    what = f"rows of tests/frozen/CHANGES.csv that do not happen ({len(found)}); take them out:"
    return f"{what}\n{rows(found)}" if found else ""


def _listed(folder: str, wanted: Iterable[Change]) -> set[Change]:
    return {replace(change, reason="") for change in wanted if change.folder == folder}


def _changes(folder: str, frozen: Outcomes, now: Outcomes) -> Iterator[Change]:
    for place in dict.fromkeys((*frozen, *now)):
        before, after = frozen.get(place), now.get(place)
        if before != after:
            yield Change(folder, *place, *_words(before, after))


def _words(before: Outcome | None, after: Outcome | None) -> tuple[str, str]:
    """Return two outcomes in words, with the texts where these differ."""
    if before is None or after is None or before.text == after.text:
        return before.marked if before else MISSING, after.marked if after else MISSING
    return f"{before.marked} for {before.text!r}", f"{after.marked} for {after.text!r}"


def _said(changes: list[Change], texts: Mapping[tuple[str, str], str | None]) -> Iterator[str]:
    yield f"frozen answers that are marked in another way than they were ({len(changes)}):"
    yield _table(changes, texts)
    yield "Mend the code; or, if each of these is wanted, add the rows to"
    yield "tests/frozen/CHANGES.csv, with words of CHANGELOG.md as their reason:"
    yield rows(changes)


def _table(changes: Iterable[Change], texts: Mapping[tuple[str, str], str | None]) -> str:
    table = Table("paper", "answer", "text", "before", "after", box=None, pad_edge=False)
    for change in changes:
        text = repr(texts[change.paper, change.answer])
        short = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
        table.add_row(change.paper, change.answer, short, change.before, change.after)
    console = Console(file=io.StringIO(), width=160, markup=False, highlight=False)
    with console.capture() as capture:
        console.print(table)
    return capture.get()


def rows(changes: Iterable[Change]) -> str:
    """Return changes as rows of `CHANGES.csv`."""
    target = io.StringIO(newline="")
    csv.writer(target, lineterminator="\n").writerows(map(astuple, changes))
    return target.getvalue()
