"""Cases as JSON lines: each line a comparison, each verdict written as soon as it is known."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING

from answers.judge import Judgement, Options, Verdict, all_kinds, judge
from answers.syntax.errors import UnreadableKey

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from answers.options import Scalar

MAX_LINE = 2_000_000
_NAMES = frozenset({"id", "kind", "expected", "answer", "verdict", "source", "comment"})


class BadCase(Exception):
    """A line that is not a case; the message says why."""


def judge_lines(cases: BinaryIO) -> Iterator[str]:
    """Judge case after case.

    Args:
        cases: one JSON object a line; blank lines are passed over.

    Yields:
        One line of JSON for each case, whatever its line holds.
    """
    for number, line in enumerate(_lines(cases), 1):
        if line.strip():
            yield _judged(line, number)


def _lines(cases: BinaryIO) -> Iterator[bytes]:
    """Yield the lines; of one that is too long to be a case only its start, to save memory."""
    while line := cases.readline(MAX_LINE + 1):
        yield line
        while len(line) > MAX_LINE and not line.endswith(b"\n"):
            line = cases.readline(MAX_LINE + 1)


def _judged(line: bytes, number: int) -> str:
    start = time.perf_counter()
    case: dict[str, object] = {}
    try:
        case = _parsed(line)
        judgement = _judge(case)
    except BadCase as error:
        judgement = Judgement(Verdict.UNREADABLE, why=f"line {number}: {error}")
    except UnreadableKey as error:
        judgement = Judgement(Verdict.UNDECIDED, why=f"line {number}: {error}")
    except Exception as error:  # noqa: BLE001 - one line must not cost the others their verdicts
        fault = f"{type(error).__name__}: {error}"[:300]
        judgement = Judgement(Verdict.UNDECIDED, why=f"line {number}: an error happened: {fault}")
    found = {
        "id": case.get("id"),
        "verdict": judgement.verdict.value,
        "score": judgement.score,
        "read_as": judgement.read_as,
        "why": judgement.why,
        "ground": judgement.ground.value,
        "micros": round((time.perf_counter() - start) * 1e6),
    }
    return _ENCODER.encode(found)


def _parsed(line: bytes) -> dict[str, object]:
    if len(line) > MAX_LINE:
        raise BadCase(f"the line has more than {MAX_LINE} bytes")
    try:
        case = _DECODER.decode(line.decode("utf-8-sig", "surrogatepass"))
    except (ValueError, RecursionError) as error:
        raise BadCase(f"not a JSON object: {error}") from error
    if not isinstance(case, dict):
        raise BadCase("not a JSON object")
    return case


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise BadCase("a name occurs twice in an object")
    return found


# Decimals stay texts, so that 0.1 is the decimal that was written.
_DECODER = json.JSONDecoder(parse_float=str, object_pairs_hook=_once)
_ENCODER = json.JSONEncoder(default=str)


def _judge(case: dict[str, object]) -> Judgement:
    kind, expected, answer = (_text(case, name) for name in ("kind", "expected", "answer"))
    if kind not in all_kinds():
        raise BadCase(f"kind is one of {', '.join(all_kinds())}, not {kind[:40]!r}")
    given = {k: _option(k, v) for k, v in case.items() if k not in _NAMES and v is not None}
    return judge(kind, expected, answer, Options.from_mapping(given))


def _text(case: dict[str, object], name: str) -> str:
    value = case.get(name)
    if value is None and name == "answer":
        return ""
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise BadCase(f"{name} must be a text")
    return str(value)


def _texts(name: str, value: object) -> list[str]:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return [str(item) for item in value]
    if isinstance(value, str):
        return [value]
    raise BadCase(f"the option {name} has a value it cannot have")


def _option(name: str, value: object) -> Scalar:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return [str(item) for item in value]
    if isinstance(value, str | int) and not isinstance(value, bool):
        return value
    if isinstance(value, dict):
        return {key: _texts(name, texts) for key, texts in value.items()}
    raise BadCase(f"the option {name} has a value it cannot have")
