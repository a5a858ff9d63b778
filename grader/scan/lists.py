"""List what waits for a person, with pictures: pages to place, answers to type.

The table comes back filled in: `typed` holds what is written, verbatim, and `is` one of the words
that say what else there is to say. What is left empty waits on.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from typing import TYPE_CHECKING

from examgen.folder.key_file import key_file
from examgen.folder.pages.form_fields import COVER, PLACE
from examgen.folder.scans import CROPS, SCANS
from examgen.ground.csv_cells import guard_cell, table
from examgen.ground.files import write_whole
from examgen.ground.privacy import keeps_private
from grader.scan.account import Account
from grader.scan.pictures import cut_of
from grader.scan.records import Kind, read_journal
from grader.scan.scan import KEY, PAPERS, exam_of
from grader.scan.work import Readers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grader.scan.records import PageRecord, ReadRecord

LIST = "waiting.csv"
COLUMNS = ("image", "answer", "typed", "is")
_SHOWN = ("paper", "page", "label", "options", "why", "picture", "source", "number")
PLACES = "PAPER/PAGE as 017/03, PAPER of an extra sheet or back, foreign, blank, duplicate"


@keeps_private
def write_list(folder: Path, jobs: int = 1) -> tuple[Path, ...]:
    """Write the table of what waits, and its pictures.

    Raises:
        ExamgenError: they cannot be written.
    """
    target = folder / SCANS
    account = Account.of(read_journal(target))
    pages, answers = list(_pages(account)), list(_answers(account))
    pictures = {
        id(one): f"{CROPS}/{place:05d}.jpg" for place, one in enumerate((*pages, *answers), 1)
    }
    shutil.rmtree(target / CROPS, ignore_errors=True)
    (target / CROPS).mkdir()
    with Readers(exam_of(folder), folder / PAPERS, jobs) as readers:
        _write_pictures(readers, target, account, (*pages, *answers), pictures)
    rows = [
        *(_page_row(account, page, pictures[id(page)]) for page in pages),
        *_answer_rows(folder, account, answers, pictures),
    ]
    text = table((*COLUMNS, *_SHOWN), rows)
    return write_whole(target / LIST, f"\ufeff{text}"), target / CROPS


def _pages(account: Account) -> Iterator[PageRecord]:
    """Yield the images that a person has to place."""
    for page in account.journal.pages.values():
        is_unplaced = page.kind in {Kind.UNKNOWN, Kind.SPARE} and not page.paper
        if is_unplaced or (page.kind is Kind.PAGE and account.doubt((page.paper, page.page))):
            yield page


def _answers(account: Account) -> list[ReadRecord]:
    """Return the answers to type, equal ones beside each other: by answer, then by paper."""
    order: dict[str, int] = {}
    waiting = list(account.waiting())
    for read in waiting:
        order.setdefault(read.answer, len(order))
    return sorted(waiting, key=lambda read: (order[read.answer], read.paper, read.image))


def _write_pictures(
    readers: Readers,
    target: Path,
    account: Account,
    waiting: tuple[PageRecord | ReadRecord, ...],
    pictures: dict[int, str],
) -> None:
    """Write what is cut out of each image; of a picture that cannot be, the row says the image."""
    wanted: dict[str, list[PageRecord | ReadRecord]] = defaultdict(list)
    for one in waiting:
        wanted[one.image].append(one)
    cuts = [cut_of(target, account.journal.pages[image], ones) for image, ones in wanted.items()]
    for ones, found in zip(wanted.values(), readers.cut(cuts), strict=True):
        for one, picture in zip(ones, found, strict=False):
            (target / pictures[id(one)]).write_bytes(picture)


def _page_row(account: Account, page: PageRecord, picture: str) -> list[str]:
    why = page.why
    if page.kind is Kind.PAGE:
        why = account.doubt((page.paper, page.page))
    number = str(page.page or "")
    shown = (page.paper, number, "", PLACES, why, picture, page.source, str(page.number))
    return [page.image, "", "", "", *shown]


def _answer_rows(
    folder: Path, account: Account, answers: list[ReadRecord], pictures: dict[int, str]
) -> Iterator[list[str]]:
    asked = {a.id: a for key in key_file(folder / KEY).roll for a in key.answers}
    for read in answers:
        answer, _, place = read.answer.partition(PLACE)
        key = asked.get(answer)
        label = key.label if key is not None else answer.removeprefix(COVER)
        label = f"{label}, box {place}" if place else label
        options = "; ".join(getattr(key, "choices", ())) if key is not None else ""
        page = account.journal.pages[read.image]
        why = read.why or ("written by hand" if read.state == "written" else "nothing is seen")
        shown = (read.paper, str(read.page), label, options, why, pictures[id(read)])
        yield [
            read.image,
            read.answer,
            guard_cell(read.text),
            "",
            *shown,
            page.source,
            str(page.number),
        ]
