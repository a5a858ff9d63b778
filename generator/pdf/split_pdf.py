"""From one PDF of many papers to one PDF for each, with its form.

TeX writes the fields of a form as annotations; what makes them a form of their own is added here.
"""

from __future__ import annotations

import io
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

from examgen.folder.pages.page_ink import Ink, ink_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

RADIO_ENTRIES = ("/T", "/TU", "/FT", "/Ff")


def split_pdf(
    pdf: bytes, pages: Sequence[int], titles: Sequence[str], language: str
) -> Iterator[bytes]:
    """Yield one PDF for each paper; pages that remain are a last one.

    Args:
        pdf: the papers, one after the other.
        pages: how many pages each has.
        titles: the title of each PDF.
        language: of the papers, as in `en`.
    """
    with Pdf.open(io.BytesIO(pdf)) as whole:
        borders = [*accumulate(pages, initial=0), len(whole.pages)]
        for (first, last), title in zip(pairwise(borders), titles, strict=False):
            if first < last:
                yield _part(whole, range(first, last), title, language)


def _part(whole: Pdf, pages: Iterable[int], title: str, language: str) -> bytes:
    with Pdf.new() as part:
        for number in pages:
            part.pages.append(whole.pages[number])
        _add_form(part)
        return _saved(part, title, language)


def printed_ink(pdf: bytes) -> tuple[Ink, ...]:
    """Return what is on each page of a PDF."""
    with Pdf.open(io.BytesIO(pdf)) as paper:
        return tuple(_page_ink(page) for page in paper.pages)


def _page_ink(page: Page) -> Ink:
    page.contents_coalesce()
    return _ink(page.obj.get("/Contents"), page.obj.get("/Resources", Dictionary()))


def _ink(stream: Object | None, resources: Object) -> Ink:
    """Return what a page paints, or an object that is placed on one."""

    def inside(name: str) -> Ink:
        placed = resources.get("/XObject", Dictionary()).get(f"/{name}")
        if placed is None or placed.get("/Subtype") != Name.Form:
            return Ink(pictures=1)
        return _ink(placed, placed.get("/Resources", resources))

    return Ink() if stream is None else ink_of(stream.read_bytes(), inside)


def join_pdfs(pdfs: Iterable[bytes], title: str, language: str) -> bytes:
    """Return several PDFs as one, without forms."""
    with Pdf.new() as whole:
        for pdf in pdfs:
            with Pdf.open(io.BytesIO(pdf)) as one:
                for page in one.pages:
                    whole.pages.append(page)
        return _saved(whole, title, language)


def to_print(pdf: bytes) -> bytes:
    """Return a paper without its fields, and with an empty page at its end if its pages are odd.

    Printed on both sides, what follows it then begins on a sheet of its own.
    """
    with Pdf.open(io.BytesIO(pdf)) as paper:
        for page in paper.pages:
            if "/Annots" in page.obj:
                del page.obj["/Annots"]
        if len(paper.pages) % 2:
            left, bottom, right, top = map(float, paper.pages[-1].mediabox)
            paper.add_blank_page(page_size=(right - left, top - bottom))
        target = io.BytesIO()
        paper.save(target, deterministic_id=True)
        return target.getvalue()


def _saved(pdf: Pdf, title: str, language: str) -> bytes:
    pdf.Root.Lang = pikepdf.String(language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.docinfo["/Title"] = title
    target = io.BytesIO()
    pdf.save(
        target,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        fix_metadata_version=False,
    )
    return target.getvalue()


def _add_form(pdf: Pdf) -> None:
    """Make a form of the fields on the pages; boxes of one name become one choice."""
    widgets: dict[str, list[Object]] = {}
    for page in pdf.pages:
        page.obj.Tabs = Name.R
        for widget in page.obj.get("/Annots", ()):
            if "/T" in widget:
                widgets.setdefault(str(widget.T), []).append(widget)
    fields = [
        found[0] if Name.Btn != found[0].FT else _choice(pdf, found) for found in widgets.values()
    ]
    if fields:
        pdf.Root.AcroForm = _form(pdf, Array(fields))


def _choice(pdf: Pdf, widgets: Sequence[Object]) -> Object:
    entries = {entry: widgets[0][entry] for entry in RADIO_ENTRIES}
    options = Array([widget.Export for widget in widgets])
    choice = Dictionary({**entries, "/Kids": Array(widgets), "/Opt": options, "/V": Name.Off})
    parent = pdf.make_indirect(choice)
    for widget in widgets:
        for entry in (*RADIO_ENTRIES, "/Export"):
            del widget[entry]
        widget.Parent = parent
    return parent


def _form(pdf: Pdf, fields: Array) -> Dictionary:
    text = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
    )
    ticks = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.ZapfDingbats)
    fonts = Dictionary(Helv=pdf.make_indirect(text), ZaDb=pdf.make_indirect(ticks))
    return Dictionary(
        Fields=fields,
        NeedAppearances=True,
        DA=pikepdf.String("/Helv 11 Tf 0 g"),
        DR=Dictionary(Font=fonts),
    )
