"""Run examgen in processes of its own, and watch their time and memory."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from pathlib import Path

EXAMGEN = [sys.executable, "-m", "examgen"]
WORKERS = 2


@dataclass(frozen=True)
class Run:
    """One run: wall and CPU seconds, and the peak of all its processes together."""

    seconds: float
    cpu: float
    mebibytes: float


def time_command(words: list[str]) -> Run:
    """Run a command and watch it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603
        words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    peak = 0
    while True:
        peak = max(peak, memory())
        try:
            _, said = process.communicate(timeout=0.05)
            break
        except subprocess.TimeoutExpired:
            continue
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise SystemExit(f"{' '.join(words)} failed:\n{said.decode()}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(seconds, cpu, peak / 2**20)


def memory() -> int:
    """Return the memory of all processes below this one; pages that they share count for each."""
    found = 0
    for one in psutil.Process(os.getpid()).children(recursive=True):
        try:
            found += one.memory_info().rss
        except psutil.NoSuchProcess:  # it ended a moment ago
            continue
    return found


def line(cells: tuple[str, ...]) -> str:
    """Return a line of a table."""
    return "| " + " | ".join(cells) + " |"


def publish(page: Path, tables: str) -> None:
    """Put tables in the place of those that a page of the documentation has."""
    before, _, _ = page.read_text("utf-8").partition("<!-- tables -->\n")
    page.write_text(f"{before}<!-- tables -->\n\n{tables}", "utf-8")
