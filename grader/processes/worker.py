"""One marking process: it marks what it is sent, and cannot outlive its limits.

Run by `grader.processes.pool` as `python -m grader.processes.worker`. Before each answer it writes
down which one it is at, and sets the system's alarms: an answer that hangs ends this process, even
inside a library's C code, and anyone who started it sees where. The time that counts is that of the
processor, so that an answer's mark does not depend on how busy the machine is.
"""

from __future__ import annotations

import mmap
import signal
import sys
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from examgen.folder.key import PaperKey
from grader.scoring.mark_paper import mark_paper

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from grader.records.submissions import Submission
    from grader.scoring.marked import MarkedPaper

    Marker: TypeAlias = "Callable[[Task, Callable[[int], None]], MarkedPaper]"

NOWHERE = 0
TOO_SLOW = (signal.SIGPROF, signal.SIGALRM)


@dataclass(frozen=True)
class Task:
    """A paper to mark.

    Attributes:
        place: its place in the key, from 0.
        key: its line of the key file.
        submission: what was handed in; None where nothing was.
    """

    place: int
    key: bytes
    submission: Submission | None


@dataclass(frozen=True)
class Limits:
    """The limits for one answer.

    Attributes:
        seconds: of the processor.
        waiting: how many times as long it may take by the clock, on a machine that is busy.
        memory: in bytes, for the process that marks it.
    """

    seconds: int = 10
    waiting: int = 30
    memory: int = 2**30


def mark_task(task: Task, at: Callable[[int], None]) -> MarkedPaper:
    """Mark a paper, and say before each answer which one it is, counted from 1."""
    return mark_paper(PaperKey.from_json(task.key), task.submission, at)


def serve(socket: int, place: int) -> None:
    """Mark papers until the other side hangs up."""
    connection: Connection[MarkedPaper, Any] = Connection(socket)
    with mmap.mmap(place, mmap.PAGESIZE) as written, suppress(EOFError, ConnectionError):
        mark, limits = _setup(connection)

        def at(number: int) -> None:
            written[:4] = number.to_bytes(4, "little")
            signal.setitimer(signal.ITIMER_PROF, limits.seconds if number else 0)
            signal.alarm(limits.seconds * limits.waiting if number else 0)

        while True:
            marked = mark(connection.recv(), at)
            at(NOWHERE)
            connection.send(marked)


def _setup(connection: Connection[MarkedPaper, Any]) -> tuple[Marker, Limits]:
    """Return the first message: what marks, and the limits, which hold from then on."""
    mark, limits = connection.recv()
    with suppress(ImportError, ValueError, OSError):  # not every system limits memory
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_DATA, (limits.memory, limits.memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hangs up when it is interrupted
    for too_slow in TOO_SLOW:
        signal.signal(too_slow, signal.SIG_DFL)
    return mark, limits


if __name__ == "__main__":
    serve(*map(int, sys.argv[1:]))
