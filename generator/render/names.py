r"""Names of students in any script: what pdfTeX cannot print is drawn, letter by letter shaped.

pdfTeX has Latin letters only, and an engine that has more would run what a roster holds. So Pillow
shapes such a name (by HarfBuzz, from right to left where its script goes so) with a font of the
system, and it is printed as a stencil, as the codes of the pages are. Its text can be copied.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from examgen.ground.latex_escape import escape, unprintable

if TYPE_CHECKING:
    from PIL import Image
    from PIL.ImageFont import FreeTypeFont

FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/System/Library/Fonts")
# In the order in which they are tried; the first that has all letters of a word draws it.
FONTS = (
    "DejaVuSerif.ttf", "DejaVuSans.ttf", "NotoSans-Regular.ttf", "NotoSansArabic-Regular.ttf",
    "NotoSansHebrew-Regular.ttf", "NotoSansDevanagari-Regular.ttf", "NotoSansThai-Regular.ttf",
    "NotoSansCJK-Regular.ttc", "wqy-microhei.ttc", "DroidSansFallbackFull.ttf",
    "Arial Unicode.ttf", "PingFang.ttc",
)  # fmt: skip
INSTALL = "sudo apt-get install -y fonts-dejavu-core fonts-wqy-microhei"
PIXELS = 48  # of an em: 300 to the inch at 11.5 points
LONGEST = 100
_MISSING = "\U0010fffe"


def name_latex(text: str) -> str:
    """Return a name as LaTeX, drawn where that is needed; empty where no font has its letters."""
    return draw_name(text) if unprintable(text) else escape(text)


def text_latex(text: str) -> str:
    """Return a text as LaTeX whose words are drawn where pdfTeX has no letters for them."""
    if not unprintable(text):
        return escape(text)
    return " ".join(name_latex(word) or escape(_without_strange(word)) for word in text.split(" "))


def _without_strange(text: str) -> str:
    return "".join("?" if unprintable(c) else c for c in text)


def undrawable(text: str) -> str:
    """Return the letters of a text that neither pdfTeX nor a font of the system has."""
    strange = unprintable(text)
    return "".join(letter for letter in strange if _font_for(letter) is None)


@lru_cache(maxsize=4_096)
def draw_name(text: str) -> str:
    """Return a text as a stencil in LaTeX; empty where no font has its letters."""
    plain = unicodedata.normalize("NFC", text)[:LONGEST]
    if undrawable(plain):
        return ""
    picture, above = _drawn(plain)
    width, height = picture.size
    sizes = (f"{{{side / PIXELS:.4f}}}" for side in (width, height, height - above))
    meant = ("\ufeff" + plain).encode("utf-16-be").hex().upper()
    bits = picture.tobytes().hex().upper()
    return f"\\drawnname{''.join(sizes)}{{{width}}}{{{height}}}{{{bits}}}{{{meant}}}"


def _drawn(text: str) -> tuple[Image.Image, int]:
    """Return a text in black and white, and how high it is over its line."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - few names need it

    runs = _runs(text)
    boxes = [font.getbbox(run, anchor="ls") for run, font in runs]
    above = max(1, *(-round(box[1]) for box in boxes)) + 1
    below = max(1, *(round(box[3]) for box in boxes)) + 1
    lengths = [round(font.getlength(run)) + 1 for run, font in runs]
    picture, at = Image.new("L", (sum(lengths) + 2, above + below)), 1
    for (run, font), length in zip(runs, lengths, strict=True):
        ImageDraw.Draw(picture).text((at, above), run, fill=255, font=font, anchor="ls")
        at += length
    return picture.point(lambda shade: 255 if shade > 110 else 0).convert("1"), above


def _runs(text: str) -> list[tuple[str, FreeTypeFont]]:
    """Return the words of a text with their fonts, in the order in which they are drawn."""
    words = [word for word in _pieces(text) if word]
    found = [(word, font) for word in words if (font := _font_for(word)) is not None]
    joined = [
        ("".join(word for word, _ in group), font)
        for font, group in groupby(found, key=lambda one: one[1])
    ]
    first = next((unicodedata.bidirectional(c) for c in text if c.isalpha()), "L")
    return [*reversed(joined)] if first in {"R", "AL"} else joined


def _pieces(text: str) -> list[str]:
    """Return the words of a text, with the spaces after them; letters where a word has no font."""
    words = [word + " " for word in text.split(" ")]
    words[-1] = words[-1][:-1]
    return [piece for word in words for piece in ([word] if _font_for(word) else [*word])]


@lru_cache(maxsize=4_096)
def _font_for(text: str) -> FreeTypeFont | None:
    """Return the first font that has all letters of a text."""
    letters = [c for c in text if not c.isspace() and unicodedata.category(c)[0] not in "MC"]
    return next((one for one in _fonts() if all(_has(one, c) for c in letters)), None)


def _has(font: FreeTypeFont, letter: str) -> bool:
    return bytes(font.getmask(letter)) != bytes(font.getmask(_MISSING))


@cache
def _fonts() -> tuple[FreeTypeFont, ...]:
    """Return the fonts of the system that are known, in their order."""
    from PIL import ImageFont  # noqa: PLC0415 - few names need it

    places = {
        path.name: path for folder in FOLDERS for path in sorted(Path(folder).rglob("*.tt[fc]"))
    }
    return tuple(ImageFont.truetype(str(places[name]), PIXELS) for name in FONTS if name in places)
