"""The report as one HTML page, and as a PDF of that page."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from functools import cache
from typing import TYPE_CHECKING

from examgen.ground.errors import ToolError
from examgen.ground.html.templates import environment, inline_with_hash
from examgen.ground.translator import Translator
from examgen.ground.wording import format_count
from grader.records.submissions import visible
from grader.report.gather import OUTCOMES
from grader.report.hints import KINDS
from grader.report.plots import plots
from grader.report.translated import translate_page
from grader.statistics.coincidence import FALSE_ALARMS
from grader.statistics.fairness import LEAST, MARGIN
from grader.statistics.scores import MOST_WAITING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from jinja2 import Environment

    from grader.report.figures import ClassReport

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
UNDEFINED = "n. d."
"""How a figure that is not defined is printed; the page says what it means."""


def page(report: ClassReport) -> str:
    """Return the report as one HTML page that needs nothing else, in the language of the exam."""
    say = Translator(report.language)
    made = (
        _environment()
        .get_template("report.html.j2")
        .render(
            report=report,
            plots=plots(report, say),
            **inline_with_hash("report", style="report.css"),
            false_alarms=FALSE_ALARMS,
            kinds=KINDS,
            outcomes=OUTCOMES,
            least=LEAST,
            margin=100 * MARGIN,
            most_waiting=100 * MOST_WAITING,
        )
    )
    return translate_page(made, say)


def browser() -> str:
    """Return the program that prints pages.

    Raises:
        ToolError: there is none.
    """
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        hint = "sudo apt-get install chromium; or print report.html from any browser"
        raise ToolError(f"a PDF needs Chromium or Chrome, and there is none; install it: {hint}")
    return found


def print_pdf(program: str, source: Path, target: Path) -> None:
    """Print a page as a PDF.

    Raises:
        ToolError: the browser failed.
    """
    with tempfile.TemporaryDirectory(prefix="examgen-") as profile:
        command = [program, "--headless", "--disable-gpu", f"--user-data-dir={profile}"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--no-sandbox")  # which Chromium refuses to do without as root
        command += ["--no-pdf-header-footer", f"--print-to-pdf={target.absolute()}"]
        command.append(source.absolute().as_uri())
        try:
            done = subprocess.run(  # noqa: S603 - a fixed command on our own page
                command, capture_output=True, timeout=120, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise ToolError(f"{program} could not print the report: {error}") from error
    if done.returncode or not target.is_file():
        said = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise ToolError(f"{program} could not print the report: {' '.join(said)}")


@cache
def _environment() -> Environment:
    filters: dict[str, Callable[..., object]] = {
        "number": _number,
        "marks": lambda value: UNDEFINED if value is None else f"{round(value, 2):g}",
        "percent": _percent,
        "signed": lambda value: f"{100 * value:+.1f}".replace("-", "−"),
        "chance": lambda value: f"{value:.1g}" if value >= 0.001 else "below 0.001",
        "visible": visible,
        "counted": format_count,
    }
    return environment("report", filters)


def _number(value: float | None, digits: int = 2) -> str:
    """Return a figure rounded for reading; a real minus sign, and no minus zero.

    >>> _number(-0.001), _number(None), _number(-3.14159, 1)
    ('0.00', 'n. d.', '−3.1')
    """
    if value is None:
        return UNDEFINED
    return f"{round(value, digits) + 0.0:.{digits}f}".replace("-", "−")


def _percent(share: float | None, digits: int = 0) -> str:
    return _number(None if share is None else 100 * share, digits)
