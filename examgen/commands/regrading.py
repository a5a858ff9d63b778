"""`regrade`: marks under today's key and rules, and who moves."""

from __future__ import annotations

import json
from contextlib import nullcontext
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from examgen.commands.grading import DATABASE
from examgen.ground.errors import ExamgenError
from examgen.ground.wording import format_count, plural
from examgen.terminal import progress_bar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from grader.regrade import Change, Move, RegradeReport

_MOVES_SHOWN = 200


def regrade(
    folder: Path = typer.Argument(..., help="A graded exam folder."),
    drop: list[str] = typer.Option(
        [], "--drop", help="An answer, part or question that does not count: 1a.size, 1a, 1."
    ),
    full_marks: list[str] = typer.Option(
        [], "--full-marks", help="One for which everybody who handed in gets full marks."
    ),
    restore: list[str] = typer.Option(
        [], "--restore", help="One that counts again as it was marked."
    ),
    out: Path | None = typer.Option(
        None, "--out", help="Where results go; grades in the exam folder."
    ),
    jobs: int = typer.Option(1, "--jobs", min=1, max=64, help="Processes that mark."),
    scheduler: str | None = typer.Option(None, "--scheduler", help="A Dask cluster that marks."),
    database: str | None = typer.Option(None, "--database", help=DATABASE),
    *,
    never_lower: bool | None = typer.Option(
        None,
        "--never-lower/--lower",
        help="Keep marks that would fall; or lower those that were kept before.",
        show_default=False,
    ),
    dry_run: bool = typer.Option(
        False, "--dry-run", help="Show who would move, and change and write nothing."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print who moves as JSON."),
) -> None:
    """Grade every stored answer again under today's key and rules; show who moves and why.

    Example: examgen regrade exam --never-lower
    """
    from grader.regrade import regrade as grade_again
    from grader.rehearsal import rehearsal

    if dry_run and (out or database):
        what = "--dry-run tries it in a copy of gradebook.sqlite and writes nothing"
        raise ExamgenError(f"{what}; leave out --out and --database")
    place = rehearsal(folder) if dry_run else nullcontext(folder)
    with place as there, progress_bar("grading again") as progress:
        report = grade_again(
            there,
            never_lower=never_lower,
            drop=drop,
            full_marks=full_marks,
            restore=restore,
            out=out,
            progress=progress,
            jobs=jobs,
            database=database,
            scheduler=scheduler,
        )
    for notice in report.notices:
        typer.echo(str(notice).replace(str(there), str(folder)), err=True)
    if as_json:
        summary = _summary(report)
        summary |= {"folder": None} if dry_run else {}
        typer.echo(json.dumps(summary, ensure_ascii=False, indent=2))
        return
    if report.moves:
        _table(report.moves)
    count = format_count(report.results.summary.count, "paper")
    if dry_run:
        typer.echo(f"{len(report.moves):,} of {count} would move. Nothing was written.")
        return
    moved = f"{len(report.moves):,} of {count} {plural(len(report.moves), 'moves', 'move')}"
    typer.echo(f"{moved}. Results: {report.results.folder}")


def _table(moves: Sequence[Move]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from grader.records.submissions import excerpt

    table = Table(box=None, pad_edge=False)
    for name in ("student", "before", "after", "by", "answer", "why"):
        numbers = name in {"before", "after", "by"}
        table.add_column(name, justify="right" if numbers else "left", no_wrap=numbers)
    for move in islice(moves, _MOVES_SHOWN):
        by = move.after - move.before
        head = (excerpt(move.student), *_totals(move), f"{float(by):+g}")
        for change in move.changes:
            table.add_row(*map(Text, (*head, _step(change), excerpt(change.why, 200))))
            head = ("", "", "", "")
    Console(width=None if Console().is_terminal else 160).print(table)
    if len(moves) > _MOVES_SHOWN:
        more = format_count(len(moves) - _MOVES_SHOWN, "more paper")
        typer.echo(f"and {more}; --json names them all")


def _step(change: Change) -> str:
    before, after = map(_marks, (change.before, change.after), change.most)
    both = f"still {after}" if before == after else f"{before} to {after}"
    return f"{change.answer}: {both}"


def _totals(move: Move) -> Iterator[str]:
    """Yield the totals; with what they are out of, where that has changed."""
    is_same = move.most[0] == move.most[1]
    for total, most in zip((move.before, move.after), move.most, strict=True):
        yield _marks(total) if is_same else f"{_marks(total)} of {_marks(most)}"


def _marks(marks: Fraction | None, most: Fraction | None = None) -> str:
    if most == 0:
        return "dropped"
    return "waits" if marks is None else f"{float(marks):g}"


def _summary(report: RegradeReport) -> dict[str, object]:
    return {
        "folder": str(report.results.folder),
        "papers": report.results.summary.count,
        "notices": [str(notice) for notice in report.notices],
        "moves": [
            {
                "paper": move.paper,
                "student": move.student,
                "name": move.name,
                "before": float(move.before),
                "after": float(move.after),
                "out_of_before": float(move.most[0]),
                "out_of_after": float(move.most[1]),
                "changes": [
                    {
                        "answer": change.answer,
                        "before": None if change.before is None else float(change.before),
                        "after": None if change.after is None else float(change.after),
                        "why": change.why,
                    }
                    for change in move.changes
                ],
            }
            for move in report.moves
        ],
    }


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    app.command()(regrade)
