"""Documents as PDF: many in one run of TeX, each by itself where they cannot be together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from examgen.ground.errors import ToolError
from generator.pdf.pdflatex import typeset
from generator.pdf.printed_images import for_tex, images_of
from generator.pdf.split_pdf import split_pdf
from generator.render.latex import document, without_preamble
from generator.render.where import locate_message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from generator.render.latex import Setup
    from generator.variants.paper import Part


@dataclass(frozen=True)
class Document:
    """A paper, key or page of feedback that becomes a PDF of its own.

    Attributes:
        name: its kind and the paper's id, as in `papers/017`.
        title: of the PDF.
        body: its LaTeX.
        parts: of the paper, in whose files a fault of TeX is shown.
        is_tame: whether it may share a run of TeX with others; see `generator.render.tame`.
    """

    name: str
    title: str
    body: str
    is_tame: bool = False
    parts: tuple[Part, ...] = ()


def print_documents(
    setup: Setup, documents: Sequence[Document], form: Path | None = None, table: str = ""
) -> Iterator[tuple[Document | None, bytes | ToolError]]:
    """Print documents: those that cannot change another in one run of TeX, others by themselves.

    Each is printed by itself, too, where the common run fails.

    Args:
        setup: of all of them.
        documents: what is printed.
        form: a format that has read the preamble; None: it is read now.
        table: pages that follow the documents, a PDF of their own; may be empty.

    Yields:
        Each document with its PDF, or with the reason why there is none; None stands for the table.
    """
    together = [one for one in documents if one.is_tame]
    if len(together) == len(documents):
        yield from _together(setup, documents, form, table)
        return
    yield from _together(setup, together, form, "")
    apart = [one for one in documents if not one.is_tame]
    yield from _one_by_one(setup, apart, form, table)


def _together(
    setup: Setup, documents: Sequence[Document], form: Path | None, table: str
) -> Iterator[tuple[Document | None, bytes | ToolError]]:
    if not documents and not table:
        return
    bodies = [one.body for one in documents]
    is_alone = len(documents) + bool(table) == 1
    whole = [*bodies, table]
    source = without_preamble(whole) if form is not None else document(setup, whole)
    name = documents[0].name.replace("/", " ") if documents else "the marker's table"
    try:
        given, files = for_tex(source, images_of(p for one in documents for p in one.parts))
        made = typeset(given, name, form, len(documents), files)
    except ToolError as error:
        if is_alone:
            one = documents[0] if documents else None
            yield one, ToolError(locate_message(str(error), source, one.parts if one else ()))
        else:
            yield from _one_by_one(setup, documents, form, table)
        return
    titles = [*(one.title for one in documents), "Marker's table"]
    pdfs = split_pdf(made.pdf, made.pages, titles, setup.language)
    yield from zip([*documents, None], pdfs, strict=False)


def _one_by_one(
    setup: Setup, documents: Sequence[Document], form: Path | None, table: str
) -> Iterator[tuple[Document | None, bytes | ToolError]]:
    for one in documents:
        yield from _together(setup, [one], form, "")
    yield from _together(setup, [], form, table)
