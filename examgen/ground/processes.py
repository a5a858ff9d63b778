"""Processes that work for this one, and end when it ends, however that is."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
from concurrent.futures import ProcessPoolExecutor
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_PARENT_DEATH_SIGNAL = 1  # of Linux, see prctl(2)


def process_pool(
    jobs: int, begin: Callable[..., object] | None = None, given: tuple[object, ...] = ()
) -> ProcessPoolExecutor:
    """Give a pool of processes; none of them outlives this process, even if it is killed.

    Args:
        jobs: how many.
        begin: called in each process when it starts; a function of a module.
        given: its arguments.
    """
    # Spawned, since a fork of a process with threads can hang.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, context, _begin, (begin, given))


def _begin(begin: Callable[..., object] | None, given: tuple[object, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # an interrupted process ends without a word
    Thread(target=_end_with_parent, daemon=True).start()
    if begin is not None:
        begin(*given)


def _end_with_parent() -> None:
    """Wait until the process that started this one is gone: its end of a pipe closes then."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def end_with_parent() -> None:
    """Let the program that is about to be started be killed when this process ends.

    For a call between fork and exec. Only Linux can do it; elsewhere such a program goes on until
    its own limit.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
