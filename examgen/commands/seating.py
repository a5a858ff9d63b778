"""`seats`: rooms and seats of a class, and the lists for the day of the exam."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import typer

from examgen.commands.making import QUESTIONS


def seats(
    folder: Path = typer.Argument(..., help="An exam folder."),
    rooms: Path | None = typer.Argument(
        None, help="A table with room and seats: a number, 48, or rows x columns, 6x8."
    ),
    back: bool = typer.Option(  # noqa: FBT001 - an option
        False,
        "--back",
        help="Compare counts.csv and attendance.csv, as filled in, with what was handed in.",
    ),
    order: Literal["paper", "name", "drawn"] = typer.Option(
        "paper", "--order", help="Who comes first: by paper, by name, or drawn by the exam's seed."
    ),
    questions: list[Path] = typer.Option([], "--questions", help=QUESTIONS),
) -> None:
    """Give each student a room and a seat; write lists for doors and rooms, papers in seat order.

    Example: examgen seats exam rooms.csv
    """
    if back == (rooms is not None):
        raise typer.BadParameter("expected a table of rooms, or --back after the exam")
    if rooms is None:
        _compare_day(folder)
        return
    from examgen.exam_day.rooms import read_rooms
    from examgen.exam_day.write import write_seats
    from generator.pdf.pdflatex import engine, install_hint

    def tell(notice: str) -> None:
        typer.echo(notice, err=True)

    for path in write_seats(folder, read_rooms(rooms), order, tell, questions):
        typer.echo(str(path))
    if engine() is None:
        tell(f"No PDF was made: there is no TeX engine. To get one: {install_hint()}")


def _compare_day(folder: Path) -> None:
    """Say where counts and attendance disagree with what was handed in."""
    from examgen.exam_day.reconcile import day_faults
    from examgen.ground.errors import InputError

    day, faults = day_faults(folder)
    if faults:
        raise InputError(faults)
    papers = sum(seat["paper"] in day.handed_in for seat in day.seats)
    typer.echo(f"Counts and attendance agree: {papers} of {len(day.seats)} papers handed in")


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    app.command()(seats)
