"""Answers judged per second on the test table, each with its expected side read anew.

Run: python -m benchmarks.judge
"""

from __future__ import annotations

import statistics
import time

from answers.judge import Kind, Options, Rule
from tests.answers.test_judge import ROWS

ROUNDS = 20


def main() -> None:
    """Prints the rate, and the median, 99th percentile and maximum by kind."""
    times: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for kind, expected, answer, options, _verdict in ROWS:
            start = time.perf_counter()
            Rule.of(Kind(kind), expected, Options.from_mapping(options)).judge(answer)
            times.setdefault(kind, []).append((time.perf_counter() - start) * 1e6)
    everything = [t for found in times.values() for t in found]
    print("| kind | answers | median us | p99 us | max us |")
    print("|---|---|---|---|---|")
    for kind, found in [*times.items(), ("all", everything)]:
        median, p99 = statistics.median(found), statistics.quantiles(found, n=100)[98]
        print(f"| {kind} | {len(found)} | {median:.0f} | {p99:.0f} | {max(found):.0f} |")
    print(f"\n{len(everything) / sum(everything) * 1e6:.0f} answers a second on one core")


if __name__ == "__main__":
    main()
