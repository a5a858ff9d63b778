"""How much of each question of the bank is proven.

Run: python -m benchmarks.bank, which writes docs/bank.md
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from examgen.proof import bank, prove, read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from examgen.proof import FamilyReport

PAGE = Path(__file__).parents[1] / "docs" / "bank.md"
HEAD = """# The bank, proven

Written by `python -m benchmarks.bank` from what `examgen check` finds.

- *level*: 1 to 3; [Question files](questions.md) say what they mean.
- *combinations*: of the values that a question may draw.
- *proven*: those that its conditions allow and that may be printed, each with its key against an
  independent computation.
- *refused*: those that are never printed, since a mistake or a trivial answer would be judged
  right.
- *keys*: how many different keys the proven ones have. Two papers with other numbers may have the
  same answers.
- *notations*: ways to write a right answer (`9472`, `9,472`, `9.472e3`, ...) that the judge
  promises to take, each tried for each answer of each proven one.
- *mistakes*: wrong answers that were found by the name of the mistake with its share of the marks,
  each for each answer of each proven one.
- *effort*: the least, the median and the most work by hand, in single-digit operations.
  *(calculator)*: for one of them at least, some operation is not done by head.
- *spread*: the most divided by the least effort; `make --max-spread` bounds it for a class.

"""
COLUMNS = (
    *("question", "level", "combinations", "proven", "refused", "keys"),
    *("notations", "mistakes", "effort", "spread"),
)


def main() -> None:
    """Write the page."""
    lines = [_row(COLUMNS), _row(["---"] * len(COLUMNS))]
    for report in prove(bank()):
        if report.faults:
            raise SystemExit("\n".join(report.faults))
        lines.append(_row(_cells(report)))
    PAGE.write_text(HEAD + "".join(lines), "utf-8")


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _cells(report: FamilyReport) -> list[str]:
    counts = (report.size, report.proven, report.refused, report.distinct, report.notations)
    least, *_, most = report.effort
    effort = ", ".join(map(str, report.effort)) if most else "-"
    return [
        report.name,
        str(read(Path(report.file)).level),
        *(f"{count:,}" for count in (*counts, report.mistakes)),
        f"{effort} (calculator)" if report.calculator else effort,
        f"{most / least:.1f}" if least else "-",
    ]


if __name__ == "__main__":
    main()
