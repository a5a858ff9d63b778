r"""Images beside a question, looked at when the question is read: `\image{file=a.png, ...}`."""

from __future__ import annotations

import hashlib
import io
import re
from typing import TYPE_CHECKING

from generator.texts.figures.parts import Picture
from generator.texts.figures.syntax import Misdrawn

if TYPE_CHECKING:
    from generator.texts.figures.parts import Parts

FORMATS = {"png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "pdf": "", "svg": ""}
MOST_PIXELS = 40_000_000
OWN = re.compile(r"image-[0-9a-f]{20}\.(png|jpg|pdf|svg)")
_REACHES_OUT = re.compile(
    rb"<!ENTITY|<script|<foreignObject|(?:href|src)\s*=\s*[\"'](?!#|data:image/(?:png|jpeg))"
    rb"|url\(\s*[\"']?(?!#)",
    re.IGNORECASE,
)


def image_name(raw: bytes, name: str) -> str:
    """Return the name under which an image is printed: of its content, and safe for TeX.

    Raises:
        Misdrawn: it is no image of a known kind, with what to do.
    """
    suffix = name.rpartition(".")[2].lower()
    if suffix not in FORMATS:
        raise Misdrawn(f"{name} is no image", f"use {', '.join(sorted(FORMATS))}")
    _check(raw, name, suffix)
    return f"image-{hashlib.sha256(raw).hexdigest()[:20]}.{suffix.replace('jpeg', 'jpg')}"


def _check(raw: bytes, name: str, suffix: str) -> None:
    if FORMATS[suffix]:
        _check_pixels(raw, name, FORMATS[suffix])
    elif suffix == "svg":
        if b"<svg" not in raw[:4096]:
            raise Misdrawn(f"{name} is no SVG", "save it again as SVG")
        if (found := _REACHES_OUT.search(raw)) is not None:
            what = f"{name} is more than a drawing: it has {found[0].decode()!r}"
            raise Misdrawn(what, "save it as plain SVG that loads nothing")
    elif not raw.startswith(b"%PDF-"):
        raise Misdrawn(f"{name} is no PDF", "save it again as PDF")


def _check_pixels(raw: bytes, name: str, kind: str) -> None:
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - few questions have images

    try:
        with Image.open(io.BytesIO(raw), formats=[kind]) as image:
            if image.width * image.height > MOST_PIXELS:
                what = f"{name} has {image.width} x {image.height} pixels"
                raise Misdrawn(what, f"make it smaller: at most {MOST_PIXELS // 10**6} million")
            image.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise Misdrawn(f"{name} cannot be read as {kind}: {error}", "save it again") from error


def image(parts: Parts) -> Picture:
    """Return an image in the size that is stated."""
    if not parts.text("alt"):
        raise Misdrawn("an image needs alt={what it shows}, for those who do not see it")
    sizes = [(name, parts.length(name)) for name in ("width", "height")]
    stated = ",".join(f"{name}={float(size):g}mm" for name, size in sizes if size is not None)
    if not stated:
        raise Misdrawn("an image needs a size on paper; write width=60mm or height=40mm")
    return Picture(f"\\includegraphics[{stated}]{{{parts.text('file')}}}", parts.text("alt"))
