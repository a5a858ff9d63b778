"""Processes that end with the one that started them, whatever ends that one."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time

_PARENT_DEATH_SIGNAL = 1
_SECONDS = 0.5


def end_with_parent(parent: int | None = None) -> None:
    """Let this process be killed when the one that started it ends, also by SIGKILL.

    Linux does it by itself; elsewhere a thread looks for it, unless there is no time for one.

    Args:
        parent: the id of the process that started this one; None between fork and exec, where only
            the system call is made.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    elif parent is not None:
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()
    if parent is not None and os.getppid() != parent:
        os._exit(1)  # it ended before this was asked for


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_SECONDS)
    os._exit(1)
