"""The process in which code beside a question runs: `python -m generator.questions.code.worker`.

It reads JSON lines and writes one for each: first the source, then what to call. What the code
prints goes nowhere, and it has no input. An error names the last line of the author's own file.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import traceback
from decimal import Decimal
from fractions import Fraction
from math import isfinite
from typing import TYPE_CHECKING, cast

from generator.questions.code.draw import Draw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

MEGABYTES = 2_048
MOST_DEEP, MOST_TEXT = 3, 100_000


class Refused(Exception):
    """Something that the code gave and that cannot be a value."""


class Worker:
    """The functions of one file."""

    def __init__(self, file: str, name: str, source: str) -> None:
        self.file, self.name = file, name
        self.content: dict[str, object] = {"__name__": name, "__file__": file}
        exec(compile(source, file, "exec"), self.content)  # noqa: S102 - the author's own code

    def variant(self, number: int) -> object:
        """Return the values of a variant as texts, by their names."""
        found = self._call("variant", Draw(self.name, str(number)))
        return {str(name): _text(value, str(name)) for name, value in found.items()}

    def oracle(self, values: dict[str, object]) -> object:
        """Return what the oracle finds, as texts."""
        found = self._call("oracle", **{name: _given(value) for name, value in values.items()})
        return {str(name): _text(value, str(name)) for name, value in found.items()}

    def _call(self, function: str, *args: object, **named: object) -> dict[object, object]:
        found = cast("Callable[..., object]", self.content[function])(*args, **named)
        if not isinstance(found, dict):
            what = f"{function} returned {type(found).__name__}, not values by their names"
            raise Refused(f"{what}: return {{'n': n}}")
        return found


def _text(value: object, name: str, depth: int = 0) -> str:
    """Return a value as the text of a parameter."""
    plain = value.tolist() if hasattr(value, "tolist") else value  # of numpy
    if isinstance(plain, bool):
        return str(int(plain))
    if isinstance(plain, str) and not depth:
        return f'"{plain}"'
    if isinstance(plain, int | Fraction):
        return str(plain)
    if isinstance(plain, float | Decimal) and isfinite(plain):
        return str(plain)
    if isinstance(plain, list | tuple) and depth < MOST_DEEP:
        return f"[{', '.join(_text(item, name, depth + 1) for item in plain)}]"
    shown = repr(plain)[:40]
    raise Refused(f"{name} is {shown}: no number, no list of numbers and no word")


def _given(value: object) -> object:
    """Return a value as the oracle gets it: whole numbers as int, others as float."""
    if isinstance(value, list):
        return [_given(item) for item in value]
    if isinstance(value, str):
        number = Fraction(value)
        return int(number) if number.denominator == 1 else float(number)
    return value["word"] if isinstance(value, dict) else value


def _answer(worker: list[Worker], order: dict[str, object]) -> object:
    if "text" in order:
        file, name, source = (str(order[key]) for key in ("file", "name", "text"))
        worker.append(Worker(file, name, source))
        return {}
    if "number" in order:
        return worker[0].variant(cast("int", order["number"]))
    return worker[0].oracle(cast("dict[str, object]", order["values"]))


def _said(error: BaseException, file: str) -> dict[str, object]:
    """Return what went wrong, and in which line of the author's file."""
    lines = [
        one.lineno for one in traceback.extract_tb(error.__traceback__) if one.filename == file
    ]
    if isinstance(error, SyntaxError):
        lines = [error.lineno]
    known = isinstance(error, Refused | TookLong)
    what = str(error) if known else f"{type(error).__name__}: {error}"
    if isinstance(error, MemoryError):
        what = f"it took more than {MEGABYTES} MB of memory"
    return {"line": lines[-1] if lines else None, "what": " ".join(what.split())[:300]}


class TookLong(Exception):
    """The code went on for longer than it may."""


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise TookLong("it took too long")


def _limit() -> None:
    size = MEGABYTES << 20
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    signal.signal(signal.SIGVTALRM, _stop)


def _orders() -> Iterator[dict[str, object]]:
    """Yield what is asked; the code itself has no input and no output."""
    orders = os.fdopen(os.dup(0), encoding="utf-8")
    with open(os.devnull, encoding="utf-8") as nothing:  # noqa: PTH123 - it has no path on all
        os.dup2(nothing.fileno(), 0)
    for line in orders:
        yield json.loads(line)


def main() -> None:
    """Answer orders until there are no more."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    _limit()
    worker: list[Worker] = []
    file, seconds = "", 0.0
    for order in _orders():
        file = str(order.get("file", file))
        seconds = float(str(order.get("seconds", seconds)))
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
        try:
            answer: object = {"found": _answer(worker, order)}
        except (Exception, SystemExit) as error:  # noqa: BLE001 - the author is told
            answer = {"error": _said(error, file)}
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
