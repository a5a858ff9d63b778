"""A small ODS file, as LibreOffice writes its cells."""

from __future__ import annotations

import io
import zipfile
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text")
)


def ods(rows: Iterable[Iterable[str]], more: str = "") -> bytes:
    """Return a workbook of texts; a cell that begins with `<` is written as it is."""
    body = "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows)
    filler = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/>'
    table = f'<table:table table:name="S">{body}{filler}</table:table-row></table:table>'
    content = f'<?xml version="1.0"?>{more}<office:document-content {_NAMES}><office:body>'
    content += f"<office:spreadsheet>{table}</office:spreadsheet></office:body>"
    return zipped(
        mimetype="application/vnd.oasis.opendocument.spreadsheet",
        content=content + "</office:document-content>",
    )


def zipped(mimetype: str, content: str) -> bytes:
    """Return a zip with a type and a content."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content)
    return target.getvalue()


def _cell(text: str) -> str:
    if text.startswith("<table"):
        return text
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.splitlines())
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
