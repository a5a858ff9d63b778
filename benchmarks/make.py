"""Making papers: papers a second, peak memory, TeX's share, beside plain pdflatex.

Run: python -m benchmarks.make [--papers 1 10 100 1000] [--figures 100] [--texts 5000] [--write]

Each row is a process of its own with two workers. Plain pdflatex compiles the same papers and keys,
one run for each file, two at once, in the same minute.
`--write` puts the tables into docs/benchmarks/make.md.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.watch import EXAMGEN, WORKERS, Run, line, publish, time_command

PAGE = Path(__file__).parents[1] / "docs" / "benchmarks" / "make.md"
SAMPLE = 10  # papers that plain pdflatex compiles
FIGURES = ("algorithms", "physics")  # bundled exams with many drawings
CHOICES = 7
CHOICE_EXAM = """course: Choices
title: Seven choices
layout: worksheet
shuffle: [options]
questions:
  - {{title: Seven, parts: [{parts}]}}
"""
CHOICE_QUESTION = r"""---
title: Choice
vary: {a: [2, 3, 4, 5, 6, 7, 8, 9], b: [11, 13, 17, 19]}
values: {p: a * b}
answers:
  which: {choice: yes, marks: 1, options: [yes, no, sometimes, never]}
---
Is $\V{a} \times \V{b} = \V{p}$ for integers? \answer{which}
"""
TITLES = (
    "exam",
    "papers",
    "seconds",
    "papers/s",
    "CPU s",
    "of it TeX and PDF",
    "peak MiB",
    "plain pdflatex papers/s",
    "ratio",
)


def make_folder(exam: list[str], papers: int, out: Path, *options: str) -> Run:
    """Make an exam folder."""
    shutil.rmtree(out, ignore_errors=True)
    words = ["make", *exam, "--seed", "42", "--copies", str(papers), "--out", str(out)]
    return time_command([*EXAMGEN, *words, "--jobs", str(WORKERS), *options])


def plain(folder: Path, papers: int) -> float:
    """Return papers and their keys a second by one run of pdflatex for each file, two at once."""
    sources = [
        folder / kind / f"{paper:0{max(3, len(str(papers)))}d}.tex"
        for paper in range(1, min(papers, SAMPLE) + 1)
        for kind in ("papers", "keys")
    ]

    def run(source: Path) -> None:
        with tempfile.TemporaryDirectory() as place:
            words = ["pdflatex", "-interaction=batchmode", f"-output-directory={place}"]
            subprocess.run(  # noqa: S603
                [*words, str(source)], check=True, stdout=subprocess.DEVNULL, cwd=place
            )

    start = time.perf_counter()
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(run, sources))
    return len(sources) / 2 / (time.perf_counter() - start)


def row(name: str, exam: list[str], papers: int, out: Path) -> str:
    """Return a line of the table."""
    run = make_folder(exam, papers, out)
    other = plain(out, papers)
    texts = make_folder(exam, papers, out, "--tex-only")
    rate = papers / run.seconds
    share = (run.cpu - texts.cpu) / run.cpu
    cells = (
        name,
        f"{papers:,}",
        f"{run.seconds:.2f}",
        f"{rate:.1f}",
        f"{run.cpu:.1f}",
        f"{share:.0%}",
        f"{run.mebibytes:,.0f}",
        f"{other:.2f}",
        f"{rate / other:.1f}",
    )
    return line(cells)


def choice_exam(folder: Path) -> list[str]:
    """Return an exam of one page: seven questions with four options each."""
    (folder / "own").mkdir()
    names = [f"own/choice{number}" for number in range(CHOICES)]
    for name in names:
        (folder / f"{name}.tex").write_text(CHOICE_QUESTION)
    (folder / "choices.yaml").write_text(CHOICE_EXAM.format(parts=", ".join(names)))
    return [str(folder / "choices.yaml")]


def tables(sizes: list[int], figures: int, texts: int) -> str:
    """Return all rows."""
    with tempfile.TemporaryDirectory(prefix="examgen-benchmark-") as temporary:
        folder = Path(temporary)
        lines = [line(TITLES), "|" + "---|" * len(TITLES)]
        for papers in sizes:
            lines.append(row("CENG 403, whole", [], papers, folder / "exam"))
            print(lines[-1], flush=True)
        for name in FIGURES if figures else ():
            lines.append(row(f"{name}, with figures", [name], figures, folder / name))
            print(lines[-1], flush=True)
        lines.append(row("seven choices", choice_exam(folder), max(sizes), folder / "choices"))
        print(lines[-1], flush=True)
        only = make_folder([], texts, folder / "exam", "--tex-only")
        lines += [
            "",
            (
                f"Without PDF, {texts:,} papers of the whole exam with keys, forms and HTML: "
                f"{only.seconds:.1f} s, {only.mebibytes:,.0f} MiB at most, all processes together."
            ),
        ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--papers", type=int, nargs="+", default=[1, 10, 100, 1_000])
    parser.add_argument("--figures", type=int, default=100)
    parser.add_argument("--texts", type=int, default=5_000)
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    found = tables(asked.papers, asked.figures, asked.texts)
    print(found)
    if asked.write:
        publish(PAGE, found)


if __name__ == "__main__":
    main()
