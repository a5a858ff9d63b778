"""The command line: it parses, calls one function of the toolkit, and prints.

Every command imports what it needs inside itself, so that `examgen --help` and `examgen judge`
answer at once.
"""

from __future__ import annotations

import atexit
import errno
import gc
import os
import sys
from typing import TYPE_CHECKING

import typer
from typer.core import TyperGroup

from examgen.commands import (
    annotating,
    auditing,
    grading,
    grading_scale,
    making,
    personal,
    proving,
    regrading,
    reporting,
    scanning,
    seating,
    simulating,
    writing,
)
from examgen.commands.by_hand import appealing, marking
from examgen.ground.errors import ExamgenError

if TYPE_CHECKING:
    from typer._click.core import Context
    from typer._click.formatting import HelpFormatter

GROUPS = {
    "Try and write questions": (proving, writing),
    "Make papers": (making,),
    "Seat a class": (seating,),
    "Mark answers": (scanning, grading, marking, annotating, appealing, regrading, auditing),
    "Look at a class": (reporting, grading_scale, simulating),
    "Give out or delete a person's data": (personal,),
}


class _Grouped(TyperGroup):
    """The commands, listed below the headings of `GROUPS`."""

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:  # noqa: ARG002 - typer's
        """Write a section for each heading, with the first sentence on each command."""
        width = max(map(len, self.commands))
        sections: dict[str, list[tuple[str, str]]] = {}
        for name, command in self.commands.items():
            rows = sections.setdefault(getattr(command, "rich_help_panel", None) or "More", [])
            rows.append((name.ljust(width), (command.help or "").partition("\n\n")[0]))
        for heading, rows in sections.items():
            with formatter.section(heading):
                formatter.write_dl(rows)


app = typer.Typer(
    name="examgen",
    cls=_Grouped,
    help="Randomized exams with proven answer keys, and a class's marks in one command.",
    epilog="First steps: examgen make --seed 42 --copies 3 --out exam",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
for panel, modules in GROUPS.items():
    known = len(app.registered_commands)
    for module in modules:
        module.register(app)
    for command in app.registered_commands[known:]:
        command.rich_help_panel = panel


@app.callback(invoke_without_command=True)
def options(
    *,
    version: bool = typer.Option(False, "--version", help="Print the version and exit."),
    debug: bool = typer.Option(False, "--debug", help="Show a traceback on errors."),
) -> None:
    """Randomized exams with proven answer keys, and a class's marks in one command."""
    if version:
        from importlib.metadata import version as installed

        typer.echo(installed("examgen-toolkit"))
        raise typer.Exit
    if debug:
        os.environ["EXAMGEN_DEBUG"] = "1"


def _said(error: OSError) -> str:
    """Return what is wrong with a disk or a file, and what to do."""
    if error.errno == errno.ENOSPC:
        return "the disk is full; make room"
    why = (error.strerror or str(error)).lower()
    return f"this cannot be read or written: {why}; check the disk and its permissions"


def main() -> None:
    """Run the command line; exit status 0 done, 1 the input is wrong, 2 the usage is wrong."""
    atexit.register(gc.freeze)  # at exit Python would look through all objects, for 0.1 s
    try:
        app()
    except ExamgenError as error:
        if os.environ.get("EXAMGEN_DEBUG"):
            raise
        print(error, file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        # The reader (head, less) has gone; what is still in the buffer must not raise again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        if os.environ.get("EXAMGEN_DEBUG"):
            raise
        print(f"{error.filename or 'output'}: {_said(error)}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
