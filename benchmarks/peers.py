"""Other judges of answers, each in a process that can be killed."""

from __future__ import annotations

import contextlib
import multiprocessing as mp
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

SECONDS = 5


@dataclass(frozen=True)
class Peer:
    """A judge: its name, the kinds of answer it has, and how it compares two texts."""

    name: str
    kinds: frozenset[str]
    accepts: Callable[[str, str], bool]


def _sympy_pair(expected: str, answer: str) -> tuple[object, object]:
    from sympy.parsing.sympy_parser import (  # noqa: PLC0415
        convert_xor,
        implicit_multiplication_application,
        parse_expr,
        rationalize,
        standard_transformations,
    )

    steps = (
        *standard_transformations,
        convert_xor,
        implicit_multiplication_application,
        rationalize,
    )
    return parse_expr(expected, transformations=steps), parse_expr(answer, transformations=steps)


def sympy_simplify(expected: str, answer: str) -> bool:
    """Ask `simplify(a - b) == 0`, the usual recipe."""
    import sympy  # noqa: PLC0415

    left, right = _sympy_pair(expected, answer)
    return bool(sympy.simplify(left - right) == 0)  # type: ignore[operator]


def sympy_equals(expected: str, answer: str) -> bool:
    """Ask `a.equals(b)`."""
    left, right = _sympy_pair(expected, answer)
    return bool(left.equals(right))  # type: ignore[attr-defined]


def math_verify(expected: str, answer: str) -> bool:
    """Ask Math-Verify, both sides as inline mathematics."""
    from math_verify import parse, verify  # noqa: PLC0415

    gold, mine = (parse(f"${text.strip('$')}$", parsing_timeout=0) for text in (expected, answer))
    if not gold or not mine:
        raise ValueError("nothing was read")
    return bool(verify(gold, mine, timeout_seconds=0))


def latex2sympy(expected: str, answer: str) -> bool:
    """Read both sides by latex2sympy2_extended, and compare them by SymPy."""
    import sympy  # noqa: PLC0415
    from latex2sympy2_extended import latex2sympy as read  # noqa: PLC0415

    left, right = read(expected), read(answer)
    if left == right:
        return True
    return bool(sympy.simplify(left - right) == 0)


_SCALAR = frozenset({"integer", "number", "expression"})
_MATHS = _SCALAR | {"list", "set", "interval", "equation", "inequality", "matrix"}
PEERS = (
    Peer("SymPy simplify", _SCALAR, sympy_simplify),
    Peer("SymPy equals", _SCALAR, sympy_equals),
    Peer("math-verify", _MATHS, math_verify),
    Peer("latex2sympy2_extended", _SCALAR | {"matrix"}, latex2sympy),
)


def _serve(accepts: Callable[[str, str], bool], pipe: Connection) -> None:
    with contextlib.suppress(EOFError):
        while True:
            expected, answer = pipe.recv()
            try:
                pipe.send(accepts(expected, answer))
            except Exception:  # noqa: BLE001 - whatever it raises, it gave no verdict
                pipe.send(None)


class Worker:
    """A peer at work; a process that hangs is killed and another one started."""

    def __init__(self, peer: Peer) -> None:
        self.peer = peer

    def __enter__(self) -> Self:
        """Start the process, and let it import what it needs."""
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        """End the process."""
        self.process.kill()

    def _start(self) -> None:
        self.pipe, theirs = mp.Pipe()
        arguments = (self.peer.accepts, theirs)
        self.process = mp.get_context("spawn").Process(target=_serve, args=arguments, daemon=True)
        self.process.start()
        self.pipe.send(("x", "x"))
        self.pipe.recv()

    def judge(self, expected: str, answer: str) -> bool | None:
        """Return whether the peer accepts; None where it fails or takes too long."""
        self.pipe.send((expected, answer))
        if self.pipe.poll(SECONDS):
            verdict: bool | None = self.pipe.recv()
            return verdict
        self.process.kill()
        self._start()
        return None
