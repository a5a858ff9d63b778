"""The pictures of boxes that people look at, cut out of the images by processes with limits."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from examgen.folder.scans import SCANS
from grader.scan.account import Account
from grader.scan.reading.crops import Cut
from grader.scan.records import read_journal
from grader.scan.scan import PAPERS, exam_of, task_of
from grader.scan.work import Readers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from grader.scan.records import PageRecord, ReadRecord


def cut_of(
    target: Path,
    page: PageRecord,
    shown: Iterable[PageRecord | ReadRecord],
    *,
    is_framed: bool = False,
) -> Cut:
    """Return what is to be cut out of an image: the boxes of answers, or the whole of it."""
    task = task_of(target, page)
    corners = tuple(getattr(one, "corners", ()) for one in shown)
    return Cut(task.path, task.number, corners, page.turn, is_framed)


def cut_boxes(
    folder: Path, is_wanted: Callable[[ReadRecord], bool], jobs: int = 2
) -> Iterator[tuple[ReadRecord, bytes]]:
    """Yield the answers that are wanted, of pages that are certain, each with its picture."""
    target = folder / SCANS
    account = Account.of(read_journal(target))
    wanted: dict[str, list[ReadRecord]] = defaultdict(list)
    for read in account.journal.reads.values():
        if is_wanted(read) and account.is_certain(read):
            wanted[read.image].append(read)
    pages = account.journal.pages
    cuts = [cut_of(target, pages[image], reads) for image, reads in wanted.items()]
    with Readers(exam_of(folder), folder / PAPERS, jobs) as readers:
        for reads, pictures in zip(wanted.values(), readers.cut(cuts), strict=True):
            yield from zip(reads, pictures, strict=False)
