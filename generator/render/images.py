r"""Images on HTML papers, in the page itself: `\includegraphics[width=60mm]{image-....png}`."""

from __future__ import annotations

import base64
import re
from html import escape
from typing import TYPE_CHECKING

from generator.texts.figures.images import OWN

if TYPE_CHECKING:
    from collections.abc import Mapping

TYPES = {"png": "png", "jpg": "jpeg", "svg": "svg+xml"}
PIXELS = 96 / 25.4  # of a page, in a millimetre
# A drawing on a page, of which each version of the programs makes another file.
DRAWN = re.compile(rb'<p class="picture drawing">.*?</p>')
_IMAGE = re.compile(r"\\includegraphics\[([^\]]*)\]\{([^{}]*)\}")
_SIZE = re.compile(r"(width|height)=([\d.]+)mm")


def image_html(source: str, alt: str, images: Mapping[str, bytes]) -> str | None:
    """Return an image beside the question as one of a page; None for a drawing, or a PDF."""
    found = _IMAGE.fullmatch(source.strip())
    if found is None or found[2] not in images:
        return None
    kind = TYPES.get((OWN.fullmatch(found[2]) or [""] * 2)[1])
    if kind is None:
        return None
    stated = {name: float(size) * PIXELS for name, size in _SIZE.findall(found[1])}
    return picture_html(
        kind, images[found[2]], alt, (stated.get("width"), stated.get("height")), ""
    )


def picture_html(
    kind: str, content: bytes, alt: str, size: tuple[float | None, float | None], made: str
) -> str:
    """Return an image whose content is in the page.

    Args:
        kind: of the image, as in `image/png`.
        content: of its file.
        alt: what it shows.
        size: width and height in pixels of a page.
        made: the class of what was drawn, not given.
    """
    sides = zip(("width", "height"), size, strict=True)
    stated = "".join(f' {name}="{side:.0f}"' for name, side in sides if side is not None)
    uri = f"data:image/{kind};base64,{base64.b64encode(content).decode()}"
    name = f"picture {made}".strip()
    return f'<p class="{name}"><img src="{uri}" alt="{escape(alt)}"{stated}></p>'
