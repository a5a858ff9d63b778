"""`grades`: marks to grades."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from examgen.grades.scale import Scale
    from examgen.grades.write import Graded


def grades(
    folder: Path = typer.Argument(..., help="A graded exam folder."),
    scale: Path = typer.Option(..., "--scale", help="YAML: from which mark each grade is given."),
    resit: Path | None = typer.Option(
        None, "--resit", help="The graded folder of a second exam; the scale says how it counts."
    ),
    what_if: list[str] = typer.Option(
        [], "--what-if", help="Who would move: BB=78, or drop=3b.x; may be repeated."
    ),
    out: Path | None = typer.Option(
        None, "--out", help="Where the files go; final in the exam folder."
    ),
    *,
    as_json: bool = typer.Option(False, "--json", help="Print the grades as JSON; no files."),
) -> None:
    """Turn marks into grades: a table, a workbook, and a page with what is close and what if.

    Example: examgen grades exam --scale scale.yaml --what-if BB=78
    """
    from examgen.folder.manifest import find_manifest
    from examgen.grades.award import awards, counts, outcomes, sittings
    from examgen.grades.scale import read_scale
    from examgen.grades.write import Graded, write_grades
    from examgen.ground.privacy import is_for_group, private

    own, first = read_scale(scale), sittings(folder)
    second = None if resit is None else sittings(resit)
    now = awards(first, own, second)
    moves = {}
    for text in what_if:
        then = awards(first, _changed(own, text), second)
        pairs = zip(now, then, strict=True)
        moves[text] = [(a, b) for a, b in pairs if (a.grade, a.standing) != (b.grade, b.standing)]
    about = find_manifest(folder)
    found = Graded(about.heading, own, now, outcomes(first, own), moves, about.spoken)
    if as_json:
        typer.echo(json.dumps(_plain(found), ensure_ascii=False, indent=2))
        return
    given = ", ".join(f"{count} {name}" for name, count in counts(now, own).items() if count)
    typer.echo(given)
    for text, changed in moves.items():
        who = ", ".join(f"{a.person.id} {a.grade or '-'} > {b.grade or '-'}" for a, b in changed)
        typer.echo(f"What if {text}: {len(changed)} would change{': ' if who else ''}{who}")
    with private(group=is_for_group(folder)):
        for path in write_grades(found, out or folder / "final"):
            typer.echo(str(path))


def _changed(scale: Scale, text: str) -> Scale:
    """Return the scale with one boundary moved, or with something dropped."""
    from pydantic import ValidationError

    from examgen.ground.errors import DerivationError
    from solvers.graph.number import parse_number

    name, _, value = (part.strip() for part in text.partition("="))
    if name == "drop" and value:
        return scale.with_bands({}, (value,))
    if name not in scale.bands:
        known = ", ".join(scale.bands)
        fix = f"write GRADE=MARK with one of {known}, or drop=ANSWER"
        raise typer.BadParameter(f"{text!r}: {fix}", param_hint="--what-if")
    try:
        return scale.with_bands({name: parse_number(value)})
    except (DerivationError, ValidationError) as error:
        why = f"the mark has to lie between those of the grades beside {name}"
        raise typer.BadParameter(f"{text!r}: {why}", param_hint="--what-if") from error


def _plain(found: Graded) -> object:
    """Return grades and outcomes as JSON can hold them, marks as exact text."""
    return {
        "grades": [
            {
                "id": one.person.id,
                "name": one.person.name,
                "state": one.standing.value,
                "mark": None if one.mark is None else str(one.mark),
                "grade": one.grade,
                "passed": one.passed,
                "least": None if one.least is None else str(one.least),
                "most": None if one.most is None else str(one.most),
                "note": one.note,
            }
            for one in found.awards
        ],
        "what_if": {
            text: [{"id": a.person.id, "now": a.grade, "then": b.grade} for a, b in pairs]
            for text, pairs in found.moves.items()
        },
        "outcomes": [
            {
                "name": one.name,
                "students": one.students,
                "share": None if one.share is None else float(one.share),
                "attained": one.attained,
            }
            for one in found.outcomes
        ],
    }


def register(app: typer.Typer) -> None:
    """Add this command to the application."""
    app.command()(grades)
