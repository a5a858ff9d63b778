"""Marking on a Dask cluster: the same marks as on one machine, also when machines are lost."""

from __future__ import annotations

from itertools import islice
from threading import local
from typing import TYPE_CHECKING, Self

from examgen.ground.errors import ExamgenError
from grader.processes.pool import Workers
from grader.scoring.rules import rules_version
from grader.store.store import batches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from distributed import Future

    from grader.processes.worker import Task
    from grader.scoring.marked import MarkedPaper

AT_ONCE = 16
AHEAD = 4


class _Own(local):
    workers: Workers | None = None


_own = _Own()


class Cluster:
    """A running Dask cluster whose machines have the same examgen installed."""

    def __init__(self, scheduler: str) -> None:
        """Connects.

        Raises:
            ExamgenError: Dask is not installed, or the scheduler does not answer.
        """
        try:
            from distributed import Client  # noqa: PLC0415 - an extra
        except ImportError as error:
            how = "install it: pip install 'examgen-toolkit[cluster]'"
            raise ExamgenError(f"Dask is missing; {how}") from error
        try:
            self._client = Client(scheduler, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise ExamgenError(f"the scheduler {scheduler} does not answer: {error}") from error

    def mark_all(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, MarkedPaper]]:
        """Mark papers; only a few for each process are on their way at any time.

        Raises:
            ExamgenError: the cluster was lost, or its rules are not those of this machine.
        """
        from distributed import as_completed  # noqa: PLC0415 - an extra

        waiting = batches(tasks, AT_ONCE)
        ahead = AHEAD * max(1, sum(self._client.nthreads().values()))
        running = {self._submit(some): some for some in islice(waiting, ahead)}
        finished = as_completed(running, loop=self._client.loop)
        for future in finished:
            some = running.pop(future)
            try:
                version, papers = future.result()
            except Exception as error:
                raise ExamgenError(f"the cluster could not mark: {error}") from error
            if version != rules_version():
                raise ExamgenError("the cluster has another version of examgen; install this one")
            yield from zip(some, papers, strict=True)
            for more in islice(waiting, 1):
                new = self._submit(more)
                running[new] = more
                finished.add(new)

    def _submit(self, tasks: list[Task]) -> Future[tuple[str, list[MarkedPaper]]]:
        return self._client.submit(mark_tasks, tasks, pure=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()


def mark_tasks(tasks: list[Task]) -> tuple[str, list[MarkedPaper]]:
    """Mark papers on a machine of the cluster, in a process that may die; tells its rules."""
    _own.workers = _own.workers or Workers(1)
    papers = [paper for _, paper in _own.workers.mark_all(tasks)]
    return rules_version(), papers
