"""Processes that mark papers; one that dies of an answer costs that answer and nothing else.

Each has the next paper while it marks one, so that it need not wait until the results of others
are kept. A worker that hangs, crashes or eats memory ends. Another takes its place, the paper is
marked again without the answer it died of, and that answer waits for a person. It is not tried
again on other papers where it would be marked in the same way.
"""

from __future__ import annotations

import os
import pickle
import socket
import subprocess
import sys
import tempfile
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Self

from examgen.folder.key import PaperKey
from examgen.ground.errors import ExamgenError
from grader.processes.worker import NOWHERE, TOO_SLOW, Limits, Task, mark_task
from grader.records.submissions import Doubt, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from examgen.folder.key import PartKey
    from grader.processes.worker import Marker
    from grader.records.submissions import Given, Submission
    from grader.scoring.marked import MarkedPaper

TRIES = 2
AHEAD = 2
SHORT = 1 << 16  # bytes that a connection takes while the other side is busy


@dataclass(frozen=True)
class Death:
    """The way in which a worker ended.

    Attributes:
        answer: at which answer of the paper, counted from 1; 0 at none.
        hung: whether it took too long.
        status: its exit status, negative for a signal.
    """

    answer: int
    hung: bool
    status: int


@dataclass(frozen=True)
class Fatal:
    """An answer that a worker died of, with all that its marking depends on.

    Attributes:
        part: the key of its part.
        texts: what was handed in for the part, up to this answer.
        why: for the person who has to look at it.
    """

    part: PartKey
    answer: str
    texts: Mapping[str, Given | None]
    why: str

    @classmethod
    def of(cls, death: Death, submission: Submission, key: PaperKey, limits: Limits) -> Self:
        """Return what a worker died of."""
        part, answer = [(part, a.id) for part in key.parts for a in part.answers][death.answer - 1]
        ids = [item.id for item in part.answers]
        before = ids[: ids.index(answer) + 1]
        texts = {name: submission.answers.get(name) for name in before}
        long = f"marking this took more than {limits.seconds} s and was stopped"
        why = long if death.hung else "the program that marks failed on this answer"
        return cls(part, answer, texts, why)

    def is_in(self, task: Task) -> bool:
        """Return whether a paper holds the same texts for the same key."""
        given = task.submission.answers if task.submission else {}
        same = all(given.get(name) == text for name, text in self.texts.items())
        return same and self.part in PaperKey.from_json(task.key).parts

    def left_out(self, submission: Submission) -> Submission:
        """Return a submission with this answer left to a person."""
        texts = texts_of(self.texts[self.answer] or "")
        return replace(
            submission, answers={**submission.answers, self.answer: Doubt(self.why, texts)}
        )


class Worker:
    """One marking process, replaced when it dies.

    Args:
        mark: what marks a paper.
        limits: what one answer may take.
        fatal: what workers died of; shared by all of them.
    """

    def __init__(self, mark: Marker, limits: Limits, fatal: list[Fatal]) -> None:
        self._setup = (mark, limits)
        self._fatal = fatal
        self.tasks: deque[Task] = deque()
        self._unsent: deque[bytes] = deque()
        self.deaths: list[Death] = []
        self._start()

    def _start(self) -> None:
        self._place = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `close`
        self._place.truncate(os.sysconf("SC_PAGESIZE"))
        mine, theirs = socket.socketpair()
        handles = (theirs.fileno(), self._place.fileno())
        surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "grader.processes.worker", *map(str, handles)],
            pass_fds=handles,
            stdin=subprocess.DEVNULL,
            env=surroundings,
        )
        theirs.close()
        self.connection: Connection[object, MarkedPaper] = Connection(mine.detach())
        self._send(pickle.dumps(self._setup))

    def begin(self, task: Task) -> None:
        """Give it a paper to mark after those that it has."""
        self.tasks.append(task)
        self._queue(task)

    def _queue(self, task: Task) -> None:
        """Queue a paper, without what workers died of."""
        given = task.submission
        for fatal in self._fatal:
            if given and fatal.is_in(task):
                given = fatal.left_out(given)
        self._unsent.append(pickle.dumps(replace(task, submission=given)))
        self._send_on()

    def _send_on(self) -> None:
        """Send papers; a long one only when the worker waits for it: else both could wait."""
        while self._unsent:
            waits = len(self._unsent) == len(self.tasks)
            if not waits and len(self._unsent[0]) > SHORT:
                return
            self._send(self._unsent.popleft())

    def _send(self, message: bytes) -> None:
        with suppress(OSError):  # it is dead, which `result` sees
            self.connection.send_bytes(message)

    def result(self) -> tuple[Task, MarkedPaper] | None:
        """Return a marked paper; None if the worker died of it and another is at it now."""
        try:
            marked = self.connection.recv()
        except (EOFError, OSError):
            self._again()
            return None
        self.deaths = []
        task = self.tasks.popleft()
        self._send_on()
        return task, marked

    def _again(self) -> None:
        """Take up the papers once more, without the answer that the worker died of."""
        death = self._death()
        self.close()
        self.deaths.append(death)
        at_once = death.hung or [d.answer for d in self.deaths].count(death.answer) >= TRIES
        if at_once and self.tasks:
            if death.answer == NOWHERE:
                why = f"exit status {death.status}; see what it printed above"
                raise ExamgenError(f"a marking process cannot run: {why}")
            self._note(self.tasks[0], death)
        self._start()
        self._unsent.clear()
        for task in self.tasks:
            self._queue(task)

    def _note(self, task: Task, death: Death) -> None:
        """Keep what this worker died of, which none shall try again."""
        if task.submission is None:
            raise ExamgenError("a marking process died of a paper that nobody handed in")
        key = PaperKey.from_json(task.key)
        self._fatal.append(Fatal.of(death, task.submission, key, self._setup[1]))

    def _death(self) -> Death:
        status = self._process.wait()
        self._place.seek(0)
        answer = int.from_bytes(self._place.read(4), "little")
        return Death(answer, -status in TOO_SLOW, status)

    def close(self) -> None:
        """End the process."""
        self.connection.close()
        self._place.close()
        self._process.kill()
        self._process.wait()


class Workers:
    """Several marking processes.

    Args:
        jobs: how many.
        mark: what marks a paper: a function of a module, which the processes import.
        limits: what one answer may take.
    """

    def __init__(
        self,
        jobs: int = 1,
        mark: Marker = mark_task,
        limits: Limits = Limits(),  # noqa: B008
    ) -> None:
        fatal: list[Fatal] = []
        self._workers = [Worker(mark, limits, fatal) for _ in range(jobs)]

    def mark_all(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, MarkedPaper]]:
        """Mark papers; each comes as soon as it is done, with its task."""
        waiting = iter(tasks)
        while True:
            for worker in self._workers * AHEAD:
                if len(worker.tasks) < AHEAD and (task := next(waiting, None)):
                    worker.begin(task)
            busy: dict[object, Worker] = {w.connection: w for w in self._workers if w.tasks}
            if not busy:
                return
            for connection in wait([worker.connection for worker in busy.values()]):
                if found := busy[connection].result():
                    yield found

    def close(self) -> None:
        """End all processes."""
        for worker in self._workers:
            worker.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
