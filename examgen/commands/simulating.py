"""`simulate`, `score`: a made-up class, and what a grader made of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from examgen.ground.wording import counted
from examgen.simulation.formats import Format
from examgen.terminal import progress_bar

if TYPE_CHECKING:
    from examgen.simulation.truth import Comparison


def simulate(
    folder: Path = typer.Argument(..., help="An exam folder."),
    seed: str = typer.Option(..., "--seed", help="Any text; the same seed gives the same class."),
    students: int | None = typer.Option(
        None, "--students", min=1, help="Answer the first papers only."
    ),
    out: Path | None = typer.Option(
        None, "--out", help="Where the class goes; simulated in the exam folder."
    ),
    form: Format = typer.Option(
        Format.WIDE,
        "--format",
        help="Of what is handed in: a row a student, a row an answer, JSON.",
    ),
) -> None:
    """Make up a class: what it hands in, and beside it the verdict that each answer must get.

    Example: examgen simulate exam --seed 1
    """
    from examgen.simulation.folder import SUBMISSIONS
    from examgen.simulation.folder import simulate as make_up

    with progress_bar("simulating") as progress:
        made = make_up(folder, seed, students, out, form, progress=progress)
    counts = ", ".join(f"{n} {manner.value}" for manner, n in made.manners.items() if n)
    typer.echo(f"{made.folder}: {counted(made.papers, 'paper')} ({counts})")
    typer.echo(f"Next: examgen grade {folder} {made.folder / SUBMISSIONS}")


def score(
    simulated: Path = typer.Argument(..., help="A folder that simulate wrote."),
    grades: Path = typer.Argument(..., help="A folder that grade wrote."),
    *,
    as_json: bool = typer.Option(False, "--json", help="Print the comparison as JSON."),
) -> None:
    """Compare the grades of a made-up class with the truth; exit status 1 if they differ.

    Example: examgen score exam/simulated exam/grades
    """
    from examgen.simulation.truth import compare

    found = compare(simulated, grades)
    typer.echo(_json(found) if as_json else _text(found))
    if found.differences:
        raise typer.Exit(1)


def _text(found: Comparison) -> str:
    lines = [str(difference) for difference in found.differences]
    for what, count in sorted(found.expected.items()):
        lines.append(f"{found.agreeing[what]:9,} of {count:9,} {what.value}")
    answers, papers = counted(found.expected.total(), "answer"), counted(found.papers, "paper")
    differ = counted(len(found.differences), "differs", "differ")
    lines.append(f"{answers} of {papers}, {differ}")
    return "\n".join(lines)


def _json(found: Comparison) -> str:
    record = {
        "papers": found.papers,
        "answers": found.expected.total(),
        "expected": found.expected,
        "agreeing": found.agreeing,
        "differences": [str(difference) for difference in found.differences],
    }
    return json.dumps(record, ensure_ascii=False, indent=2)


def register(app: typer.Typer) -> None:
    """Adds these commands to the application."""
    for command in (simulate, score):
        app.command()(command)
