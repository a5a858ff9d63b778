"""Each sentence that the judge writes down for a verdict is in the file of words."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import answers
from examgen.ground.translations import FALLBACK, words

if TYPE_CHECKING:
    from collections.abc import Iterator

SAYING = {"correct", "wrong", "undecided", "Unreadable", "Reading", "Judgement"}
PROSE = re.compile(r"[a-z]{2,} [a-z]{2,}")


@cache
def _sentences() -> frozenset[str]:
    """Return the sentences of the file of words, all gaps alike."""
    return frozenset(re.sub(r"\{\w*\}", "{}", name) for name in words(FALLBACK))


def _text(node: ast.expr) -> str:
    """Return a text of the code, with a gap for each value that is put in."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        pieces = (one.value if isinstance(one, ast.Constant) else "{}" for one in node.values)
        return "".join(map(str, pieces))
    return ""


def _said(source: str) -> Iterator[str]:
    """Yield the sentences in calls that make verdicts or readings."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SAYING:
            found = map(_text, [*node.args, *(one.value for one in node.keywords)])
            yield from filter(PROSE.search, found)


def test_every_sentence_of_a_verdict_has_words() -> None:
    (room,) = answers.__path__
    rooms = (Path(room) / name for name in ("ambiguities", "kinds", "second_look"))
    files = {path: path.read_text("utf-8") for own in rooms for path in own.rglob("*.py")}
    found = {path.name: [*_said(source)] for path, source in files.items()}
    assert sum(map(len, found.values())) > 50
    unknown = [text for texts in found.values() for text in texts]
    assert [text for text in unknown if text not in _sentences()] == []


def test_a_sentence_without_words_is_found() -> None:
    source = 'wrong(words, f"the sky of {place} is blue")\nsay("nothing at all")'
    assert list(_said(source)) == ["the sky of {} is blue"]
    assert "the sky of {} is blue" not in _sentences()
