"""SVG of several pages, as pdftocairo writes it, to a file for each page.

What pages share (letters, clips) is defined once before all of them. Each page gets what it uses,
with names in the order of their use, so that its file does not depend on the other pages.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_SPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
_SPACE = re.compile(r'\sxmlns(?::xlink)?="[^"]*"')
_USED = re.compile(r'(="#|="url\(#)([^")]+)')
_NAME = re.compile(r' id="([^"]+)"')


def svg_pages(svg: bytes, sizes: Sequence[tuple[str, str]]) -> list[bytes]:
    """Return a file for each page; none where the file has another number of pages.

    Args:
        svg: a file with pages, or of one page.
        sizes: width and height of each page in points.
    """
    text = _SPACE.sub("", svg.decode()).replace("xlink:", "xlink_")
    root = ET.fromstring(text)  # noqa: S314 - of pdftocairo
    pages = root.findall("pageSet/page") or [root]
    if len(pages) != len(sizes):
        return []
    shared = (one for defs in root.findall("defs") for one in defs.iter() if one.get("id"))
    known = {one.attrib["id"]: _text(one) for one in shared}
    drawn = ("".join(_text(one) for one in page if one.tag != "defs") for page in pages)
    return [_file(one, known, *size) for one, size in zip(drawn, sizes, strict=True)]


def _text(element: ET.Element) -> str:
    return ET.tostring(element, "unicode").replace("xlink_", "xlink:")


def _file(drawn: str, known: Mapping[str, str], width: str, height: str) -> bytes:
    numbers: dict[str, str] = {}
    for name in _needed(drawn, known):
        numbers.setdefault(name, f"d{len(numbers)}")
    shared = "".join(
        _NAME.sub(f' id="{number}"', known[name], 1) for name, number in numbers.items()
    )
    text = f"<defs>{shared}</defs>{_NAME.sub('', drawn)}"
    inside = _USED.sub(lambda found: found[1] + numbers.get(found[2], found[2]), text)
    box = f'width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}"'
    return f'<svg {_SPACES} {box} version="1.2">\n{inside}</svg>\n'.encode()


def _needed(text: str, known: Mapping[str, str]) -> Iterator[str]:
    """Yield the names that a part of a page uses, each after those that it needs itself."""
    for _, name in _USED.findall(text):
        if name in known:
            yield from _needed(known[name], known)
            yield name
