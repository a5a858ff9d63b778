"""`appeals`: what students ask about their marks, out to another person and back in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import typer

from examgen.commands.grading import DATABASE
from examgen.ground.wording import format_count, marks_text


def appeals(
    folder: Path = typer.Argument(..., help="A graded exam folder."),
    file: Path | None = typer.Argument(
        None, help="What students handed in, a file or a folder; with --by, decisions."
    ),
    by: str = typer.Option("", "--by", help="Who decided; none of those who marked the answer."),
    received: datetime | None = typer.Option(
        None, "--received", formats=["%Y-%m-%d"], help="When it came; today if not said."
    ),
    out: Path | None = typer.Option(
        None, "--out", help="Where the files, or the results, go; in the exam folder."
    ),
    database: str | None = typer.Option(None, "--database", help=DATABASE),
) -> None:
    """Take in what students ask about marks, write it for another person, read what was decided.

    Example: examgen appeals exam handed_in/ --received 2026-12-10
    """
    if file is None:
        _write(folder, out, database)
    elif by.strip():
        _decide(folder, file, by.strip(), out, database)
    else:
        _take(folder, file, received or datetime.now(UTC), out, database)


def _write(folder: Path, out: Path | None, database: str | None) -> None:
    from grader.by_hand.appeals.decide import write_appeals

    files, count = write_appeals(folder, out, database)
    typer.echo(format_count(count, "appeal is open", "appeals are open"))
    for path in files:
        typer.echo(str(path))


def _take(
    folder: Path, file: Path, received: datetime, out: Path | None, database: str | None
) -> None:
    from grader.by_hand.appeals.receive import take_appeals

    found = take_appeals(folder, file, received.date(), out, database)
    refused = [one for one in found if one.refused]
    taken = format_count(len(found) - len(refused), "appeal was", "appeals were")
    typer.echo(f"{taken} taken, {len(refused)} refused")
    for one in refused:
        typer.echo(f"{one.paper} {one.answer}: refused: {one.refused}")


def _decide(folder: Path, file: Path, by: str, out: Path | None, database: str | None) -> None:
    from grader.by_hand.appeals.decide import decide_appeals

    found = decide_appeals(folder, file, by, out, database)
    for one in found.appeals:
        typer.echo(f"{one.paper} {one.answer}: {one.outcome}")
    for move in found.moved:
        before = "waiting" if move.before is None else marks_text(move.before)
        why = "asked" if move.asked else "gave the same answer"
        typer.echo(f"{move.paper} {move.answer}: {before} to {marks_text(move.after)}, {why}")
    papers = len({move.paper for move in found.moved})
    typer.echo(f"{format_count(papers, 'paper moves', 'papers move')}. Results: {found.folder}")


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    app.command()(appeals)
