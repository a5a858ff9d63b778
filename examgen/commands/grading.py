"""`grade`: marks for what was handed in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from examgen.terminal import progress_bar

if TYPE_CHECKING:
    from grader.grade import AnswerSummary


def grade(
    folder: Path = typer.Argument(..., help="An exam folder."),
    submissions: list[Path] = typer.Argument(..., help="CSV or JSON files, or folders of them."),
    out: Path | None = typer.Option(
        None, "--out", help="Where results go; grades in the exam folder."
    ),
) -> None:
    """Mark what students handed in: marks, feedback pages, gradebook.

    Example: examgen grade exam answers.csv
    """
    from grader.grade import grade as grade_class
    from grader.marks import WAITING

    with progress_bar("grading") as progress:
        report = grade_class(folder, submissions, out, progress)
    for notice in report.notices:
        typer.echo(str(notice), err=True)
    _table(report.summary)
    mean = f"{float(report.mean):.2f}" if report.mean is not None else "none"
    typer.echo(f"{report.handed_in} of {len(report.papers)} papers handed in; mean {mean}")
    counts = ", ".join(
        f"{count} {verdict.value}"
        for verdict, count in report.counts.items()
        if verdict in WAITING and count
    )
    if counts:
        typer.echo(f"Waiting for a person: {counts}")
    typer.echo(f"Results: {report.folder}")


def _table(summary: tuple[AnswerSummary, ...]) -> None:
    from rich.console import Console
    from rich.table import Table

    from grader.marks import Verdict

    shown = (Verdict.CORRECT, Verdict.MISTAKE, Verdict.FOLLOW_THROUGH, Verdict.WRONG, Verdict.BLANK)
    table = Table(box=None)
    table.add_column("answer")
    for name in ("marks", "mean", *(v.value for v in shown), "most frequent mistake"):
        table.add_column(name, justify="left" if " " in name else "right")
    for item in summary:
        mean = f"{float(item.mean):.2f}" if item.mean is not None else "-"
        counts = (str(item.counts.get(v, 0)) for v in shown)
        mistake = f"{item.mistakes[0][0]} ({item.mistakes[0][1]})" if item.mistakes else ""
        table.add_row(item.id, f"{float(item.out_of):g}", mean, *counts, mistake)
    Console(width=None if Console().is_terminal else 140).print(table)


def register(app: typer.Typer) -> None:
    """Adds these commands to the application."""
    app.command()(grade)
