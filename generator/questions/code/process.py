"""Processes that run code beside questions: one for each file, started when it is first needed."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import generator
from examgen.ground.processes import end_with_parent

if TYPE_CHECKING:
    from collections.abc import Mapping

SECONDS = 10  # of computing, for one call
PATIENCE = 120  # seconds, where the code cannot be stopped in its own process
MOST_PROCESSES = 16
MOST_BYTES = 1 << 22
_running: OrderedDict[Source, _Process] = OrderedDict()


class Source(NamedTuple):
    """A file of code, as it was read, and the name of its question."""

    file: str
    name: str
    text: str


class Failed(Exception):
    """The code did not give an answer.

    Attributes:
        line: of the author's file; None where it is not known.
    """

    def __init__(self, what: str, line: int | None = None) -> None:
        super().__init__(what)
        self.line = line


def ask(source: Source, order: Mapping[str, object]) -> dict[str, str]:
    """Return what the code gives: texts by their names.

    Raises:
        Failed: it gave none.
    """
    process = _running.get(source)
    if process is None:
        process = _running[source] = _Process()
        process.ask({**source._asdict(), "seconds": SECONDS})
    _running.move_to_end(source)
    while len(_running) > MOST_PROCESSES:
        _running.popitem(last=False)[1].end()
    try:
        return process.ask(order)
    except _Ended as error:
        del _running[source]
        raise Failed(str(error)) from error


class _Ended(Exception):
    """The process is gone, or has to go."""


class _Process:
    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-s", "-P", "-m", "generator.questions.code.worker"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=_environment(), cwd="/", preexec_fn=end_with_parent,  # noqa: PLW1509
        )  # fmt: skip

    def ask(self, order: Mapping[str, object]) -> dict[str, str]:
        """Return what is found; Failed where the code fails, _Ended where its process does."""
        answer = json.loads(self._line(json.dumps(order)))
        if "error" in answer:
            raise Failed(str(answer["error"]["what"]), answer["error"]["line"])
        found: dict[str, str] = answer["found"]
        return found

    def _line(self, order: str) -> bytes:
        assert self.process.stdin is not None and self.process.stdout is not None  # noqa: S101, PT018
        answer, until = b"", time.monotonic() + PATIENCE
        try:
            self.process.stdin.write(f"{order}\n".encode())
            self.process.stdin.flush()
            while not answer.endswith(b"\n"):
                ready, _, _ = select.select([self.process.stdout], [], [], until - time.monotonic())
                piece = os.read(self.process.stdout.fileno(), 1 << 16) if ready else b""
                answer += piece
                if not piece or len(answer) > MOST_BYTES:
                    self.end()
                    raise _Ended("it ended its process" if ready else "it could not be stopped")
        except (BrokenPipeError, ValueError) as error:
            raise _Ended("it ended its process") from error
        return answer

    def end(self) -> None:
        """End the process."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()


def _environment() -> dict[str, str]:
    """Return an environment in which code runs alike everywhere, and numpy with one thread."""
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    root = str(Path(generator.__file__).parents[1])
    return {**os.environ, **threads, "PYTHONHASHSEED": "0", "PYTHONPATH": root}
