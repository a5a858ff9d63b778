"""`scan`: from the stack of paper to answers."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from examgen.ground.errors import ToolError
from examgen.ground.wording import first_of, format_count
from examgen.terminal import progress_bar

if TYPE_CHECKING:
    from grader.scan.scan import ScanReport

SHOWN = 20
MISSING = (
    "scans cannot be read without the extra scan ({} is missing):"
    " pip install 'examgen-toolkit[scan]'"
)


def scan(
    folder: Path = typer.Argument(..., help="An exam folder with the PDFs of its papers."),
    scans: list[Path] = typer.Argument(
        None, help="Scanned PDFs, TIFFs, JPEGs, PNGs; folders and zips of them."
    ),
    jobs: int = typer.Option(2, "--jobs", min=1, max=64, help="Processes that read at once."),
    transcribed: Path | None = typer.Option(None, "--transcribed", help="That table, filled in."),
    by: str = typer.Option("", "--by", help="Who filled it in; kept with what was typed."),
    *,
    listed: bool = typer.Option(
        False, "--list", help="Write what waits for a person as a table, with pictures."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print the summary as JSON."),
) -> None:
    """Read scanned papers: find each page, read its ticks, and say what waits for a person.

    Cut off at any moment and called again, it goes on where it was.

    Example: examgen scan exam stack.pdf
    """
    check_extra()
    from grader.scan.scan import scan as read_scans

    if transcribed is not None:
        _take(folder, transcribed, by.strip(), jobs)
    with progress_bar("scanning") as progress:
        report = read_scans(folder, scans or (), jobs, progress)
    for notice in report.notices[:SHOWN]:
        typer.echo(str(notice), err=True)
    if len(report.notices) > SHOWN:
        typer.echo(f"... and {len(report.notices) - SHOWN} more; see --list", err=True)
    typer.echo(_json(report) if as_json else _text(folder, report))
    if listed:
        from grader.scan.lists import write_list

        for path in write_list(folder, jobs):
            typer.echo(str(path))
    if report.left_out:
        raise typer.Exit(1)


def check_extra() -> None:
    """Say what is missing where scans cannot be read.

    Raises:
        ToolError: a library of the extra is not installed.
    """
    for name in ("cv2", "pypdfium2", "zxingcpp"):
        if find_spec(name) is None:
            raise ToolError(MISSING.format(name))


def _take(folder: Path, file: Path, by: str, jobs: int) -> None:
    from grader.scan.settle import take_list

    if not by:
        raise typer.BadParameter("say who filled the table in", param_hint="--by")
    taken = take_list(folder, file, by, jobs)
    typer.echo(f"{format_count(taken, 'row')} settled by {by}")


def _text(folder: Path, report: ScanReport) -> str:
    total = sum(report.kinds.values())
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(report.kinds.items()))
    lines = [f"{format_count(total, 'image')}: {kinds}"]
    pages = format_count(report.found, "page")
    lines.append(f"{pages} found, {len(report.missing):,} of the same papers missing")
    if report.incomplete:
        papers = format_count(len(report.incomplete), "paper is", "papers are")
        lines.append(f"{papers} incomplete: {first_of(report.incomplete)}")
    lines.append(f"{format_count(report.waiting, 'answer waits', 'answers wait')} for a person")
    if report.waiting or report.incomplete:
        lines.append(f"Next: examgen scan {folder} --list")
    lines.append(f"Then: examgen grade {folder} {report.folder}")
    return "\n".join(lines)


def _json(report: ScanReport) -> str:
    record = {
        "kinds": {str(kind): count for kind, count in report.kinds.items()},
        "found": report.found,
        "missing": report.missing,
        "incomplete": report.incomplete,
        "waiting": report.waiting,
        "notices": [asdict(notice) for notice in report.notices],
    }
    return json.dumps(record, ensure_ascii=False, indent=2)


def register(app: typer.Typer) -> None:
    """Add this command to the application."""
    app.command()(scan)
