"""`audit`: every stored verdict checked again by a second engine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from examgen.commands.grading import DATABASE
from examgen.ground.wording import format_count
from examgen.terminal import progress_bar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from examgen.audit.folder import Audit


def audit(
    folder: Path = typer.Argument(..., help="A graded exam folder."),
    database: str | None = typer.Option(None, "--database", help=DATABASE),
    *,
    as_json: bool = typer.Option(False, "--json", help="Print what was found as JSON."),
) -> None:
    """Check every stored verdict again by a second engine; exit status 1 if one is not the same.

    Example: examgen audit exam
    """
    from examgen.audit.folder import audit as check

    with progress_bar("checking") as progress:
        found = check(folder, database, progress)
    typer.echo(_json(found) if as_json else "\n".join(_lines(found)))
    if found.disagreements:
        raise typer.Exit(1)


def _lines(found: Audit) -> Iterator[str]:
    from grader.records.submissions import excerpt

    for item in found.disagreements:
        stored = f"{item.verdict} ({item.ground})" if item.ground else item.verdict
        yield excerpt(f"{item.student} {item.paper} {item.answer}: {item.text!r}", 120)
        yield f"    stored: {stored}; found: {excerpt(item.found, 160)}"
    for how, count in found.agreed.most_common():
        yield f"{count:9,} agree: {how}"
    for why, count in found.unchecked.most_common():
        yield f"{count:9,} not checked: {why}, as {excerpt(found.examples[why], 80)}"
    verdicts, papers = format_count(found.verdicts, "verdict"), format_count(found.papers, "paper")
    agreed, unchecked = found.agreed.total(), found.unchecked.total()
    differ = format_count(len(found.disagreements), "disagreement")
    yield f"{verdicts} of {papers}: {agreed:,} agree, {unchecked:,} not checked, {differ}"


def _json(found: Audit) -> str:
    record = {
        "papers": found.papers,
        "verdicts": found.verdicts,
        "agreed": found.agreed,
        "not_checked": [
            {"why": why, "count": count, "example": found.examples[why]}
            for why, count in found.unchecked.most_common()
        ],
        "disagreements": [vars(item) for item in found.disagreements],
    }
    return json.dumps(record, ensure_ascii=False, indent=2)


def register(app: typer.Typer) -> None:
    """Add this command to the application."""
    app.command()(audit)
