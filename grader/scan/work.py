"""Processes that read images; one that dies of an image costs that image and nothing else."""

from __future__ import annotations

import atexit
import os
import resource
import signal
from collections import deque
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import TYPE_CHECKING, Self, TypeAlias, TypeVar

import cv2

from examgen.ground.processes import process_pool
from grader.scan.reading.crops import cut_out
from grader.scan.reading.images import Unusable, count_images
from grader.scan.reading.prints import Prints
from grader.scan.reading.read_image import read_image
from grader.scan.records import Kind
from grader.scan.twice import difference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Executor, Future
    from pathlib import Path

    from grader.scan.reading.crops import Cut
    from grader.scan.reading.read_image import Exam, Task
    from grader.scan.records import PageRecord, ReadRecord
    from grader.scan.twice import Pair

    Done: TypeAlias = tuple[list[PageRecord], list[ReadRecord]]

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

SECONDS, MEMORY = 120, 3 << 29  # of the processor for an image, and bytes for a process
AHEAD = 4  # images that wait for each process
KILLED = "reading it took too much time or memory, or ended the program that reads"


class Readers:
    """Processes that read the images of an exam.

    Args:
        exam: whose papers they are.
        papers: the folder of their PDFs.
        jobs: how many processes.
    """

    def __init__(self, exam: Exam, papers: Path, jobs: int) -> None:
        self._given = (exam, papers)
        self._jobs = jobs
        self._pool: Executor | None = None

    def count(self, paths: Sequence[Path]) -> Iterator[int | str]:
        """Yield how many images each file has, or why it cannot be read."""
        return self._each(_count, paths, lambda _: KILLED)

    def read(self, tasks: Sequence[Task]) -> Iterator[Done]:
        """Yield what is read of each image, in their order."""
        return self._each(_read, tasks, _killed)

    def compare(self, pairs: Sequence[Pair]) -> Iterator[float]:
        """Yield how much ink two images of a page do not share; without end if that is unknown."""
        return self._each(_compare, pairs, lambda _: float("inf"))

    def cut(self, cuts: Sequence[Cut]) -> Iterator[list[bytes]]:
        """Yield the pictures of boxes of each image; none where they cannot be cut out."""
        return self._each(_cut, cuts, lambda _: [])

    def _each(
        self,
        work: Callable[[_Item], _Result],
        items: Sequence[_Item],
        killed: Callable[[_Item], _Result],
    ) -> Iterator[_Result]:
        """Yield what is made of each item; of one that ends its process, what is said of it."""
        todo = deque(items)
        while todo:
            with suppress(BrokenProcessPool):
                for result in self._together(work, list(todo)):
                    todo.popleft()
                    yield result
                continue
            yield self._alone(work, todo.popleft(), killed)  # it, or one beside it, was it

    def _together(
        self, work: Callable[[_Item], _Result], items: Sequence[_Item]
    ) -> Iterator[_Result]:
        try:
            yield from _in_order(self._at_work(), work, items, self._jobs * AHEAD)
        except BrokenProcessPool:
            self.close()
            raise

    def _alone(
        self,
        work: Callable[[_Item], _Result],
        item: _Item,
        killed: Callable[[_Item], _Result],
    ) -> _Result:
        try:
            return self._at_work().submit(work, item).result()
        except BrokenProcessPool:
            self.close()
            return killed(item)

    def _at_work(self) -> Executor:
        """Return the processes; they start when something is to be done."""
        if self._pool is None:
            self._pool = process_pool(self._jobs, _begin, self._given)
        return self._pool

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
        self._pool = None

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the processes."""
        self.close()


def _in_order(
    pool: Executor,
    work: Callable[[_Item], _Result],
    items: Sequence[_Item],
    ahead: int,
) -> Iterator[_Result]:
    waiting: deque[Future[_Result]] = deque()
    for item in items:
        waiting.append(pool.submit(work, item))
        if len(waiting) > ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _killed(task: Task) -> Done:
    return [task.record(Kind.UNKNOWN, why=KILLED)], []


# -- in the processes -----------------------------------------------------------------------------

_own: list[tuple[Exam, Prints]] = []


def _begin(exam: Exam, papers: Path) -> None:
    cv2.setNumThreads(1)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    atexit.register(os._exit, 0)  # the reader of codes complains where a process is taken apart
    _own.append((exam, Prints(papers)))


def _limited(work: Callable[[_Item], _Result], item: _Item) -> _Result:
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        return work(item)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _count(path: Path) -> int | str:
    try:
        return _limited(count_images, path)
    except Unusable as error:
        return str(error)
    except Exception as error:  # noqa: BLE001 - what one stranger wrote must not stop a class
        return f"reading this file failed: {type(error).__name__}: {error}"


def _read(task: Task) -> Done:
    ((exam, prints),) = _own
    try:
        return _limited(lambda one: read_image(one, exam, prints), task)
    except Exception as error:  # noqa: BLE001 - what one stranger wrote must not stop a class
        why = f"reading this image failed: {type(error).__name__}: {error}"
        return [task.record(Kind.UNKNOWN, why=why)], []


def _compare(pair: Pair) -> float:
    ((_, prints),) = _own
    try:
        return _limited(lambda one: difference(one, prints), pair)
    except Exception:  # noqa: BLE001 - then a person compares them
        return float("inf")


def _cut(cut: Cut) -> list[bytes]:
    try:
        return _limited(cut_out, cut)
    except Exception:  # noqa: BLE001 - no picture costs the others theirs
        return []
