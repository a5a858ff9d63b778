"""`scan`: from the stack of paper to answers."""

from __future__ import annotations

import json
from dataclasses import asdict
from getpass import getuser
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from examgen.folder.scans import SCANS
from examgen.ground.errors import ToolError
from examgen.ground.wording import first_of, format_count
from examgen.terminal import progress_bar

if TYPE_CHECKING:
    from grader.scan.scan import ScanReport

SHOWN = 20
MODULES = ("cv2", "pypdfium2", "starlette", "uvicorn", "zxingcpp")  # of the extra
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
    transcribed: Path | None = typer.Option(
        None, "--transcribed", help="The table that --list wrote, filled in."
    ),
    by: list[str] = typer.Option(
        [], "--by", help="Who filled it in, or looks; kept with what they decide."
    ),
    port: int = typer.Option(0, "--port", min=0, max=65535, help="With --look; 0 for any."),
    roster: Path | None = typer.Option(
        None, "--roster", help="With --look: who may have taken papers made for nobody."
    ),
    *,
    looked_at: bool = typer.Option(
        False, "--look", help="Settle it in a browser on this machine; a link for each --by."
    ),
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
        _take(folder, transcribed, by, jobs)
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
    if looked_at:
        _look(folder, by, roster, port, jobs)
    if report.left_out:
        raise typer.Exit(1)


def _look(folder: Path, by: list[str], roster: Path | None, port: int, jobs: int) -> None:
    from examgen.web.look.look import look
    from generator.variants.roster import read_roster

    names = list(dict.fromkeys(map(_name, by))) or [getuser()]
    students = read_roster(roster) if roster else ()
    look(folder, names, students, port, jobs, typer.echo)
    typer.echo(f"Then: examgen grade {folder} {folder / SCANS}")


def check_extra() -> None:
    """Say what is missing where scans cannot be read.

    Raises:
        ToolError: a library of the extra is not installed.
    """
    for name in MODULES:
        if find_spec(name) is None:
            raise ToolError(MISSING.format(name))


def _take(folder: Path, file: Path, by: list[str], jobs: int) -> None:
    from grader.scan.settle import take_list

    if len(by) != 1:
        raise typer.BadParameter("say who filled the table in", param_hint="--by")
    name = _name(by[0])
    taken = take_list(folder, file, name, jobs)
    typer.echo(f"{format_count(taken, 'row')} settled by {name}")


def _name(by: str) -> str:
    """Return the name of a person, by which their lines are told from those of rules."""
    from grader.scan.records import RULE

    name = by.strip()
    if not name or name == RULE:
        raise typer.BadParameter(f"{by!r} is nobody's name", param_hint="--by")
    return name


def _text(folder: Path, report: ScanReport) -> str:
    total = sum(report.kinds.values())
    kinds = ", ".join(f"{kind} {count:,}" for kind, count in sorted(report.kinds.items()))
    lines = [f"{format_count(total, 'image')}: {kinds}"]
    pages = format_count(report.found, "page")
    lines.append(f"{pages} found, {len(report.missing):,} of the same papers missing")
    if report.incomplete:
        papers = format_count(len(report.incomplete), "paper is", "papers are")
        lines.append(f"{papers} incomplete: {first_of(report.incomplete)}")
    lines.append(f"{format_count(report.waiting, 'answer waits', 'answers wait')} for a person")
    if report.waiting or report.incomplete:
        lines.append(f"Next: examgen scan {folder} --look, or --list for a table")
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
