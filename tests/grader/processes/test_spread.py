"""Work over several processes: the same results in the same order, and clear ends."""

from __future__ import annotations

import os
import signal
from itertools import count, islice
from typing import TYPE_CHECKING

import pytest

from examgen.ground.errors import ExamgenError
from grader.processes.spread import AHEAD, spread

if TYPE_CHECKING:
    from collections.abc import Callable


def square(number: int) -> int:
    return number * number


def refuse(number: int) -> int:
    raise ExamgenError(f"{number} is refused")


def die(_: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_order(jobs: int) -> None:
    assert list(spread(square, range(40), jobs)) == [n * n for n in range(40)]


def test_only_a_few_items_are_taken_ahead() -> None:
    items = count()
    results = spread(square, items, 2)
    assert list(islice(results, 3)) == [0, 1, 4]
    results.close()
    assert next(items) <= 2 * AHEAD + 3


@pytest.mark.parametrize(
    ("work", "said"), [(refuse, "0 is refused"), (die, "a process was killed; run")]
)
def test_what_stops_the_work_is_said(work: Callable[[int], int], said: str) -> None:
    with pytest.raises(ExamgenError, match=said):
        list(spread(work, range(3), 2))
