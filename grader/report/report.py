"""From a graded exam folder to its report."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from examgen.folder.key_file import KEY, read_keys
from examgen.folder.manifest import find_manifest
from examgen.ground.files import atomic_folder
from examgen.ground.privacy import is_for_group, private
from grader.report.figures import class_report
from grader.report.gather import gather
from grader.results.made import current_results
from grader.results.marker_file import read_marker_file
from grader.results.read import read_results

if TYPE_CHECKING:
    from pathlib import Path

    from grader.report.figures import ClassReport

PAGE, PDF = "report.html", "report.pdf"


def report(folder: Path, *, names: bool = False) -> ClassReport:
    """Return the figures of a graded exam folder.

    Args:
        folder: an exam folder that was graded.
        names: whether hints say who the students are, besides their papers.

    Raises:
        InputError: nothing was graded, or the key is damaged or not the one of the results.
    """
    results = current_results(folder)
    gathered = gather(read_results(results), read_keys(folder / KEY))
    markers = read_marker_file(results)
    manifest = find_manifest(folder)
    found = class_report(gathered, manifest.heading, markers, names=names)
    return replace(found, language=manifest.spoken)


def write_report(found: ClassReport, folder: Path, *, pdf: bool = False) -> tuple[Path, ...]:
    """Write the report as a page, and as a PDF; gives the files.

    Args:
        found: the figures.
        folder: where to; it appears whole or not at all, and replaces an earlier report.
        pdf: whether to print the page with Chromium.

    Raises:
        ToolError: there is no Chromium, or it failed.
        ExamgenError: the folder exists and is something else.
    """
    from grader.report.page import browser, page, print_pdf  # noqa: PLC0415 - matplotlib

    program = browser() if pdf else None
    with private(group=is_for_group(folder)), atomic_folder(folder, PAGE) as new:
        (new / PAGE).write_text(page(found), encoding="utf-8")
        if program:
            print_pdf(program, new / PAGE, new / PDF)
    return (folder / PAGE, folder / PDF) if pdf else (folder / PAGE,)
