"""A process in which answers are checked: one that hangs or eats memory costs its answer alone."""

from __future__ import annotations

import signal
from contextlib import suppress
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any, Self

from examgen.audit.comparison import compare
from examgen.audit.numbers import proves_zero
from examgen.audit.reading import Node, NotRead

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

    from examgen.audit.values import Finding, Options

SECONDS = 10  # of the processor, for one question to the process
MEMORY = 2**31
TOO_MUCH = "the answer needs too much time or memory"


class Bounded:
    """Asks a process of its own, and begins another one where that dies."""

    def __init__(self) -> None:
        self._process: SpawnProcess | None = None
        self._known: dict[object, Finding | str | bool] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.kill()

    def compare(self, kind: str, expected: str, text: str, options: Options) -> Finding | str:
        """Compare an answer with an expected one; the reason where they cannot be compared."""
        found = self._asked(("compare", kind, expected, text, options))
        return TOO_MUCH if isinstance(found, bool) else found

    def proves_zero(self, node: Node, *, positive: bool) -> bool:
        """Return whether SymPy proves within the limits that an expression is zero."""
        return self._asked(("zero", node, positive)) is True

    def _asked(self, question: tuple[object, ...]) -> Finding | str | bool:
        """Return ask, or remember; False where the process died."""
        key = repr(question)
        if key not in self._known:
            if self._process is None:
                self._begin()
            try:
                self._connection.send(question)
                self._known[key] = self._connection.recv()
            except (EOFError, OSError):
                self._process, self._known[key] = None, False
        return self._known[key]

    def _begin(self) -> None:
        context = get_context("spawn")
        self._connection, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(other,), daemon=True)
        self._process.start()
        other.close()


def _serve(connection: Connection[Any, Any]) -> None:
    """Answer questions until the other side hangs up."""
    with suppress(ImportError, ValueError, OSError):  # not every system limits memory
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, ConnectionError):
        while True:
            question = connection.recv()
            signal.setitimer(signal.ITIMER_PROF, SECONDS)
            found = _answer(*question)
            signal.setitimer(signal.ITIMER_PROF, 0)
            connection.send(found)


def _answer(what: str, *given: Any) -> Finding | str | bool:  # noqa: ANN401 - as it was sent
    try:
        return proves_zero(given[0], positive=given[1]) if what == "zero" else compare(*given)
    except NotRead as error:
        return str(error)
    except (MemoryError, RecursionError):
        return False
    except Exception as error:  # noqa: BLE001 - one answer must not end the audit
        return f"a fault of the audit: {type(error).__name__}"
