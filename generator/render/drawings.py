"""Drawings of parts: a document draws each once."""

from __future__ import annotations

import hashlib
import re

from generator.render.tame import is_tame, leaves_nothing

_PICTURE = re.compile(r"\\begin\{(tikzpicture|circuitikz)\}.*?\\end\{\1\}", re.DOTALL)
_OF_ITS_PLACE = re.compile(
    r"remember picture|overlay|\\(?:the(?!ta)[a-z]*|arabic|value|(?:eq|page)?ref|label)\b"
)
_OF_THE_LINE = re.compile(r"\\(?:line|text|column)width|\\hsize")


def draw_once(text: str) -> str:
    """Return the text of a part with names for its drawings, by which a document draws each once.

    A drawing is the same only where all that is before it is, unless that surely changes
    nothing: a macro of the author's own may be defined there. One that depends on its place on the
    paper has no name.
    """
    return _PICTURE.sub(lambda found: _named(found[0], text[: found.start()]), text)


def _named(code: str, before: str) -> str:
    if _OF_ITS_PLACE.search(code):
        return code
    if is_tame(code) and not _OF_THE_LINE.search(code) and leaves_nothing(before):
        before = ""
    name = hashlib.sha256(f"{before}{code}".encode()).hexdigest()[:16]
    return f"\\onepicture{{{name}}}{{{code}}}"
