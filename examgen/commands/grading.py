"""`grade`, `export`, `feedback`: marks for what was handed in, and what goes back."""

from __future__ import annotations

import json
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from typer.core import TyperCommand

from examgen.commands.making import QUESTIONS
from examgen.ground.wording import format_count
from examgen.terminal import progress_bar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from typer._click.core import Context
    from typer._click.formatting import HelpFormatter

    from grader.grade import GradeReport
    from grader.results.summary import AnswerSummary

DATABASE = "The store as a URL: postgresql+psycopg://...; gradebook.sqlite in the folder."

_FILES_SHOWN = 20
_WAITS = {"for_human": "in prose", "undecided": "undecided", "unreadable": "unreadable"}


def grade(
    folder: Path = typer.Argument(..., help="An exam folder."),
    submissions: list[Path] = typer.Argument(
        ..., help="Tables, JSON, YAML, PDF forms; folders and archives."
    ),
    out: Path | None = typer.Option(
        None, "--out", help="Where results go; grades in the exam folder."
    ),
    jobs: int = typer.Option(1, "--jobs", min=1, max=64, help="Processes that mark."),
    columns: Path | None = typer.Option(
        None, "--columns", help="YAML: what columns hold, as `Response 1: 1a.size`."
    ),
    scheduler: str | None = typer.Option(
        None, "--scheduler", help="A Dask cluster that marks instead: tcp://host:8786."
    ),
    database: str | None = typer.Option(None, "--database", help=DATABASE),
    *,
    latest: bool = typer.Option(
        False, "--latest", help="Of submissions of a student that differ, take the latest."
    ),
    answers: bool = typer.Option(
        False, "--answers", help="Print a line for each answer, not for each question."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print the summary as JSON."),
) -> None:
    """Mark what students handed in: marks, feedback pages, gradebook.

    A file that cannot be opened is named, all others are graded, and the exit status is 1.

    Example: examgen grade exam answers.csv
    """
    from grader.grade import grade as grade_class
    from grader.results.summary import by_question

    with progress_bar("grading") as progress:
        report = grade_class(
            folder,
            submissions,
            out,
            progress,
            jobs=jobs,
            columns=columns,
            latest=latest,
            scheduler=scheduler,
            database=database,
        )
    for notice in report.notices:
        typer.echo(str(notice), err=True)
    if as_json:
        typer.echo(json.dumps(_summary(report), ensure_ascii=False, indent=2))
    else:
        _table(
            "answer" if answers else "question",
            report.answers if answers else by_question(report.answers),
        )
        _files(report)
        _in_short(folder, report)
    if report.left_out:
        raise typer.Exit(1)


class _ListsSystems(TyperCommand):
    """A command whose help ends with the systems; they are looked for when it is asked for."""

    def format_epilog(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write what is exported for each system."""
        from grader.export.systems.search import all_systems

        ways = [(system.name, way) for system in all_systems().values() for way in system.ways]
        with formatter.section("Systems"):
            formatter.write_dl([(name, way.says) for name, way in ways])
        super().format_epilog(ctx, formatter)


def export(
    folder: Path = typer.Argument(..., help="A graded exam folder."),
    to: str = typer.Option(
        ...,
        "--to",
        help="A platform or format: moodle, canvas, csv, xlsx, ... (docs/gradebooks.md).",
    ),
    into: Path | None = typer.Option(
        None, "--into", help="The file exported from the platform; it is filled in a copy."
    ),
    out: Path | None = typer.Option(
        None, "--out", help="The file to write; by default grades-SYSTEM in the exam folder."
    ),
    column: str = typer.Option(
        "", "--column", help="The platform's column by title or id; else the exam's title."
    ),
    out_of: str | None = typer.Option(
        None, "--out-of", help="The platform's maximum, to which marks are scaled: 100."
    ),
    exempt: list[str] = typer.Option([], "--exempt", help="A student's id; may be repeated."),
    *,
    answers: bool = typer.Option(False, "--answers", help="With the marks of each answer."),
    pending_as_blank: bool = typer.Option(
        False,
        "--pending-as-blank",
        help="Go on where marks wait: these students get no grade, not a 0.",
    ),
    skip_missing: bool = typer.Option(
        False, "--skip-missing", help="Leave out students whom the platform's file does not have."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print the summary as JSON."),
) -> None:
    """Write the grades for a learning platform or a spreadsheet.

    Example: examgen export exam --to canvas --into canvas.csv --out-of 100
    """
    from grader.export.book import Wishes
    from grader.export.export import export as write
    from grader.export.systems.search import all_systems

    if to not in all_systems():
        raise typer.BadParameter(
            f"expected one of {', '.join(all_systems())}, found {to!r}", param_hint="--to"
        )
    maximum = None if out_of is None else _positive(out_of)
    wishes = Wishes(column, maximum, answers, frozenset(exempt), pending_as_blank, skip_missing)
    report = write(folder, to, into, out, wishes)
    for notice in report.notices:
        typer.echo(str(notice), err=True)
    if as_json:
        counts = {state.value: count for state, count in report.states.items()}
        found = {
            "file": str(report.file),
            "states": counts,
            "blank": report.blank,
            "left_out": report.left_out,
        }
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    states = [f"{count} {state.value}" for state, count in report.states.items()]
    if report.left_out:
        states.append(f"{report.left_out} left out")
    typer.echo(f"{report.file}: {', '.join(states)}")
    if report.blank:
        typer.echo(f"Left blank: {', '.join(report.blank)}")


def feedback(
    folder: Path = typer.Argument(..., help="A graded exam folder."),
    out: Path | None = typer.Option(
        None, "--out", help="Where the pages go; feedback in the exam folder."
    ),
    zip_for: str | None = typer.Option(
        None, "--zip", help="All pages in one zip: plain (by student id) or moodle (needs --into)."
    ),
    into: Path | None = typer.Option(
        None, "--into", help="The grading worksheet of the Moodle assignment."
    ),
    jobs: int = typer.Option(
        2, "--jobs", min=1, max=64, help="Processes that write pages, and TeX engines."
    ),
    *,
    solutions: bool = typer.Option(
        True, "--solutions/--no-solutions", help="With worked solutions and model answers."
    ),
    skip_missing: bool = typer.Option(
        False, "--skip-missing", help="Leave out students whom the worksheet does not have."
    ),
    pdf: bool = typer.Option(False, "--pdf", help="Each page as PDF, too, printed by TeX."),
    questions: list[Path] = typer.Option([], "--questions", help=QUESTIONS),
) -> None:
    """Write what students get back: a page each, a mail merge, and a zip.

    Example: examgen feedback exam --zip plain
    """
    from examgen.commands.annotating import check_zip
    from examgen.printed_feedback import printer
    from grader.export.hand_back import hand_back

    check_zip(zip_for, into)
    with progress_bar("writing") as progress:
        report = hand_back(
            folder,
            out,
            zipped=zip_for is not None,
            worksheet=into,
            solutions=solutions,
            skip_missing=skip_missing,
            printed=printer(folder, questions, solutions=solutions, jobs=jobs) if pdf else None,
            progress=progress,
            jobs=jobs,
        )
    for notice in report.notices:
        typer.echo(str(notice), err=True)
    typer.echo(f"{report.folder}: {format_count(report.pages, 'page')} and mail.csv")
    if report.zip is not None:
        typer.echo(str(report.zip))


def _positive(text: str) -> Fraction:
    try:
        value = Fraction(text)
    except (ValueError, ZeroDivisionError):
        value = Fraction(0)
    if value <= 0:
        raise typer.BadParameter(
            f"expected a number above 0, found {text!r}", param_hint="--out-of"
        )
    return value


def _table(what: str, summary: Sequence[AnswerSummary]) -> None:
    from rich.console import Console
    from rich.table import Table

    from answers.verdict import Verdict
    from grader.scoring.marked import WAITING, worth_text

    columns = {
        "right": (Verdict.CORRECT,),
        "mistake": (Verdict.MISTAKE,),
        "follows": (Verdict.FOLLOW_THROUGH,),
        "wrong": (Verdict.WRONG,),
        "blank": (Verdict.BLANK,),
        "absent": (Verdict.ABSENT,),
        "by hand": tuple(WAITING),
    }
    table = Table(box=None, pad_edge=False)
    table.add_column(what, no_wrap=True)
    for name in ("marks", "mean", *columns, "waits", "most frequent mistake"):
        table.add_column(name, justify="left" if name.startswith("most") else "right")
    for item in summary:
        mean = f"{float(item.mean):.2f}" if item.mean is not None else "-"
        counts = [sum(item.counts.get(v, 0) for v in those) for those in columns.values()]
        waits = sum(item.waiting.values())
        shown = (
            str(count) if count else "." for count in (*counts[:-1], counts[-1] - waits, waits)
        )
        mistake = f"{item.mistakes[0][0]} ({item.mistakes[0][1]})" if item.mistakes else ""
        table.add_row(item.id, worth_text(item.out_of, item.bonus), mean, *shown, mistake)
    Console(width=None if Console().is_terminal else 140).print(table)


def _in_short(folder: Path, report: GradeReport) -> None:
    from examgen.ground.wording import marks_counted

    mean = "none" if report.mean is None else f"{float(report.mean):.2f}"
    wait = marks_counted(report.pending, "mark that waits", "marks that wait")
    rest = f", not counting {wait}" if report.pending else ""
    said = f"mean {mean} of {marks_counted(report.out_of)}{rest}"
    typer.echo(f"{report.handed_in:,} of {format_count(report.count, 'paper')} handed in; {said}")
    if report.waiting:
        counts = (f"{n:,} {_WAITS[verdict]}" for verdict, n in report.waiting.items())
        typer.echo(f"Answers that wait for a person: {', '.join(counts)}")
        typer.echo(f"Next: examgen mark {folder}")
    typer.echo(f"Results: {report.folder}")


def _files(report: GradeReport) -> None:
    """Print what became of the rows of each file, without counts of 0."""
    for file in report.files[:_FILES_SHOWN]:
        counts = {name: count for name, count in asdict(file).items() if isinstance(count, int)}
        said = ", ".join(f"{count} {name}" for name, count in counts.items() if count) or "nothing"
        typer.echo(f"{file.file} ({', '.join(file.formats)}): {said}")
    if len(report.files) > _FILES_SHOWN:
        more = format_count(len(report.files) - _FILES_SHOWN, "more file")
        typer.echo(f"and {more}; --json counts them all")
    if report.to_settle:
        typer.echo("To settle: exceptions.csv in the results; correct it and hand it in as well")


def _summary(report: GradeReport) -> Mapping[str, object]:
    return {
        "folder": str(report.folder),
        "papers": report.count,
        "handed_in": report.handed_in,
        "out_of": float(report.out_of),
        "mean": None if report.mean is None else float(report.mean),
        "pending": float(report.pending),
        "verdicts": {verdict.value: count for verdict, count in report.counts.items()},
        "waiting": {verdict.value: count for verdict, count in report.waiting.items()},
        "to_settle": report.to_settle,
        "files": [asdict(file) for file in report.files],
        "notices": [str(notice) for notice in report.notices],
        "answers": [
            {
                "id": item.id,
                "out_of": float(item.out_of),
                "bonus": float(item.bonus),
                "mean": None if item.mean is None else float(item.mean),
                "verdicts": {verdict.value: count for verdict, count in item.counts.items()},
                "waiting": sum(item.waiting.values()),
                "mistakes": dict(item.mistakes),
            }
            for item in report.answers
        ],
    }


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    app.command()(grade)
    app.command(cls=_ListsSystems)(export)
    app.command()(feedback)
