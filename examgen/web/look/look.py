"""`examgen scan DIR --look`: the pages until Ctrl-C, then the answers for `grade`."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from examgen.folder.scans import SCANS
from examgen.ground.errors import ExamgenError
from examgen.ground.privacy import keeps_private
from examgen.web.look.desk import Desk
from examgen.web.look.pictures import Pictures
from examgen.web.look.verdicts import Judge
from examgen.web.look.views import Views
from examgen.web.serving import serve
from grader.scan.scan import PAPERS, exam_of, sum_up
from grader.scan.work import Readers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from examgen.folder.students import Student


@keeps_private
def look(
    folder: Path,
    names: Sequence[str],
    roster: Sequence[Student],
    port: int,
    jobs: int,
    say: Callable[[str], None],
) -> None:
    """Let people settle what waits, until Ctrl-C; then write the answers for `grade`.

    Args:
        folder: the exam folder, whose scans were read.
        names: who settles it; each gets a link.
        roster: who may have taken papers that were made for nobody.
        port: 0 for any.
        jobs: how many processes cut out pictures.
        say: called with each line for the terminal.

    Raises:
        ExamgenError: the pages of this folder are open already, or the port is not free.
    """
    with _alone(folder / SCANS), views_of(folder, roster, jobs) as views:
        serve(views.site(), names, port, say)
        sum_up(folder)


@contextmanager
def views_of(folder: Path, roster: Sequence[Student], jobs: int) -> Iterator[Views]:
    """Open the pages of an exam's scans, with the processes that work for them."""
    with Readers(exam_of(folder), folder / PAPERS, jobs) as readers:
        desk = Desk(folder, readers)
        judge = Judge(desk)
        try:
            yield Views(desk, Pictures(desk), judge, roster)
        finally:
            judge.close()


@contextmanager
def _alone(scans: Path) -> Iterator[None]:
    """Hold the folder: leases are known to one server only."""
    handle = os.open(scans, os.O_RDONLY)
    try:
        _lock(handle, scans)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, scans: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        what = "its pages are open in another terminal; give several names there: --by A --by B"
        raise ExamgenError(f"{scans}: {what}") from error
