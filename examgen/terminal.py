"""Progress bars and the like, which a terminal shows and a pipe does not."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def progress_bar(says: str) -> Iterator[Callable[[int, int], None] | None]:
    """Give a function to call with the number done and of all; None where nobody looks.

    Of an interruption it says what the work says, then passes it on.
    """
    try:
        with _bar(says) as progress:
            yield progress
    except KeyboardInterrupt as interrupt:
        print(interrupt.args[0] if interrupt.args else "interrupted", file=sys.stderr)
        raise


@contextmanager
def _bar(says: str) -> Iterator[Callable[[int, int], None] | None]:
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed} of {task.total}, {task.fields[rate]}/s, left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(says, total=None, rate="?")

        def advance(done: int, total: int) -> None:
            speed = progress.tasks[0].speed
            rate = f"{speed:.3g}" if speed else "?"
            progress.update(task, completed=done, total=total, rate=rate)

        yield advance
