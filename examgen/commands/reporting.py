"""`report`: what a class did, and what the exam was worth."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import typer

from examgen.ground.errors import ToolError


def report(
    folder: Path = typer.Argument(..., help="An exam folder that was graded."),
    out: Path | None = typer.Option(
        None, "--out", help="Where the page goes; report in the exam folder."
    ),
    *,
    as_json: bool = typer.Option(False, "--json", help="Print every figure as JSON; no page."),
    pdf: bool = typer.Option(False, "--pdf", help="Also print the page as a PDF, with Chromium."),
    names: bool = typer.Option(False, "--names", help="Say who the students are in hints."),
) -> None:
    """Report on a class: totals, items, mistakes, fairness of the variants, papers that agree.

    Example: examgen report exam --pdf
    """
    try:
        from grader.report.report import report as report_on
        from grader.report.report import write_report
    except ImportError as error:
        raise _missing(error) from error
    found = report_on(folder, names=names)
    if as_json:
        typer.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2, allow_nan=False))
        return
    try:
        written = write_report(found, out or folder / "report", pdf=pdf)
    except ImportError as error:
        raise _missing(error) from error
    for path in written:
        typer.echo(str(path))


def _missing(error: ImportError) -> ToolError:
    fix = "pip install 'examgen-toolkit[report]'"
    return ToolError(f"a report needs {error.name}, which is not installed: {fix}")


def register(app: typer.Typer) -> None:
    """Add this command to the application."""
    app.command()(report)
