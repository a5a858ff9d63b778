"""`subject`, `forget`: what an exam folder holds of one student."""

from __future__ import annotations

from pathlib import Path

import typer

from examgen.commands.grading import DATABASE
from examgen.ground.wording import format_count


def subject(
    folder: Path = typer.Argument(..., help="An exam folder."),
    student: str = typer.Argument(..., help="The student's id, as in the roster."),
    out: Path | None = typer.Option(
        None, "--out", help="Where the copies go; subject-ID beside the exam folder."
    ),
    database: str | None = typer.Option(None, "--database", help=DATABASE),
) -> None:
    """Give out everything that is kept of one student: papers, answers, marks, pages.

    Example: examgen subject exam s1001
    """
    from examgen.personal_data.give_out import give_out
    from examgen.personal_data.person import find_person

    person = find_person(folder, student, database)
    target = out or folder.absolute().parent / f"subject-{person.student.id}"
    for path in give_out(folder, person, target, database):
        typer.echo(str(path))


def forget(
    folder: Path = typer.Argument(..., help="An exam folder."),
    student: str = typer.Argument(..., help="The student's id, as in the roster."),
    database: str | None = typer.Option(None, "--database", help=DATABASE),
    *,
    yes: bool = typer.Option(False, "--yes", help="Do not ask; what is deleted is gone."),
) -> None:
    """Delete everything that is kept of one student; everybody else's marks stay.

    The exit status is 1 if files are left in which the student is named.

    Example: examgen forget exam s1001 --yes
    """
    from examgen.personal_data.forget import forget as forget_person
    from examgen.personal_data.person import find_person

    person = find_person(folder, student, database)
    who = f"{person.student.id} {person.student.name}".strip()
    if not yes:
        typer.confirm(f"Delete everything that {folder} holds of {who}?", abort=True)
    found = forget_person(folder, person, database)
    files, rows = format_count(len(found.files), "file"), format_count(found.rows, "row")
    typer.echo(f"{folder}: {files} and {rows} were deleted")
    for path in found.changed:
        typer.echo(f"{path}: the rows of {person.student.id} were taken out")
    for path in found.left:
        typer.echo(
            f"{path}: still names {person.student.id} or has pages of theirs; look at it", err=True
        )
    if found.left:
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add these commands to the application."""
    for command in (subject, forget):
        app.command()(command)
