"""Grading a class: answers a second, peak memory, and what poison costs.

Run: python -m benchmarks.grade [--students 100 1000] [--write]

Exams are made once and kept in a folder for temporary files; delete it to have them made anew.
Each grading is a process of its own, and each is compared with the truth of the made-up class.
`--write` puts the tables into docs/benchmarks/grade.md.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from examgen.simulation.classroom import Manner, Shares
from examgen.simulation.folder import SUBMISSIONS, simulate
from examgen.simulation.sheet import What
from examgen.simulation.texts import POISON
from examgen.simulation.truth import compare, read_truth
from grader.results import read_results

if TYPE_CHECKING:
    from collections.abc import Iterator

CACHE = Path(tempfile.gettempdir()) / "examgen-benchmarks"
PAGE = Path(__file__).parents[1] / "docs" / "benchmarks" / "grade.md"
EXAMGEN = [sys.executable, "-m", "examgen"]
WORKERS = 2
POISONED = 1_000  # students, of whom 20 send poison
TITLES = "students, answers, marked by, seconds, CPU s, answers/s, peak MiB, not as the truth says"


@dataclass(frozen=True)
class Run:
    """One grading: wall and CPU time, the memory of its largest process, and how it agrees."""

    answers: int
    seconds: float
    cpu: float
    mebibytes: float
    differing: int

    def row(self, students: int, way: str) -> str:
        """A line of the table."""
        rate = self.answers / self.seconds
        times = (f"{self.seconds:.1f}", f"{self.cpu:.1f}", f"{rate:,.0f}")
        size = f"{self.mebibytes:,.0f}"
        cells = (f"{students:,}", f"{self.answers:,}", way, *times, size, str(self.differing))
        return "| " + " | ".join(cells) + " |"


def exam(students: int) -> Path:
    """An exam folder with so many papers."""
    folder = CACHE / f"exam-{students}"
    if not folder.exists():
        words = ["make", "--seed", "42", "--copies", str(students), "--tex-only"]
        subprocess.run([*EXAMGEN, *words, "--out", str(folder)], check=True)  # noqa: S603
    return folder


@contextmanager
def graded(folder: Path, simulated: Path, *options: str) -> Iterator[tuple[Run, Path]]:
    """Grades a made-up class in a process of its own and in a folder without earlier results."""
    with tempfile.TemporaryDirectory(dir=CACHE) as name:
        fresh = Path(name)
        for file in ("key.jsonl", "exam.json"):
            os.link(folder / file, fresh / file)
        words = ["grade", name, str(simulated / SUBMISSIONS), *options]
        start = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603
            [*EXAMGEN, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"examgen {' '.join(words)} failed")
        found = compare(simulated, fresh / "grades")
        mebibytes = usage.ru_maxrss / 1_024  # Linux counts in KiB
        cpu = usage.ru_utime + usage.ru_stime
        run = Run(found.expected.total(), seconds, cpu, mebibytes, len(found.differences))
        yield run, fresh / "grades"


@contextmanager
def ways() -> Iterator[dict[str, list[str]]]:
    """The ways to grade, with the options of each; a Dask cluster as long as it is needed."""
    found = {f"{n} worker{'s' * (n > 1)}": ["--jobs", str(n)] for n in (1, WORKERS)}
    asked = [*EXAMGEN, "grade", "--help"]
    said = subprocess.run(asked, check=True, capture_output=True, text=True).stdout  # noqa: S603
    if "--scheduler" not in said:
        yield found
        return
    from distributed import LocalCluster  # noqa: PLC0415 - not everyone has it

    with LocalCluster(WORKERS, threads_per_worker=1, dashboard_address=None) as cluster:
        yield {**found, f"Dask, {WORKERS} workers": ["--scheduler", cluster.scheduler_address]}


def speed_table(sizes: list[int]) -> str:
    """All sizes in all ways."""
    titles = TITLES.split(", ")
    lines = ["| " + " | ".join(titles) + " |", "|" + "---|" * len(titles)]
    with ways() as options:
        for students in sizes:
            folder = exam(students)
            simulated = simulate(folder, "1").folder
            for way, words in options.items():
                with graded(folder, simulated, *words) as (run, _):
                    lines.append(run.row(students, way))
                print(lines[-1], flush=True)
    return "\n".join(lines)


def poison_report() -> str:
    """How much longer a class takes to grade in which some send poison, and what that changes."""
    folder = exam(POISONED)
    runs, marks = [], []
    for name, share in (("clean", 0), ("poisoned", 20)):
        made = simulate(folder, "1", out=folder / name, shares=Shares(poison=share))
        with graded(folder, made.folder) as (run, grades):
            runs.append(run)
            marks.append({paper.paper: paper.answers for paper in read_results(grades)})
    poisoned = {
        paper
        for paper, answers in read_truth(made.folder)
        if any(written.what is What.POISON for written in answers)
    }
    assert len(poisoned) == made.manners[Manner.POISON]
    changed = sum(
        mine != theirs
        for paper in marks[0].keys() - poisoned
        for mine, theirs in zip(marks[0][paper], marks[1][paper], strict=True)
    )
    clean, dirty = (run.cpu for run in runs)
    return (
        f"{len(POISON)} kinds of poison in all answers of {len(poisoned)} of {POISONED:,} papers: "
        f"{clean:.1f} s of CPU without, {dirty:.1f} s with them, {dirty - clean:.1f} s more; "
        f"{changed} marks of other papers changed, {runs[1].differing} answers not as the truth "
        "says."
    )


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--students", type=int, nargs="+", default=[100, 1_000])
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    tables = f"{speed_table(asked.students)}\n\n{poison_report()}\n"
    print(tables)
    if asked.write:
        before, _, _ = PAGE.read_text("utf-8").partition("<!-- tables -->\n")
        PAGE.write_text(f"{before}<!-- tables -->\n\n{tables}", "utf-8")


if __name__ == "__main__":
    main()
