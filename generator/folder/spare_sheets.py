"""Extra sheets for an exam: each with a code of its own kind, by which a scan of it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examgen.folder.manifest import manifest_to_remake
from examgen.folder.pages.form_fields import checksum
from examgen.folder.pages.page_code import NOBODY, PageCode
from examgen.ground.errors import ExamgenError
from examgen.ground.files import atomic_file
from examgen.ground.privacy import keeps_private
from generator.folder.batch import PUBLIC
from generator.folder.rebuild import order_of
from generator.pdf.pdflatex import typeset
from generator.pdf.split_pdf import split_pdf
from generator.render.latex import Setup, document, render
from generator.render.qr_codes import single_code

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SPARE, SHEETS = "spare", "spare/sheets.pdf"


@keeps_private
def write_spare(folder: Path, count: int, question_folders: Sequence[Path] = ()) -> Path:
    """Write extra sheets for an exam folder as one PDF, numbered from 1.

    Args:
        folder: the exam folder.
        count: how many sheets.
        question_folders: where question files are looked for first.

    Raises:
        InputError: the manifest is missing or damaged, or a question file is gone.
        ToolError: there is no TeX engine, or it failed.
    """
    manifest = manifest_to_remake(folder)
    exam = order_of(folder, manifest, question_folders).exam
    made = _first_checksum(folder)
    codes = [
        (page, single_code(PageCode(exam.code, NOBODY, page, made, is_spare=True)))
        for page in range(1, count + 1)
    ]
    layout = exam.layout
    body = render(
        "spare",
        layout.language,
        exam=exam.code,
        checksum=made,
        course=exam.cover.course,
        codes=codes,
    )
    typed = typeset(document(Setup.usual(layout), [body]), "the extra sheets", papers=1)
    title = f"{exam.cover.course}: {exam.cover.title}"
    (pdf,) = split_pdf(typed.pdf, typed.pages, [title], layout.language)
    with atomic_file(folder / SHEETS) as file:
        file.write(pdf)
    return folder / SHEETS


def _first_checksum(folder: Path) -> str:
    """Return the checksum of the first paper, which stays where students are added."""
    with (folder / PUBLIC).open(encoding="utf-8", newline="") as lines:
        first = lines.readline().rstrip("\n")
    if not first:
        raise ExamgenError(f"{folder / PUBLIC}: there is no paper; make the exam again")
    return checksum(first)
