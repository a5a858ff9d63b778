"""`grade`: marks for what was handed in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from examgen.terminal import progress_bar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.grade import AnswerSummary, GradeReport


def grade(
    folder: Path = typer.Argument(..., help="An exam folder."),
    submissions: list[Path] = typer.Argument(..., help="CSV or JSON files, or folders of them."),
    out: Path | None = typer.Option(
        None, "--out", help="Where results go; grades in the exam folder."
    ),
    jobs: int = typer.Option(1, "--jobs", min=1, max=64, help="Processes that mark."),
    *,
    as_json: bool = typer.Option(False, "--json", help="Print the summary as JSON."),
) -> None:
    """Mark what students handed in: marks, feedback pages, gradebook.

    Example: examgen grade exam answers.csv
    """
    from grader.grade import grade as grade_class
    from grader.marks import WAITING

    with progress_bar("grading") as progress:
        report = grade_class(folder, submissions, out, progress, jobs=jobs)
    for notice in report.notices:
        typer.echo(str(notice), err=True)
    if as_json:
        typer.echo(json.dumps(_summary(report), ensure_ascii=False, indent=2))
        return
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

    from grader.marks import WAITING, Verdict

    columns = {
        "right": (Verdict.CORRECT,),
        "mistake": (Verdict.MISTAKE,),
        "follows": (Verdict.FOLLOW_THROUGH,),
        "wrong": (Verdict.WRONG,),
        "blank": (Verdict.BLANK,),
        "absent": (Verdict.ABSENT,),
        "waits": tuple(WAITING),
    }
    table = Table(box=None, pad_edge=False)
    table.add_column("answer", no_wrap=True)
    for name in ("marks", "mean", *columns, "most frequent mistake"):
        table.add_column(name, justify="left" if " " in name else "right")
    for item in summary:
        mean = f"{float(item.mean):.2f}" if item.mean is not None else "-"
        counts = (sum(item.counts.get(v, 0) for v in those) for those in columns.values())
        shown = (str(count) if count else "." for count in counts)
        mistake = f"{item.mistakes[0][0]} ({item.mistakes[0][1]})" if item.mistakes else ""
        table.add_row(item.id, f"{float(item.out_of):g}", mean, *shown, mistake)
    Console(width=None if Console().is_terminal else 140).print(table)


def _summary(report: GradeReport) -> Mapping[str, object]:
    return {
        "folder": str(report.folder),
        "papers": len(report.papers),
        "handed_in": report.handed_in,
        "mean": None if report.mean is None else float(report.mean),
        "pending": float(report.pending),
        "verdicts": {verdict.value: count for verdict, count in report.counts.items()},
        "notices": [str(notice) for notice in report.notices],
        "answers": [
            {
                "id": item.id,
                "out_of": float(item.out_of),
                "mean": None if item.mean is None else float(item.mean),
                "verdicts": {verdict.value: count for verdict, count in item.counts.items()},
                "mistakes": dict(item.mistakes),
            }
            for item in report.summary
        ],
    }


def register(app: typer.Typer) -> None:
    """Adds these commands to the application."""
    app.command()(grade)
