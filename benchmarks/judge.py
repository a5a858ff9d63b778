"""The judge on the test tables: verdicts and answers a second, alone or beside its peers.

Run: python -m benchmarks.judge [--peers] [--write]
     python -m benchmarks.judge --beside REV

Each case has its expected side read anew. The peers (`pip install -e .[benchmarks]`) get the
preparation that their own documentation recommends; each works in a process of its own, which is
killed where one answer takes longer than 5 s. A kind or an option that a peer does not have counts
as refused. `--write` puts the tables into docs/benchmarks/judge.md. `--beside` compares with an
older commit instead.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from answers.judge import Options, Rule, Verdict, judge_by
from benchmarks.beside import beside
from benchmarks.peers import PEERS, Peer, Worker
from benchmarks.watch import publish
from tests.answers.cases import cases

ROUNDS = 5
PAGE = Path(__file__).parents[1] / "docs" / "benchmarks" / "judge.md"


@dataclass
class Score:
    """The verdicts on the cases, and the seconds that each took."""

    right: int = 0
    false_accept: int = 0
    false_reject: int = 0
    error: int = 0
    refused: int = 0
    seconds: list[float] = field(default_factory=list)

    def row(self, name: str) -> str:
        """Return a line of the table."""
        judged = self.right + self.false_accept + self.false_reject + self.error
        share = f"{100 * self.right / (judged + self.refused):.1f} %"
        times = sorted(self.seconds)
        middle, p99 = statistics.median(times), times[len(times) * 99 // 100]
        cells = [name, share, self.false_accept, self.false_reject, self.error, self.refused]
        speed = [f"{self.rate:,.0f}", *(f"{1e3 * t:.2f}" for t in (middle, p99, times[-1]))]
        return "| " + " | ".join(map(str, [*cells, *speed])) + " |"

    @property
    def rate(self) -> float:
        """Return the answers that were judged in a second."""
        return len(self.seconds) / sum(self.seconds)


def ours() -> tuple[Score, dict[str, list[float]]]:
    """Return our score, and the seconds by kind."""
    score, by_kind = Score(), dict[str, list[float]]()
    judge_by(Rule.of("number", "pi", Options()), "22/7")  # imports FLINT
    gc.freeze()  # as `examgen judge --cases` does
    for number in range(ROUNDS):
        for _, kind, verdict, expected, answer, options in cases():
            start = time.perf_counter()
            found = judge_by(Rule.of(kind, expected, Options.from_mapping(options)), answer)
            seconds = time.perf_counter() - start
            by_kind.setdefault(kind, []).append(seconds)
            score.seconds.append(seconds)
            if number == 0:
                count(score, verdict, is_accepted=found.verdict is Verdict.CORRECT)
    return score, by_kind


def count(score: Score, verdict: str, *, is_accepted: bool) -> None:
    """Add one answer to a score."""
    if is_accepted == (verdict == "correct"):
        score.right += 1
    elif is_accepted:
        score.false_accept += 1
    else:
        score.false_reject += 1


def theirs(peer: Peer) -> Score:
    """Return a peer's score."""
    score = Score()
    with Worker(peer) as worker:
        for _, kind, verdict, expected, answer, options in cases():
            if kind not in peer.kinds or set(options) - {"variables"}:
                score.refused += 1
                continue
            start = time.perf_counter()
            accepted = worker.judge(expected, answer)
            score.seconds.append(time.perf_counter() - start)
            if accepted is None and verdict in {"unreadable", "blank"}:
                score.right += 1
            elif accepted is None:
                score.error += 1
            else:
                count(score, verdict, is_accepted=accepted)
    return score


def kinds_table(by_kind: dict[str, list[float]]) -> str:
    """Return our times by kind, in microseconds."""
    lines = ["| kind | cases | median us | p99 us | max us |", "|---|---|---|---|---|"]
    everything = [t for found in by_kind.values() for t in found]
    for kind, found in [*by_kind.items(), ("all", everything)]:
        times = sorted(1e6 * t for t in found)
        cells = (statistics.median(times), times[len(times) * 99 // 100], times[-1])
        shown = " | ".join(f"{cell:.0f}" for cell in cells)
        lines.append(f"| {kind} | {len(times) // ROUNDS} | {shown} |")
    return "\n".join(lines)


def peers_table(score: Score, peers: dict[str, Score]) -> str:
    """Return all scores, and how much faster ours is than the fastest peer."""
    head = "judge, right, false accepts, false rejects, errors, refused, answers/s, median ms, "
    titles = (head + "p99 ms, max ms").split(", ")
    lines = ["| " + " | ".join(titles) + " |", "|" + "---|" * len(titles), score.row("examgen")]
    lines += [found.row(name) for name, found in peers.items()]
    if peers:
        ratio = score.rate / max(found.rate for found in peers.values())
        lines.append(f"\n{ratio:.0f} times the answers a second of the fastest peer.")
    return "\n".join(lines)


def main() -> None:
    """Print the tables."""
    if "--beside" in sys.argv:
        print(beside(sys.argv[sys.argv.index("--beside") + 1]))
        return
    score, by_kind = ours()
    peers = {peer.name: theirs(peer) for peer in PEERS} if "--peers" in sys.argv else {}
    tables = f"{peers_table(score, peers)}\n\n{kinds_table(by_kind)}\n"
    print(tables)
    if "--write" in sys.argv:
        publish(PAGE, tables)


if __name__ == "__main__":
    main()
