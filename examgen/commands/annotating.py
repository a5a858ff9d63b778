"""`annotate`: students' own pages back with the marks on them."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import typer

from examgen.commands.scanning import check_extra
from examgen.ground.errors import ToolError
from examgen.ground.wording import first_of, format_count
from examgen.terminal import progress_bar

SHOWN = 20


def annotate(
    folder: Path = typer.Argument(..., help="A graded exam folder with the PDFs of its papers."),
    out: Path | None = typer.Option(
        None, "--out", "-o", help="Where the files go; annotated in the exam folder."
    ),
    zip_for: str | None = typer.Option(
        None, "--zip", help="All files in one zip: plain (by student id) or moodle (needs --into)."
    ),
    into: Path | None = typer.Option(
        None, "--into", help="The grading worksheet of the Moodle assignment."
    ),
    jobs: int = typer.Option(2, "--jobs", min=1, max=64, help="Processes that draw at once."),
    *,
    incomplete: bool = typer.Option(
        False, "--incomplete", help="Also papers that still wait for a person."
    ),
    skip_missing: bool = typer.Option(
        False, "--skip-missing", help="Leave out students whom the worksheet does not have."
    ),
) -> None:
    """Write each student's own pages with marks, mistakes and remarks on them, as a PDF.

    Example: examgen annotate exam --zip plain
    """
    check_extra()
    if find_spec("reportlab") is None:
        fix = "pip install 'examgen-toolkit[scan]'"
        raise ToolError(f"pages cannot be drawn on without the extra scan (reportlab): {fix}")
    from examgen.annotation.annotate import annotate as write

    check_zip(zip_for, into)
    with progress_bar("annotating") as progress:
        report = write(
            folder,
            out,
            zipped=zip_for is not None,
            worksheet=into,
            incomplete=incomplete,
            skip_missing=skip_missing,
            progress=progress,
            jobs=jobs,
        )
    for notice in report.notices[:SHOWN]:
        typer.echo(str(notice), err=True)
    if len(report.notices) > SHOWN:
        typer.echo(f"... and {len(report.notices) - SHOWN} more", err=True)
    typer.echo(f"{report.folder}: {format_count(report.papers, 'paper')} and mail.csv")
    if report.waiting:
        waiting = format_count(len(report.waiting), "paper waits", "papers wait")
        fix = "mark them, or write them with --incomplete"
        typer.echo(f"{waiting} for a person: {first_of(report.waiting)}; {fix}")
    if report.zip is not None:
        typer.echo(str(report.zip))


def check_zip(zip_for: str | None, into: Path | None) -> None:
    """Check that a zip is of a kind that is known, and has the worksheet that it needs.

    Raises:
        BadParameter: it is not.
    """
    if zip_for not in {None, "plain", "moodle"}:
        raise typer.BadParameter(f"expected plain or moodle, found {zip_for!r}", param_hint="--zip")
    if (zip_for == "moodle") != (into is not None):
        raise typer.BadParameter("--zip moodle and --into WORKSHEET go together")


def register(app: typer.Typer) -> None:
    """Add this command to the application."""
    app.command()(annotate)
