"""Count how well a made-up stack was read: right, waiting, and silently wrong."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from examgen.ground.errors import Fault, InputError
from examgen.simulation.scans.sheets import Meant
from examgen.simulation.scans.stack import INK, PRINT
from grader.scan.records import Kind, read_journal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.scan.records import Journal, PageRecord, ReadRecord

RIGHT, WAITS, WRONG = "right", "waits", "silently wrong"


@dataclass
class ScanScore:
    """The counts for the images of a made-up stack.

    Attributes:
        counts: of pages, ticks, writing and blanks, by what came of them.
        wrong: each that is silently wrong, in words.
    """

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, what: str, came: str, said: str) -> None:
        """Count one."""
        self.counts[what, came] += 1
        if came == WRONG:
            self.wrong.append(f"{what}: {said}")

    def upper_bound(self, what: str) -> float:
        """Return the share that is silently wrong at most, with 95 % confidence, if none was seen.

        It is the rule of three: 3 of so many tries.
        """
        tries = sum(count for (name, _), count in self.counts.items() if name == what)
        return 3 / tries if tries else 1.0


def compare_scans(simulated: Path, scans: Path) -> ScanScore:
    """Compare what was read of a made-up stack with what is on it.

    Args:
        simulated: a folder that `simulate --scans` wrote.
        scans: the folder `scans` of the exam.

    Raises:
        InputError: there is no such stack, or it is damaged.
    """
    journal, score = read_journal(scans), ScanScore()
    images = {(PurePath(one.source).name, one.number): one for one in journal.pages.values()}
    pages = {(one.paper, one.page): one for one in journal.pages.values() if one.is_read}
    for shown in _shown(simulated / INK):
        place = f"{shown['file']} {shown['number']}"
        if shown["fault"] == PRINT:
            page = pages.get((shown["paper"], shown["page"]))
        else:
            page = images.get((shown["file"], shown["number"]))
        came = _page(page, shown)
        score.add("page", came, f"{place} is taken for {page and (page.paper, page.page)}")
        if page is not None and came == RIGHT and page.is_read:
            for name, one in shown["meant"].items():
                _answer(score, journal, (page.image, name), Meant(**one), place)
    return score


def _page(page: PageRecord | None, shown: dict[str, Any]) -> str:
    """Return what came of an image: right, waiting, or taken for another."""
    if page is None or page.kind is Kind.UNKNOWN:
        return WAITS
    if not shown["page"]:
        return RIGHT if page.kind is Kind.BLANK else WRONG
    is_page = page.kind in {Kind.PAGE, Kind.DUPLICATE}
    return (
        RIGHT if is_page and (page.paper, page.page) == (shown["paper"], shown["page"]) else WRONG
    )


def _answer(
    score: ScanScore, journal: Journal, which: tuple[str, str], meant: Meant, place: str
) -> None:
    read = journal.reads.get(which)
    if meant.way == "written":
        what = "writing" if meant.text.strip() else "empty box"
        came = _seen(read, is_written=bool(meant.text.strip()))
    else:
        what, came = "tick", _ticked(read, meant)
    score.add(
        what, came, f"{place} {which[1]}: {meant.text!r} ({meant.way}) is {read and read.state}"
    )


def _seen(read: ReadRecord | None, *, is_written: bool) -> str:
    if read is None or read.state == "doubt":
        return WAITS
    if is_written:
        return RIGHT if read.state == "written" else WRONG
    return RIGHT if read.state == "blank" else WAITS


def _ticked(read: ReadRecord | None, meant: Meant) -> str:
    if read is None or read.state == "doubt":
        return WAITS
    return RIGHT if meant.is_clear and read.text == meant.text else WRONG


def _shown(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)
    except (OSError, ValueError) as error:
        what = f"there is no stack with its truth: {error}"
        raise InputError([Fault(str(path), 1, what, "simulate it with --scans")]) from error
