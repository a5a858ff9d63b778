"""Work on many papers, in this process or spread over several."""

from __future__ import annotations

from collections import deque
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, TypeVar

from examgen.ground.errors import ExamgenError
from examgen.ground.processes import process_pool

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable
    from concurrent.futures import Future

    T = TypeVar("T")
    R = TypeVar("R")

AHEAD = 8  # items for each process that are on their way; of a class, no more is in memory


def spread(work: Callable[[T], R], items: Iterable[T], jobs: int = 1) -> Generator[R, None, None]:
    """Yield what the work gives for each item, in their order.

    Args:
        work: a function of a module, with what it needs besides; it has no effects.
        items: what it works on.
        jobs: how many processes; 1 is this one.

    Raises:
        ExamgenError: a process was killed.
    """
    if jobs == 1:
        yield from map(work, items)
        return
    with process_pool(jobs) as pool:
        running: deque[Future[R]] = deque()
        try:
            for item in items:
                running.append(pool.submit(work, item))
                if len(running) > AHEAD * jobs:
                    yield running.popleft().result()
            while running:
                yield running.popleft().result()
        except BrokenProcessPool as error:
            raise ExamgenError("a process was killed; run the command again") from error
        finally:
            pool.shutdown(cancel_futures=True)
