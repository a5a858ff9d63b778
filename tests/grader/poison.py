"""A judge that some texts hang, crash or bloat, for processes that are to survive it."""

from __future__ import annotations

import ctypes
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import grader.scoring.mark_paper
from grader.processes.worker import mark_task
from grader.scoring.rules import judge_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from answers.verdict import Judgement
    from examgen.folder.key import AnswerKey
    from grader.processes.worker import Task
    from grader.scoring.marked import MarkedPaper


def mark_poisoned(task: Task, at: Callable[[int], None]) -> MarkedPaper:
    """Marks a paper with the poisoned judge."""
    setattr(grader.scoring.mark_paper, "judge_text", _judged)  # noqa: B010 - in a process of its own
    return mark_task(task, at)


def fail_at_once(task: Task, at: Callable[[int], None]) -> MarkedPaper:  # noqa: ARG001
    """Ends the process before any answer."""
    os._exit(7)


def _judged(answer: AnswerKey, expected: str, text: str) -> Judgement:
    if text.startswith("note "):
        path, _, text = text.removeprefix("note ").partition(", ")
        with Path(path).open("a") as notes:
            notes.write("x")
    match text:
        case "spin":
            while True:
                pass
        case "sleep":
            time.sleep(600)
        case "exit":
            os._exit(3)
        case "segfault":
            ctypes.string_at(0)
        case "memory":
            held = [b"x" * 2**24 for _ in range(2**12)]
            raise AssertionError(len(held))
    return judge_text(answer, expected, text)
