"""How much of each question of the bank is proven.

Run: python -m benchmarks.bank, which writes docs/bank.md
"""

from __future__ import annotations

from pathlib import Path

from examgen.proof import bank, prove

PAGE = Path(__file__).parents[1] / "docs" / "bank.md"
HEAD = """# The bank, proven

Written by `python -m benchmarks.bank` from what `examgen check` finds. *Combinations*: of the
values that a question may draw. *Proven*: those that its conditions allow and that may be
printed, each with its key against an independent computation, every promised notation of every
answer through the judge, and every mistake found by its name with its share. *Refused*: never
printed, since a mistake or a trivial answer would be judged right. *Effort*: the least, the
median and the most work by hand, in single-digit operations.

| question | combinations | proven | refused | keys | notations | mistakes | effort |
|---|---|---|---|---|---|---|---|
"""


def main() -> None:
    """Writes the page."""
    lines = []
    for report in prove(bank()):
        if report.faults:
            raise SystemExit("\n".join(report.faults))
        counts = (report.size, report.proven, report.refused, report.distinct, report.notations)
        cells = " | ".join(f"{count:,}" for count in (*counts, report.mistakes))
        lines.append(f"| {report.name} | {cells} | {', '.join(map(str, report.effort))} |\n")
    PAGE.write_text(HEAD + "".join(lines), "utf-8")


if __name__ == "__main__":
    main()
