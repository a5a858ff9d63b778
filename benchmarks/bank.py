"""Count how much of each question of the bank is proven.

Run: python -m benchmarks.bank, which writes docs/bank.md
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from examgen.proof import bank, prove, read
from examgen.proof.files import name_of
from solvers.catalogue import find

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from examgen.proof import FamilyReport

PAGE = Path(__file__).parents[1] / "docs" / "bank.md"
HEAD = """# The bank, proven

Written by `python -m benchmarks.bank` from what `examgen check` finds.

- *level*: 1 to 3; [Question files](questions.md) say what they mean.
- *combinations*: of the values that a question may draw.
- *proven*: those that its conditions allow and that may be printed (of more than 100,000
  combinations those of a sample), each with its key against an independent computation.
- *refused*: those that are never printed, since a mistake or a trivial answer would be judged
  right.
- *keys*: how many different keys the proven ones have. Two papers with other numbers may have the
  same answers.
- *notations*: ways to write a right answer (`9472`, `9,472`, `9.472e3`, ...) that the judge
  promises to take, each tried for each answer of each proven one.
- *mistakes*: wrong answers that were found by the name of the mistake with its share of the marks,
  each for each answer of each proven one.
- *effort*: the least, the median and the most work by hand, in single-digit operations.
  *(calculator)*: at least one of the draws needs an operation that cannot be done in one's
  head; `-`: nothing is computed.
- *spread*: the most divided by the least effort; `make --max-spread` bounds it for a class.

"""
FAMILIES = Path(__file__).with_name("families.csv")
FAMILIES_HEAD = """
## Families for a whole course

Each family has questions, a derivation, and an oracle that is built differently; the
column *oracle* says how. The counterpart in PyTorch is compared in `tests/solvers/test_torch*.py`.

"""
FAMILY_COLUMNS = (
    *("number", "family", "questions", "derivations", "members proven", "oracle", "sources"),
    "PyTorch",
)
COLUMNS = (
    *("question", "level", "combinations", "proven", "refused", "keys"),
    *("notations", "mistakes", "effort", "spread"),
)


def main() -> None:
    """Write the page."""
    rows: dict[str, list[str]] = {}
    for report in prove(bank()):
        if report.faults:
            raise SystemExit("\n".join(report.faults))
        rows[report.name] = _cells(report)
    PAGE.write_text(page(rows), "utf-8")


def page(rows: Mapping[str, Sequence[str]]) -> str:
    """Return the page, from the cells of each question by its name."""
    proven = {name: cells[COLUMNS.index("proven")] for name, cells in rows.items()}
    families = _table(FAMILY_COLUMNS, list(_families(proven)))
    return HEAD + _table(COLUMNS, list(rows.values())) + FAMILIES_HEAD + families


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return "".join(map(_row, [columns, ["---"] * len(columns), *rows]))


def _families(proven: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield the row of each family; one without questions is not built yet."""
    questions = {name_of(path): path for path in bank()}
    for row in csv.DictReader(FAMILIES.open(encoding="utf-8")):
        names = row["questions"].split()
        if not names:
            yield [row["number"], row["family"], "not yet", *[""] * (len(FAMILY_COLUMNS) - 3)]
            continue
        found = dict.fromkeys(read(questions[name]).model.derivation or "" for name in names)
        used = [find(name) for name in found if name]
        yield [
            row["number"],
            row["family"],
            ", ".join(names),
            ", ".join(derivation.name for derivation in used),
            ", ".join(proven[name] for name in names),
            " ".join((d.oracle.__doc__ or "").splitlines()[0] for d in used if d.oracle),
            "; ".join(dict.fromkeys(derivation.source for derivation in used)),
            row["pytorch"],
        ]


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
