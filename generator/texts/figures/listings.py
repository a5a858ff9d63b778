r"""Listings of code from a file beside the question: `\listing{file=sort.py, language=Python}`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.texts.figures.syntax import Misdrawn

if TYPE_CHECKING:
    from collections.abc import Mapping

_LISTING = re.compile(r"\\listing\{([^{}]*)\}")
_LINES = re.compile(r"(\d+)(?:-(\d+))?")
LANGUAGES = tuple("C C++ Haskell HTML Java Matlab Pascal Perl Python R Ruby SQL XML bash".split())
# In the text of a question it is one line, whatever it holds.
WRITTEN = re.compile(r"\\begin\{lstlisting\}\[name=.*?\\end\{lstlisting\}", re.DOTALL)


def with_listings(text: str, files: Mapping[str, bytes]) -> str:
    """Return a text with the lines of its listings.

    Raises:
        Misdrawn: a part is not known, or has no such lines; the second argument is the line.
    """

    def replace_listing(found: re.Match[str]) -> str:
        try:
            return _written(found[1], files)
        except Misdrawn as error:
            raise Misdrawn(str(error), text.count("\n", 0, found.start())) from error

    return _LISTING.sub(replace_listing, text)


def _written(inside: str, files: Mapping[str, bytes]) -> str:
    pairs = (part.partition("=") for part in inside.split(","))
    parts = {name.strip(): value.strip() for name, _, value in pairs}
    known = {"file", "language", "lines", "numbers"}
    if unknown := parts.keys() - known:
        raise Misdrawn(f"\\listing has no part {min(unknown)!r}; known: {', '.join(sorted(known))}")
    language = parts.get("language", "")
    if language and language not in LANGUAGES:
        raise Misdrawn(f"language={language} is not known; known: {', '.join(LANGUAGES)}")
    first, code = _lines(parts, files)
    options = [f"name={parts['file']}", f"language={language}" if language else ""]
    if parts.get("numbers") in {"yes", "true"}:
        options += ["numbers=left", f"firstnumber={first}"]
    body = "\n".join(code)
    return f"\\begin{{lstlisting}}[{','.join(filter(None, options))}]\n{body}\n\\end{{lstlisting}}"


def _lines(parts: Mapping[str, str], files: Mapping[str, bytes]) -> tuple[int, list[str]]:
    lines = files[parts["file"]].decode("utf-8", "replace").expandtabs(4).splitlines()
    if "lines" not in parts:
        return 1, lines
    found = _LINES.fullmatch(parts["lines"])
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (0, 0)
    if not 1 <= first <= last <= len(lines):
        raise Misdrawn(f"lines={parts['lines']} are not among the {len(lines)} of {parts['file']}")
    return first, lines[first - 1 : last]
