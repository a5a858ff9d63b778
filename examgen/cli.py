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

import typer

from examgen.commands import (
    auditing,
    grading,
    making,
    marking,
    proving,
    regrading,
    reporting,
    simulating,
    writing,
)
from examgen.ground.errors import ExamgenError

app = typer.Typer(
    name="examgen",
    help="Randomized exams with proven answer keys, and a class's marks in one command.",
    epilog="First steps: examgen make --seed 42 --copies 3 --out exam",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
for group in (
    making,
    grading,
    regrading,
    auditing,
    marking,
    reporting,
    simulating,
    proving,
    writing,
):
    group.register(app)


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
    """What is wrong with a disk or a file, and what to do."""
    if error.errno == errno.ENOSPC:
        return "the disk is full; make room"
    why = (error.strerror or str(error)).lower()
    return f"this cannot be read or written: {why}; check the disk and its permissions"


def main() -> None:
    """Runs the command line; exit status 0 done, 1 the input is wrong, 2 the usage is wrong."""
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
