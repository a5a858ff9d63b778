"""Processes that mark papers; one that dies of an answer costs that answer and nothing else.

A worker that hangs, crashes or eats memory ends. Another takes its place, the paper is marked again
without the answer it died of, and that answer waits for a person.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Self

from answers.key import PaperKey
from grader.submissions import Doubt
from grader.worker import NOWHERE, Limits, Task, mark_task
from solvers.errors import ExamgenError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grader.marks import MarkedPaper
    from grader.worker import Marker

TRIES = 2


@dataclass(frozen=True)
class Death:
    """How a worker ended.

    Attributes:
        answer: at which answer of the paper, counted from 1; 0 at none.
        hung: whether it took too long.
        status: its exit status, negative for a signal.
    """

    answer: int
    hung: bool
    status: int


class Worker:
    """One marking process, replaced when it dies."""

    def __init__(self, mark: Marker, limits: Limits) -> None:
        self._setup = (mark, limits)
        self.task: Task | None = None
        self.deaths: list[Death] = []
        self._start()

    def _start(self) -> None:
        self._place = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `close`
        self._place.truncate(os.sysconf("SC_PAGESIZE"))
        mine, theirs = socket.socketpair()
        handles = (theirs.fileno(), self._place.fileno())
        surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "grader.worker", *map(str, handles)],
            pass_fds=handles,
            stdin=subprocess.DEVNULL,
            env=surroundings,
        )
        theirs.close()
        self.connection: Connection[object, MarkedPaper] = Connection(mine.detach())
        self._send(self._setup)

    def begin(self, task: Task) -> None:
        """Sends a paper to be marked."""
        self.task, self.deaths = task, []
        self._send(task)

    def _send(self, message: object) -> None:
        with suppress(OSError):  # it is dead, which `result` sees
            self.connection.send(message)

    def result(self) -> MarkedPaper | None:
        """The marked paper; None if the worker died of it and another is at it now."""
        try:
            marked = self.connection.recv()
        except (EOFError, OSError):
            self._again()
            return None
        self.task = None
        return marked

    def _again(self) -> None:
        """Takes up the paper once more, without the answer that the worker died of."""
        death = self._death()
        self.close()
        self.deaths.append(death)
        at_once = death.hung or [d.answer for d in self.deaths].count(death.answer) >= TRIES
        if at_once and self.task is not None:
            if death.answer == NOWHERE:
                why = f"exit status {death.status}; see what it printed above"
                raise ExamgenError(f"a marking process cannot run: {why}")
            self.task = without(self.task, death, self._setup[1])
        self._start()
        if self.task is not None:
            self._send(self.task)

    def _death(self) -> Death:
        status = self._process.wait()
        self._place.seek(0)
        answer = int.from_bytes(self._place.read(4), "little")
        return Death(answer, status == -signal.SIGALRM, status)

    def close(self) -> None:
        """Ends the process."""
        self.connection.close()
        self._place.close()
        self._process.kill()
        self._process.wait()


def without(task: Task, death: Death, limits: Limits) -> Task:
    """The paper with one answer left to a person: the one that a worker died of."""
    if task.submission is None:
        raise ExamgenError("a marking process died of a paper that nobody handed in")
    answer = PaperKey.from_json(task.key).answers[death.answer - 1].id
    given = task.submission.answers.get(answer, "")
    texts = given.texts if isinstance(given, Doubt) else (given,)
    why = (
        f"marking this took more than {limits.seconds} s and was stopped"
        if death.hung
        else "the program that marks failed on this answer"
    )
    answers = {**task.submission.answers, answer: Doubt(why, texts)}
    return replace(task, submission=replace(task.submission, answers=answers))


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
        self._workers = [Worker(mark, limits) for _ in range(jobs)]

    def marked(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, MarkedPaper]]:
        """Marks papers; each comes as soon as it is done, with its task."""
        waiting = iter(tasks)
        idle = list(self._workers)
        busy: dict[object, tuple[Worker, Task]] = {}
        while True:
            while idle and (task := next(waiting, None)):
                worker = idle.pop()
                worker.begin(task)
                busy[worker.connection] = (worker, task)
            if not busy:
                return
            for connection in wait([worker.connection for worker, _ in busy.values()]):
                worker, task = busy.pop(connection)
                found = worker.result()
                if found is None:
                    busy[worker.connection] = (worker, task)
                else:
                    idle.append(worker)
                    yield task, found

    def close(self) -> None:
        """Ends all processes."""
        for worker in self._workers:
            worker.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
