"""The judge beside itself at an older commit: how much longer each kind of answer takes.

`python -m benchmarks.judge --beside REV`. The cases are those of the tables of both. Old and new
judge them in turns, each in a process of its own; of each case the least CPU time counts, so that
what else the machine does shows little.
"""

from __future__ import annotations

import gc
import io
import json
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

TURNS = 5
PASSES = 4
HERE = Path(__file__).parents[1]
Options = dict[str, str | list[str]]
Row = tuple[str, str, str, str, Options]


def beside(revision: str) -> str:
    """Return a table of the new times as shares of the old ones, by kind and by verdict."""
    with tempfile.TemporaryDirectory() as folder:
        old = Path(folder)
        archive = ["git", "archive", revision]
        packed = subprocess.run(archive, cwd=HERE, check=True, capture_output=True)  # noqa: S603
        with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as files:
            files.extractall(old, filter="data")
        rows = common_rows(old)
        times = [(_times(old, rows), _times(HERE, rows)) for _ in range(TURNS)]
    before, after = (
        [min(each) for each in zip(*side, strict=True)] for side in zip(*times, strict=True)
    )
    return table(rows, before, after)


def common_rows(old: Path) -> list[Row]:
    """Return the cases that an older tree has, too: kind, verdict, expected, answer, options."""
    from tests.answers.cases import TABLES, cases  # noqa: PLC0415 - not in the processes

    theirs = cases(old / TABLES.relative_to(HERE))
    known = {json.dumps([kind, *given]) for _, kind, _, *given in theirs}
    return [
        (kind, verdict, expected, answer, options)
        for _, kind, verdict, expected, answer, options in cases()
        if json.dumps([kind, expected, answer, options]) in known
    ]


def _times(tree: Path, rows: list[Row]) -> list[int]:
    """Return the least nanoseconds of each case in a process with the code of a tree."""
    found = subprocess.run(  # noqa: S603
        [sys.executable, "-P", __file__],
        cwd=tree,
        env={"PYTHONPATH": str(tree)},
        input=json.dumps(rows),
        check=True,
        capture_output=True,
        text=True,
    )
    times: list[int] = json.loads(found.stdout)
    return times


def table(rows: list[Row], before: list[int], after: list[int]) -> str:
    """Return the shares of the sum, median, 99th percentile and longest time of each group."""
    groups: dict[str, list[int]] = {}
    for place, (kind, verdict, *_) in enumerate(rows):
        is_right = "right" if verdict == "correct" else "not right"
        for group in (kind, is_right, f"{kind}, {is_right}", "all"):
            groups.setdefault(group, []).append(place)
    lines = [
        "| new / old | cases | ms | sum | median | p99 | max |",
        "|---|---|---|---|---|---|---|",
    ]
    for name in sorted(groups, key=lambda name: ("right" in name, name)):
        old, new = (sorted(times[place] for place in groups[name]) for times in (before, after))
        shares = (f"{each(new) / each(old):.2f}" for each in (sum, statistics.median, p99, max))
        cells = (name, str(len(new)), f"{sum(new) / 1e6:.1f}", *shares)
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def p99(times: list[int]) -> int:
    """Return the 99th percentile of sorted times."""
    return times[len(times) * 99 // 100]


def _judging() -> Callable[[str, str, str, Options], object]:
    """Return how the code that this process imports, old or new, judges an answer."""
    judge = import_module("answers.judge")
    kind_of = judge.Kind if issubclass(judge.Kind, str) else str
    judge_by = getattr(judge, "judge_by", None) or (lambda rule, answer: rule.judge(answer))

    def judged(kind: str, expected: str, answer: str, options: Options) -> object:
        read = judge.Options.from_mapping(options)
        return judge_by(judge.Rule.of(kind_of(kind), expected, read), answer)

    return judged


if __name__ == "__main__":
    judged, given = _judging(), json.load(sys.stdin)
    least = [sys.maxsize] * len(given)
    judged("number", "pi", "22/7", {})  # imports FLINT
    gc.freeze()
    for _ in range(PASSES):
        for place, (kind, _, expected, answer, options) in enumerate(given):
            start = time.process_time_ns()
            judged(kind, expected, answer, options)
            least[place] = min(least[place], time.process_time_ns() - start)
    print(json.dumps(least))
