"""`make`, `key`, `verify`: exam folders."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Literal

import typer

from examgen.terminal import progress_bar
from solvers.errors import ExamgenError

QUESTIONS = "A folder with question files of your own; the bundled bank is always known."


def make(
    exam: Path | None = typer.Argument(None, help="An exam file; the CENG 403 exam without one."),
    seed: str = typer.Option(..., "--seed", help="Any text; the same seed gives the same papers."),
    students: Path | None = typer.Option(
        None, "--students", help="A roster: CSV with id and name."
    ),
    copies: int | None = typer.Option(
        None, "--copies", min=1, max=100_000, help="Papers without names."
    ),
    out: Path | None = typer.Option(
        None, "--out", help="The exam folder; by default the exam's name."
    ),
    jobs: int = typer.Option(2, "--jobs", min=1, max=64, help="TeX engines that run at once."),
    max_spread: float | None = typer.Option(
        None, "--max-spread", min=1, help="How much more work one paper may be than another: 1.5."
    ),
    *,
    tex_only: bool = typer.Option(False, "--tex-only", help="Write HTML and .tex, make no PDF."),
    pdf: bool = typer.Option(False, "--pdf", help="Fail if no PDF can be made."),
    force: bool = typer.Option(False, "--force", help="Replace an existing folder."),
) -> None:
    """Make an exam folder: papers, keys, forms and the manifest.

    Example: examgen make --seed 42 --copies 3 --out exam
    """
    from generator.assemble import copies as unnamed
    from generator.exam import bundled_exam, read_exam
    from generator.make import Job
    from generator.make import make as make_folder
    from generator.roster import read_roster
    from generator.tex import install_hint

    if students is not None and copies is not None:
        raise typer.BadParameter("give --students or --copies, not both")
    read = read_exam(exam if exam is not None else bundled_exam())
    people = read_roster(students) if students is not None else unnamed(copies or 1)
    wanted: Literal["auto", "yes", "no"] = "no" if tex_only else "yes" if pdf else "auto"
    spread = None if max_spread is None else Fraction(str(max_spread))
    job = Job(read, seed, people, out or Path(read.code), wanted, force, jobs, spread)
    with progress_bar("making") as progress:
        report = make_folder(job, progress)
    kinds = "PDF, HTML and .tex" if report.pdf else "HTML and .tex"
    typer.echo(f"{report.folder}: {report.count} papers with keys and forms ({kinds})")
    if not report.pdf and not tex_only:
        typer.echo(f"No PDF was made: there is no TeX engine. To get one: {install_hint()}")
    if report.failures:
        raise ExamgenError("\n".join(report.failures))


def key(
    folder: Path = typer.Argument(..., help="An exam folder."),
    jobs: int = typer.Option(2, "--jobs", min=1, max=64, help="TeX engines that run at once."),
    questions: list[Path] = typer.Option([], "--questions", help=QUESTIONS),
) -> None:
    """Write the answer keys of an exam folder again.

    Example: examgen key exam
    """
    from generator.keys import write_keys

    for path in write_keys(folder, jobs, questions):
        typer.echo(str(path))


def verify(
    folder: Path = typer.Argument(..., help="An exam folder."),
    questions: list[Path] = typer.Option([], "--questions", help=QUESTIONS),
) -> None:
    """Make an exam again and compare: identical, or what differs and where.

    Example: examgen verify exam
    """
    from generator.verify import verify as differences

    found = differences(folder, questions)
    if found:
        raise ExamgenError("\n".join(found))
    typer.echo(f"{folder}: identical")


def register(app: typer.Typer) -> None:
    """Adds these commands to the application."""
    for command in (make, key, verify):
        app.command()(command)
