"""Drawings of parts: a document draws each once."""

from __future__ import annotations

import hashlib
import re

_PICTURE = re.compile(r"\\begin\{tikzpicture\}.*?\\end\{tikzpicture\}", re.DOTALL)
_OF_ITS_PLACE = re.compile(
    r"remember picture|overlay|\\(?:the|arabic|value|(?:eq|page)?ref|label)\b"
)


def draw_once(text: str) -> str:
    """Return the text of a part with names for its drawings, by which a document draws each once.

    A drawing is the same only where all that is before it is: a macro of the author's own may
    be defined there. One that depends on its place on the paper has no name.
    """
    if "{tikzpicture}" not in text:
        return text
    return _PICTURE.sub(lambda found: _named(found[0], text[: found.start()]), text)


def _named(code: str, before: str) -> str:
    if _OF_ITS_PLACE.search(code):
        return code
    name = hashlib.sha256(f"{before}{code}".encode()).hexdigest()[:16]
    return f"\\onepicture{{{name}}}{{{code}}}"
