"""Work in the process of the tests that a user's computer does in processes of their own.

A process takes a second of the processor to begin. What holds for real ones is tested with the
marker `processes`, and where a command runs as a program.
"""

from __future__ import annotations

import io
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import chdir, contextmanager
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

import pytest

from examgen.cli import main
from grader.processes.worker import Limits, Task, mark_task

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

    from grader.processes.worker import Marker
    from grader.scoring.marked import MarkedPaper

# what the processes of a module keep, of what they are given when they begin
HELD: dict[str, Callable[..., object]] = {
    "generator.folder.make": lambda _, order, work: (order, work),
    "grader.scan.work": lambda module, exam, papers: (exam, module.Prints(papers)),
}

ONE_AT_A_TIME = RLock()


def run(*words: str, cwd: Path | None = None, text: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command from its words to its exit status, in this process."""
    streams = [io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(3)]
    streams[0].write(text)
    streams[0].seek(0)
    with pytest.MonkeyPatch.context() as patch, chdir(cwd or Path.cwd()):
        patch.setattr(sys, "argv", ["examgen", *words])
        for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
            patch.setattr(sys, name, stream)
        status = _status(main)
    shown = (stream.buffer.getvalue().decode() for stream in streams[1:])
    return subprocess.CompletedProcess(["examgen", *words], status, *shown)


def _status(command: Callable[[], None]) -> int:
    try:
        command()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def run_program(
    *words: str, cwd: Path | None = None, **env: str
) -> subprocess.CompletedProcess[str]:
    """Run a command as a user does: as a program."""
    command = [sys.executable, "-m", "examgen", *words]
    surroundings = {**os.environ, "PYTHONPATH": str(Path.cwd()), **env}
    return subprocess.run(  # noqa: S603
        command, cwd=cwd, capture_output=True, text=True, check=False, env=surroundings
    )


class InlinePool(Executor):
    """A stand-in for a pool of processes, which does in this one what it is given."""

    def __init__(
        self, _jobs: int, _context: object, _begin: object, given: tuple[Any, tuple[object, ...]]
    ) -> None:
        begin, held = given
        self._module = sys.modules[begin.__module__] if begin else None
        self._own = [HELD[begin.__module__](self._module, *held)] if begin else []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401
        done: Future[Any] = Future()
        try:
            with self._held():
                done.set_result(_sent(fn(*_sent(args), **_sent(kwargs))))
        except Exception as error:  # noqa: BLE001 - as a pool does
            done.set_exception(error)
        return done

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Let the module of the work hold what it keeps in each process."""
        if self._module is None:
            yield
            return
        with ONE_AT_A_TIME, pytest.MonkeyPatch.context() as patch:
            patch.setattr(self._module, "_own", self._own)
            yield


class InlineWorkers:
    """A stand-in for processes that mark, which marks in this one."""

    def __init__(self, _jobs: int = 1, mark: Marker = mark_task, limits: Limits = Limits()) -> None:  # noqa: B008
        self._mark, self.limits = mark, limits

    def mark_all(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, MarkedPaper]]:
        for task in tasks:
            yield task, _sent(self._mark(_sent(task), lambda _: None))

    def close(self) -> None:
        pass

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _sent(thing: Any) -> Any:  # noqa: ANN401
    """Return what arrives in another process of a thing."""
    return pickle.loads(pickle.dumps(thing))  # noqa: S301 - ours
