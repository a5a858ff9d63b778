"""Grading a class: answers a second, peak memory, and what poison costs.

Run: python -m benchmarks.grade [--students 100 1000] [--write]

Exams and classes are made once and kept in a folder for temporary files; delete it to have them
made anew.
Of a class of more than 5,000 the papers after the first 5,000 have the same numbers again.
Each grading is a process of its own, and each is compared with the truth of the made-up class.
`--write` puts the tables into docs/benchmarks/grade.md.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.watch import EXAMGEN, WORKERS, Run, line, publish, time_command
from examgen.folder.key import PaperKey
from examgen.folder.key_file import KEY
from examgen.simulation.classroom import Manner, Shares
from examgen.simulation.folder import SUBMISSIONS, simulate
from examgen.simulation.sheet import What
from examgen.simulation.texts import POISON
from examgen.simulation.truth import compare, read_truth
from grader.results.read import read_results

if TYPE_CHECKING:
    from collections.abc import Iterator

CACHE = Path(tempfile.gettempdir()) / "examgen-benchmarks"
PAGE = Path(__file__).parents[1] / "docs" / "benchmarks" / "grade.md"
MADE = 5_000  # papers of their own; a larger class repeats their numbers
POISONED = 1_000  # students, of whom 20 send poison
QUICKEST = f"{WORKERS} workers"
TITLES = (
    "students",
    "answers",
    "marked by",
    "seconds",
    "CPU s",
    "answers/s",
    "peak MiB",
    "not as the truth says",
)


@dataclass(frozen=True)
class Graded:
    """One grading: what it took, and how it agrees with the truth."""

    run: Run
    answers: int
    differing: int

    def row(self, students: int, way: str) -> str:
        """Return a line of the table."""
        run, rate = self.run, self.answers / self.run.seconds
        times = (f"{run.seconds:.1f}", f"{run.cpu:.1f}", f"{rate:,.0f}")
        agreed = (f"{run.mebibytes:,.0f}", str(self.differing))
        return line((f"{students:,}", f"{self.answers:,}", way, *times, *agreed))


def exam(students: int) -> Path:
    """Return an exam folder with so many papers."""
    folder = CACHE / f"exam-{students}"
    if not folder.exists():
        CACHE.mkdir(exist_ok=True)
        if students > MADE:
            _repeat(exam(MADE), folder, students)
        else:
            words = ["make", "--seed", "42", "--copies", str(students), "--tex-only"]
            time_command([*EXAMGEN, *words, "--jobs", str(WORKERS), "--out", str(folder)])
    return folder


def _repeat(first: Path, folder: Path, students: int) -> None:
    """Make a folder with the same papers again and again, under other ids."""
    new = folder.with_suffix(".part")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir()
    shutil.copy(first / "exam.json", new)
    papers = enumerate(islice(_again(first / KEY), students), 1)
    with (new / KEY).open("w", encoding="utf-8") as lines:
        for number, paper in papers:
            name = f"{number:06d}"
            key = replace(PaperKey.from_json(paper), paper=name, student=name)
            lines.write(key.to_json() + "\n")
    new.rename(folder)


def _again(path: Path) -> Iterator[bytes]:
    """Yield the lines of a file, and from the first one again, for ever."""
    while True:
        with path.open("rb") as lines:
            yield from lines


@contextmanager
def grade_class(folder: Path, simulated: Path, *options: str) -> Iterator[tuple[Graded, Path]]:
    """Grade a made-up class in a process of its own and in a folder without earlier results."""
    with tempfile.TemporaryDirectory(dir=CACHE) as name:
        fresh = Path(name)
        for file in (KEY, "exam.json"):
            os.link(folder / file, fresh / file)
        run = time_command([*EXAMGEN, "grade", name, str(simulated / SUBMISSIONS), *options])
        found = compare(simulated, fresh / "grades")
        yield Graded(run, found.expected.total(), len(found.differences)), fresh / "grades"


def ways() -> Iterator[tuple[str, list[str]]]:
    """Yield the ways to grade a class, with options; the Dask cluster lives for its own."""
    from distributed import LocalCluster  # noqa: PLC0415 - its import is no part of the rest

    yield QUICKEST, ["--jobs", str(WORKERS)]
    yield "1 worker", ["--jobs", "1"]
    with LocalCluster(WORKERS, threads_per_worker=1, dashboard_address=None) as cluster:
        yield f"Dask, {QUICKEST}", ["--scheduler", cluster.scheduler_address]


def speed_table(sizes: list[int]) -> str:
    """Return all sizes in all ways."""
    lines = [line(TITLES), "|" + "---|" * len(TITLES)]
    for students in sizes:
        folder = exam(students)
        simulated = folder / "simulated"
        if not simulated.exists():
            simulate(folder, "1", out=simulated)
        for way, words in ways():
            with grade_class(folder, simulated, *words) as (found, _):
                lines.append(found.row(students, way))
            print(lines[-1], flush=True)
    return "\n".join(lines)


def poison_report() -> str:
    """Return how much longer a class with senders of poison takes, and what that changes."""
    folder = exam(POISONED)
    found, marks = [], []
    for name, share in (("clean", 0), ("poisoned", 20)):
        made = simulate(folder, "1", out=folder / name, shares=Shares(poison=share))
        with grade_class(folder, made.folder, "--jobs", str(WORKERS)) as (one, grades):
            found.append(one)
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
    clean, dirty = (one.run for one in found)
    return (
        f"{len(POISON)} kinds of poison in all answers of {len(poisoned)} of {POISONED:,} papers, "
        f"{QUICKEST}: {clean.seconds:.1f} s without, {dirty.seconds:.1f} s with them, "
        f"{dirty.seconds - clean.seconds:+.1f} s ({dirty.cpu - clean.cpu:+.1f} s of CPU); "
        f"{changed} marks of other papers changed, {found[1].differing} answers not as the truth "
        "says."
    )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--students", type=int, nargs="+", default=[100, 1_000])
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    tables = f"{speed_table(asked.students)}\n\n{poison_report()}\n"
    print(tables)
    if asked.write:
        publish(PAGE, tables)


if __name__ == "__main__":
    main()
