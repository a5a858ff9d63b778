"""JSON as people write it: with comments, a comma too many, an editor's quotes."""

from __future__ import annotations

import re

_STRING = r'"(?:[^"\\]|\\.)*(?:"|\\?\Z)'  # one that never ends is all the rest
_TOKEN = re.compile(
    rf"{_STRING}|//[^\r\n]*|/\*.*?(?:\*/|\Z)"
    r"|[“”„‟«](?:[^“”„‟»\"\\\r\n]|\\.)*[“”‟»]|'(?:[^'\"\\\r\n]|\\.)*'",
    re.DOTALL,
)
_COMMA = re.compile(rf"{_STRING}|,(?=\s*[}}\]])", re.DOTALL)
_HINTS = re.compile(r"//|/\*|[“”„‟«»']|,\s*[}\]]")
_START = re.compile(r"\s*(?://[^\r\n]*\s+|/\*.{0,2000}?\*/\s*)*[{\[]", re.DOTALL)
_NAMED = r'[{{,]\s*"{name}"\s*:\s*"([^"\\\r\n]{{1,200}})"'


def is_json(start: str) -> bool:
    """Return whether a text begins as JSON does, perhaps after comments."""
    return bool(_START.match(start[:10_000]))


def mend_json(text: str) -> str:
    r"""Return a text as JSON, with each sign in its place; JSON is itself.

    >>> mend_json('{“a”: 1, // one\n}')
    '{"a": 1        \n}'
    """
    if not _HINTS.search(text):
        return text
    return _COMMA.sub(_without_comma, _TOKEN.sub(_strict, text))


def _strict(found: re.Match[str]) -> str:
    token = found[0]
    if token.startswith('"'):
        return token
    if token.startswith("/"):
        return "".join(char if char in "\r\n" else " " for char in token)
    return f'"{token[1:-1]}"'


def _without_comma(found: re.Match[str]) -> str:
    return " " if found[0] == "," else found[0]


def find_once(text: str, name: str) -> str:
    """Return the one text that a broken file gives for a name; empty where there are several."""
    values = set(re.findall(_NAMED.format(name=name), text))
    return values.pop().strip() if len(values) == 1 else ""
