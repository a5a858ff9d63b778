"""Find what is on the pages of a PDF beside its fields: ink, notes, text, pictures, codes."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from pypdf.generic import NameObject, StreamObject

from examgen.folder.pages.page_ink import Ink, ink_of
from examgen.ground.wording import format_count
from grader.intake.formats.pdf_objects import array, dictionary, entry
from grader.intake.formats.pictures import MAX_PIXELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pypdf import PageObject, PdfReader
    from pypdf.generic import DictionaryObject, PdfObject

MAX_DEPTH = 8
MAX_PAGES = 200
_HARMLESS = {"/Widget", "/Link", "/Popup", ""}


def name_additions(reader: PdfReader) -> str:
    """Name what was put on the pages as ink, notes, stamps or files; empty where there is none."""
    kinds = Counter(
        _kind(dictionary(item)).removeprefix("/")
        for page in reader.pages[:MAX_PAGES]
        for item in array(page.get("/Annots"))
        if _kind(dictionary(item)) not in _HARMLESS
    )
    if len(reader.pages) > MAX_PAGES:
        kinds["page"] = len(reader.pages)
    return ", ".join(format_count(count, kind) for kind, count in sorted(kinds.items()))


def _kind(thing: DictionaryObject) -> str:
    found = entry(thing, "/Subtype")
    return str(found) if isinstance(found, NameObject) else ""


def page_ink(reader: PdfReader) -> tuple[Ink, ...]:
    """Count what each page paints."""
    return tuple(map(_page_ink, reader.pages[:MAX_PAGES]))


def _page_ink(page: PageObject) -> Ink:
    content = page.get_contents()
    if content is None:
        return Ink()
    resources = dictionary(page.get("/Resources"))
    return ink_of(content.get_data(), partial(_placed, resources, MAX_DEPTH))


def _placed(resources: DictionaryObject, depth: int, name: str) -> Ink:
    """Return what an object paints that is placed by its name."""
    placed = entry(dictionary(resources.get("/XObject")), f"/{name}")
    if not depth or not isinstance(placed, StreamObject) or _kind(placed) != "/Form":
        return Ink(pictures=1)
    own = dictionary(placed.get("/Resources")) or resources
    return ink_of(placed.get_data(), partial(_placed, own, depth - 1))


def look_ink(look: PdfObject | None) -> Ink:
    """Count what a field shows, which it should hold as its value, too."""
    stream = entry(dictionary(look), "/N")
    if not isinstance(stream, StreamObject):
        return Ink()
    resources = dictionary(stream.get("/Resources"))
    return ink_of(stream.get_data(), partial(_placed, resources, MAX_DEPTH))


def pictures_of(reader: PdfReader) -> Iterator[Callable[[], object]]:
    """Give the pictures of the pages, each by a function that unpacks it."""
    for page in reader.pages[:MAX_PAGES]:
        objects = dictionary(dictionary(page.get("/Resources")).get("/XObject"))
        for name in objects:
            picture = dictionary(objects.get(name))
            size = (entry(picture, "/Width"), entry(picture, "/Height"))
            if _kind(picture) == "/Image" and _is_unpacked(*size):
                yield partial(_unpacked, page, name)


def _is_unpacked(width: object, height: object) -> bool:
    return isinstance(width, int) and isinstance(height, int) and width * height <= MAX_PIXELS


def _unpacked(page: PageObject, name: str) -> object:
    return page.images[name].image
