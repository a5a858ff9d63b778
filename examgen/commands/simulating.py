"""`simulate`, `score`: a made-up class, and what a grader made of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from examgen.ground.wording import format_count
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
    scanner: str = typer.Option(
        "office",
        "--scanner",
        help="With --scans: office, pale, feed, bilevel, phone ...; print: to print and scan.",
    ),
    *,
    scans: bool = typer.Option(False, "--scans", help="Also as a stack of scanned papers."),
) -> None:
    """Make up a class: what it hands in, and beside it the verdict that each answer must get.

    Example: examgen simulate exam --seed 1
    """
    from examgen.simulation.folder import SUBMISSIONS
    from examgen.simulation.folder import simulate as make_up

    with progress_bar("simulating") as progress:
        made = make_up(folder, seed, students, out, form, progress=progress)
    counts = ", ".join(f"{n} {manner.value}" for manner, n in made.manners.items() if n)
    typer.echo(f"{made.folder}: {format_count(made.papers, 'paper')} ({counts})")
    if scans:
        _stacks(folder, seed, students, made.folder, scanner)
    typer.echo(f"Next: examgen grade {folder} {made.folder / SUBMISSIONS}")


def _stacks(folder: Path, seed: str, students: int | None, out: Path, scanner: str) -> None:
    from examgen.commands.scanning import check_extra

    check_extra()
    from examgen.simulation.folder import class_of
    from examgen.simulation.scans.scanners import SCANNERS
    from examgen.simulation.scans.stack import FOLDER, PRINT, write_stacks

    known = (*SCANNERS, PRINT)
    if scanner not in known:
        raise typer.BadParameter(f"known are {', '.join(known)}", param_hint="--scanner")
    papers = ((one.paper, one.handed_in[0]) for one in class_of(folder, seed, students))
    images = write_stacks(folder, papers, out, seed, scanner)
    typer.echo(f"{out / FOLDER}: {format_count(images, 'image')} of a stack, and what is on them")
    if scanner == PRINT:
        typer.echo("Next: print them in their own size, scan them, and call examgen scan")
    else:
        typer.echo(f"Next: examgen scan {folder} {out / FOLDER}")


def score(
    simulated: Path = typer.Argument(..., help="A folder that simulate wrote."),
    grades: Path = typer.Argument(..., help="A folder that grade or scan wrote."),
    *,
    as_json: bool = typer.Option(False, "--json", help="Print the comparison as JSON."),
) -> None:
    """Compare the grades of a made-up class with the truth; exit status 1 if they differ.

    Example: examgen score exam/simulated exam/grades
    """
    from examgen.folder.scans import PAGES
    from examgen.simulation.truth import compare

    if (grades / PAGES).is_file():
        _score_scans(simulated, grades, as_json=as_json)
        return
    found = compare(simulated, grades)
    typer.echo(_json(found) if as_json else _text(found))
    if found.differences:
        raise typer.Exit(1)


def _score_scans(simulated: Path, scans: Path, *, as_json: bool) -> None:
    from examgen.commands.scanning import check_extra

    check_extra()
    from examgen.simulation.scans.truth import compare_scans

    found = compare_scans(simulated, scans)
    if as_json:
        counts = {f"{what}: {came}": count for (what, came), count in found.counts.items()}
        typer.echo(json.dumps({"counts": counts, "wrong": found.wrong}, ensure_ascii=False))
    else:
        for said in found.wrong:
            typer.echo(said)
        for (what, came), count in sorted(found.counts.items()):
            typer.echo(f"{count:9,} {what}: {came}")
    if found.wrong:
        raise typer.Exit(1)


def _text(found: Comparison) -> str:
    lines = [str(difference) for difference in found.differences]
    for what, count in sorted(found.expected.items()):
        lines.append(f"{found.agreeing[what]:9,} of {count:9,} {what.value}")
    answers, papers = (
        format_count(found.expected.total(), "answer"),
        format_count(found.papers, "paper"),
    )
    differ = format_count(len(found.differences), "differs", "differ")
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
    """Add these commands to the application."""
    for command in (simulate, score):
        app.command()(command)
