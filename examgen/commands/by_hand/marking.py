"""`mark`: what waits for a person, out as files and back in as marks."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import typer

from examgen.commands.grading import DATABASE
from examgen.ground.wording import format_count


def mark(
    folder: Path = typer.Argument(..., help="A graded exam folder."),
    file: Path | None = typer.Argument(
        None, help="A filled table, what the page saved, or proposals."
    ),
    reference: Path | None = typer.Option(
        None, "--reference", help="Marks for chosen answers, by which somebody tries first."
    ),
    by: str = typer.Option("", "--by", help="Who marked; kept with the marks."),
    double: str = typer.Option("0%", "--double", help="The share that a second person marks: 10%."),
    out: Path | None = typer.Option(
        None, "--out", help="Where the files, or the results, go; in the exam folder."
    ),
    database: str | None = typer.Option(None, "--database", help=DATABASE),
    *,
    by_paper: bool = typer.Option(
        False, "--by-paper", help="A row for each paper, for marking on the booklets themselves."
    ),
) -> None:
    """Write what waits for a person as a table and a page; with a file, read the marks back in.

    Example: examgen mark exam --double 10%
    """
    from grader.by_hand.proposals import is_proposals

    if by_paper and file is None:
        if _share(double):
            what = "goes without --by-paper: a second opinion is given on groups of answers"
            raise typer.BadParameter(what, param_hint="--double")
        _write_papers(folder, out, database)
    elif file is None and reference is not None:
        _write_calibration(folder, reference, out, database)
    elif file is None:
        _write(folder, out, _share(double), database)
    elif not by.strip():
        raise typer.BadParameter("say who marked", param_hint="--by")
    elif is_proposals(file):
        _propose(folder, file, by.strip(), database)
    elif reference is not None:
        _calibrate(folder, file, reference, by.strip(), database)
    else:
        _take(folder, file, by.strip(), out, database)


def _write(folder: Path, out: Path | None, double: Fraction, database: str | None) -> None:
    from grader.by_hand.people import write_marking

    sheets = write_marking(folder, out, double, database)
    waiting = format_count(sheets.answers, "answer waits", "answers wait")
    typer.echo(f"{waiting}, in {format_count(sheets.groups, 'group')} of equal ones")
    if sheets.second:
        second = format_count(sheets.second, "group is", "groups are")
        typer.echo(f"{second} for a second person as well")
    if sheets.settle:
        differ = format_count(sheets.settle, "group has", "groups have")
        typer.echo(f"{differ} two marks to settle: marking-settled")
    for path in sheets.files:
        typer.echo(str(path))


def _write_papers(folder: Path, out: Path | None, database: str | None) -> None:
    from grader.by_hand.people import write_papers

    files, waiting = write_papers(folder, out, database)
    typer.echo(format_count(waiting, "answer waits", "answers wait"))
    for path in files:
        typer.echo(str(path))
    if not any(path.suffix == ".xlsx" for path in files):
        typer.echo("no XLSX without the extra: pip install 'examgen-toolkit[xlsx]'", err=True)


def _write_calibration(
    folder: Path, reference: Path, out: Path | None, database: str | None
) -> None:
    from grader.by_hand.calibrate import write_calibration

    for path in write_calibration(folder, reference, out, database):
        typer.echo(str(path))


def _calibrate(folder: Path, file: Path, reference: Path, by: str, database: str | None) -> None:
    from examgen.commands.by_hand.marker_lines import agreement_lines
    from grader.by_hand.calibrate import calibrate

    typer.echo(f"{by} beside the reference; no mark was taken")
    for line in agreement_lines(calibrate(folder, file, reference, by, database)):
        typer.echo(line)


def _propose(folder: Path, file: Path, by: str, database: str | None) -> None:
    from grader.by_hand.proposals import take_proposals

    count = format_count(take_proposals(folder, file, by, database), "criterion", "criteria")
    typer.echo(f"{by} proposes about {count}; no mark was changed")
    typer.echo("examgen mark shows it beside the answers")


def _take(folder: Path, file: Path, by: str, out: Path | None, database: str | None) -> None:
    from examgen.commands.by_hand.marker_lines import marker_lines
    from examgen.ground.wording import marks_counted
    from grader.by_hand.people import take_marks

    report = take_marks(folder, file, by, out, database)
    for notice in (*report.notices, *report.results.faults):
        typer.echo(str(notice), err=True)
    given = format_count(report.given, "answer")
    typer.echo(f"{given} marked by {by}, {report.new:,} of them new or changed")
    for line in marker_lines(report.markers):
        typer.echo(line)
    pending = report.results.summary.pending
    wait = marks_counted(pending, "mark still waits", "marks still wait")
    typer.echo(f"{wait} for a person")
    typer.echo(f"Results: {report.results.folder}")


def _share(text: str) -> Fraction:
    number = re.fullmatch(r"(\d{1,3}(?:\.\d{1,4})?)\s*%", text.strip())
    share = Fraction(number[1]) / 100 if number else Fraction(2)
    if share > 1:
        raise typer.BadParameter(
            f"expected a share such as 10%, found {text!r}", param_hint="--double"
        )
    return share


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    app.command()(mark)
