"""Time the start of the command line, beside importing typer and SymPy alone.

Run: python -m benchmarks.startup [--write]
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

RUNS = 15
PAGE = Path(__file__).parents[1] / "docs" / "benchmarks" / "startup.md"
EXAMGEN = [sys.executable, "-m", "examgen"]
COMMANDS = {
    "examgen --help": [*EXAMGEN, "--help"],
    "examgen judge, one number": [
        *EXAMGEN, "judge", "--kind", "number", "--expected", "1/2", "--answer", "0.5",
    ],
    "examgen solve lstm": [*EXAMGEN, "solve", "lstm", "input_size=10", "hidden_size=20"],
    "import typer": [sys.executable, "-c", "import typer"],
    "import sympy": [sys.executable, "-c", "import sympy"],
}  # fmt: skip


def seconds(command: list[str]) -> list[float]:
    """Return the wall times of a command, after one run that fills the caches."""
    times = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own commands
        times.append(time.perf_counter() - start)
    return times[1:]


def main() -> None:
    """Print the table, and write it into the documentation where asked."""
    medians = {name: statistics.median(seconds(command)) for name, command in COMMANDS.items()}
    lines = ["| command | median s | of import typer | of import sympy |", "|---|---|---|---|"]
    for name, median in medians.items():
        ratios = [median / medians[base] for base in ("import typer", "import sympy")]
        lines.append(f"| `{name}` | {median:.3f} | {ratios[0]:.2f} | {ratios[1]:.2f} |")
    table = "\n".join(lines) + "\n"
    print(table)
    if "--write" in sys.argv:
        head = "# How soon the command line answers\n\n"
        said = f"Median of {RUNS} runs by `python -m benchmarks.startup --write`.\n\n"
        PAGE.write_text(head + said + table, "utf-8")


if __name__ == "__main__":
    main()
