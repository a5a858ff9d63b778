r"""Files beside a question: the images and listings that its text names by `file=`."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

from examgen.ground.errors import Fault
from generator.texts.figures.images import image_name
from generator.texts.figures.listings import with_listings
from generator.texts.figures.syntax import Misdrawn

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

LARGEST = 16 << 20
_USED = re.compile(r"(\\(image|listing)\{[^{}]*?\bfile\s*=\s*)\{?([^,{}\s]+)\}?")
_NAME = re.compile(r"(?:[\w-][\w.-]*/)*[\w-][\w.-]*")
_IMAGE = re.compile(r"\\image\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}")
_NEEDED = {
    "alt": "write alt={what it shows}, for those who do not see it",
    "width|height": "write how large it is on paper: width=60mm",
    "file": "name a file beside the question: file=circuit.svg",
}
_BARE = re.compile(r"\\includegraphics\b")


class Beside:
    """The files that a question's text names.

    Attributes:
        files: their contents by their names; `images` by the names under which they are printed.
        faults: of names that cannot be read.
    """

    def __init__(self, path: Path | Traversable) -> None:
        self.path = path
        self.files: dict[str, bytes] = {}
        self.images: dict[str, bytes] = {}
        self.faults: list[Fault] = []

    def read(self, text: str, first_line: int) -> str:
        """Read the files of a text; return it with each image under the name that TeX gets."""
        for bare in _BARE.finditer(text):
            fix = "write \\image{file=NAME, width=60mm, alt={what it shows}}"
            self._fault(text, first_line, bare.start(), "\\includegraphics finds no file", fix)
        for found in _IMAGE.finditer(text):
            self._check_parts(found, text, first_line)
        named = _USED.sub(lambda found: self._named(found, text, first_line), text)
        try:
            return named if self.faults else with_listings(named, self.files)
        except Misdrawn as error:
            what, newlines = error.args
            fix = "write \\listing{file=sort.py, language=Python, lines=3-9, numbers=yes}"
            self.faults.append(Fault(str(self.path), first_line + newlines, what, fix))
            return text

    def _check_parts(self, found: re.Match[str], text: str, first_line: int) -> None:
        for names, fix in _NEEDED.items():
            if not re.search(rf"\b(?:{names})\s*=\s*\{{?\s*[^\s{{}},]", found[1]):
                what = f"the image has no {names.replace('|', ' or ')}"
                self._fault(text, first_line, found.start(), what, fix)

    def _named(self, found: re.Match[str], text: str, first_line: int) -> str:
        name, what = found[3], found[2]
        try:
            raw = self.files[name] if name in self.files else self._content(name)
            self.files[name] = raw
            if what == "listing":
                return f"{found[1]}{name}"
            own = image_name(raw, name)
        except Misdrawn as error:
            self._fault(text, first_line, found.start(), *map(str, error.args))
            return found[0]
        self.images[own] = raw
        return f"{found[1]}{own}"

    def _content(self, name: str) -> bytes:
        if not isinstance(self.path, Path) or not _NAME.fullmatch(name):
            raise Misdrawn(f"{name} is no file beside the question", "name one in its folder")
        place = self.path.parent / name
        if not place.is_file():
            raise Misdrawn(f"there is no file {place}", "put it beside the question")
        if place.stat().st_size > LARGEST:
            raise Misdrawn(f"{place} is larger than {LARGEST >> 20} MB", "make it smaller")
        return place.read_bytes()

    def _fault(self, text: str, first_line: int, at: int, what: str, fix: str) -> None:
        line = first_line + text.count("\n", 0, at)
        self.faults.append(Fault(str(self.path), line, what, fix))


def digest(raw: bytes, files: Mapping[str, bytes]) -> str:
    """Return the SHA-256 of a question: that of its file, or of it and the files beside it."""
    own = hashlib.sha256(raw)
    if not files:
        return own.hexdigest()
    names = (f"{name} {hashlib.sha256(files[name]).hexdigest()}\n" for name in sorted(files))
    return hashlib.sha256(own.digest() + "".join(names).encode()).hexdigest()
