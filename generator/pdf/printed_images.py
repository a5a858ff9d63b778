"""Images as TeX gets them: decoded and written again, without what is not the picture."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING

import pikepdf

from examgen.ground.errors import ToolError
from generator.pdf.converters import svg_to_pdf
from generator.texts.figures.images import OWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from generator.variants.paper import Part


def images_of(parts: Iterable[Part]) -> dict[str, bytes]:
    """Return the images of some parts by their names."""
    return {name: raw for part in parts for name, raw in part.images.items()}


def for_tex(source: str, images: Mapping[str, bytes]) -> tuple[str, dict[str, bytes]]:
    """Return a document with the names of its images as they are written, and these files.

    Raises:
        ToolError: an image cannot be made a PDF.
    """
    if not images:
        return source, {}
    used = {found[0] for found in OWN.finditer(source)} & images.keys()
    files = {_tex_name(name): _written(name, images[name]) for name in sorted(used)}
    return OWN.sub(lambda found: _tex_name(found[0]), source), files


def _tex_name(name: str) -> str:
    return name.replace(".svg", ".pdf")


@lru_cache(maxsize=64)
def _written(name: str, raw: bytes) -> bytes:
    kind = name.rpartition(".")[2]
    if kind == "svg":
        return svg_to_pdf(raw)
    return _first_page(name, raw) if kind == "pdf" else _pixels(raw)


def _first_page(name: str, raw: bytes) -> bytes:
    """Return the first page of a PDF, without links, forms and actions."""
    target = io.BytesIO()
    try:
        with pikepdf.Pdf.open(io.BytesIO(raw)) as whole, pikepdf.Pdf.new() as single:
            single.pages.append(whole.pages[0])
            page = single.pages[0].obj
            for entry in {"/Annots", "/AA"} & set(page.keys()):
                del page[entry]
            single.save(target, deterministic_id=True, force_version="1.5")
    except (pikepdf.PdfError, IndexError) as error:
        raise ToolError(f"the image {name} is no PDF that can be printed: {error}") from error
    return target.getvalue()


def _pixels(raw: bytes) -> bytes:
    from PIL import Image, ImageOps  # noqa: PLC0415 - few papers have images

    target = io.BytesIO()
    with Image.open(io.BytesIO(raw)) as image:
        if image.format == "JPEG" and image.getexif().get(0x0112, 1) == 1:
            image.save(target, "JPEG", quality="keep")
        elif image.format == "JPEG":
            ImageOps.exif_transpose(image).save(target, "JPEG", quality=92)
        else:
            plain = image if image.mode in {"1", "L", "RGB", "RGBA"} else image.convert("RGBA")
            plain.save(target, "PNG")
    return target.getvalue()
