"""PDF forms as examgen writes and viewers fill them, built with pypdf."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NullObject,
    TextStringObject,
)

from examgen.folder.pages.form_fields import FormField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pypdf.generic import PdfObject

CODE, MADE = "ceng403", "3f2a9c01"


def field_name(answer: str, paper: str = "p001", exam: str = CODE, made: str = MADE) -> str:
    return FormField(exam, paper, answer, made).name


def form(fields: Mapping[str, PdfObject | None], printed: str = "", xfa: str = "") -> PdfWriter:
    """A page with text fields of these names and values, and with this text printed on it."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    _print(writer, printed)
    items = ArrayObject()
    for name, value in fields.items():
        items.append(writer._add_object(_text_field(name, value)))
    acro = DictionaryObject({NameObject("/Fields"): items})
    if xfa:
        acro[NameObject("/XFA")] = TextStringObject(xfa)
    writer.root_object[NameObject("/AcroForm")] = writer._add_object(acro)
    writer.pages[0][NameObject("/Annots")] = items
    return writer


def _text_field(name: str, value: PdfObject | None) -> DictionaryObject:
    field = DictionaryObject({
        NameObject("/T"): TextStringObject(name),
        NameObject("/FT"): NameObject("/Tx"),
        NameObject("/Type"): NameObject("/Annot"),
        NameObject("/Subtype"): NameObject("/Widget"),
        NameObject("/Rect"): ArrayObject(map(FloatObject, (50, 700, 250, 720))),
    })  # fmt: skip
    if value is not None:
        field[NameObject("/V")] = value
    return field


def _print(writer: PdfWriter, text: str) -> None:
    if not text:
        return
    content = DecodedStreamObject()
    content.set_data(f"BT /F1 12 Tf 50 800 Td ({text}) Tj ET".encode())
    font = DictionaryObject({
        NameObject("/Type"): NameObject("/Font"),
        NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica"),
    })  # fmt: skip
    page = writer.pages[0]
    page[NameObject("/Contents")] = writer._add_object(content)
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
    )


def buttons(
    writer: PdfWriter,
    name: str,
    states: tuple[str, ...],
    chosen: PdfObject | None,
    shown: str = "",
    texts: tuple[str, ...] = (),
) -> None:
    """Adds radio buttons, or with one state a check box.

    `shown` is what the widgets show; `texts` are the options where states are numbers of them.
    """
    parent = DictionaryObject(
        {NameObject("/T"): TextStringObject(name), NameObject("/FT"): NameObject("/Btn")}
    )
    if chosen is not None:
        parent[NameObject("/V")] = chosen
    if texts:
        parent[NameObject("/Opt")] = ArrayObject(map(TextStringObject, texts))
    reference = writer._add_object(parent)
    kids = ArrayObject()
    for state in states:
        on = NameObject(f"/{state}" if state == shown else "/Off")
        look = DictionaryObject({NameObject(f"/{state}"): NullObject()})
        kid = DictionaryObject({
            NameObject("/Parent"): reference,
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/AS"): on,
            NameObject("/AP"): DictionaryObject({NameObject("/N"): look}),
        })  # fmt: skip
        kids.append(writer._add_object(kid))
    parent[NameObject("/Kids")] = kids
    acro = writer.root_object["/AcroForm"]
    assert isinstance(acro, DictionaryObject)
    fields = acro["/Fields"]
    assert isinstance(fields, ArrayObject)
    fields.append(reference)


def text(value: str) -> TextStringObject:
    return TextStringObject(value)


def octets(value: bytes) -> ByteStringObject:
    return ByteStringObject(value)


def name(value: str) -> NameObject:
    return NameObject(f"/{value}")


def written(writer: PdfWriter) -> bytes:
    raw = io.BytesIO()
    writer.write(raw)
    return raw.getvalue()


def filled(blank: bytes, values: Mapping[str, str]) -> bytes:
    """A form filled in by pypdf, as a viewer would."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(blank)))
    writer.update_page_form_field_values(writer.pages[0], dict(values), auto_regenerate=False)
    return written(writer)
