"""No page has words of its own: each of a template or a script is in the file of words."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from jinja2 import Environment, nodes

from examgen.ground.html.script_words import script_words, sentences_of
from examgen.ground.html.templates import source
from examgen.ground.translations import FALLBACK, words
from examgen.ground.translator import Translator

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOMS = ("exam_day", "feedback", "grades", "look", "marking", "web")
PUT_IN = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
OPAQUE = re.compile(r"<(style|script|code|kbd)\b[^>]*>.*?</\1>", re.DOTALL)
SEEN = re.compile(r'>([^<>]+)|\b(?:alt|aria-label|title|placeholder)="([^"]*)"')
ADDRESS = re.compile(r"/\w+\?\S*")
LETTERS = re.compile(r"[A-Za-z]{2,}")
PROSE = re.compile(r"[A-Za-z]{2,},? [a-z]{2,}|[A-Z][a-z]{2,}")
TEXT = re.compile(r'"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`')
# Names of keys, of events and of elements, which are no words of a page.
NAMES = re.compile(
    r"Enter|Escape|Esc|Shift|Alt|Arrow\w*|LeftRight|POST|application/\w+|[a-z-]+/[a-z]+|not asked"
    # How a decision was come to: kept with it in English, and said where it is shown.
    r"|chosen from the roster|chosen from what the page proposed|seen on a contact sheet"
    r"|whole turn"
)


def _files(suffix: str) -> list[tuple[str, str]]:
    rooms = ((room, files("templates") / room) for room in ROOMS)
    names = ((room, file.name) for room, folder in rooms for file in folder.iterdir())
    return sorted((room, name) for room, name in names if name.endswith(suffix))


def _own_words(html: str) -> set[str]:
    """Return the words that a template writes itself."""
    plain = OPAQUE.sub("", PUT_IN.sub("", html))
    found = " ".join(first or second for first, second in SEEN.findall(f">{plain}"))
    found = ADDRESS.sub("", found)
    return {word for word in LETTERS.findall(found) if not NAMES.fullmatch(word)}


def _put_in(html: str) -> Iterator[str]:
    """Yield the texts that a template gives to what is put in."""
    page = Environment(autoescape=True).parse(html)
    for found in page.find_all(nodes.Const):
        if isinstance(found.value, str) and PROSE.search(NAMES.sub("", found.value)):
            yield found.value
    for call in page.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "_":
            yield from (one.value for one in call.args[:1] if isinstance(one, nodes.Const))


def _unsaid(script: str) -> Iterator[str]:
    """Yield the texts of a script that it does not say in the language of the page."""
    code = re.sub(r"/\*\*?.*?\*/", "", script, flags=re.DOTALL)
    code = re.sub(r"(?m)(?<![:\"])//.*$", "", code)
    for sentence in sentences_of(script):
        code = code.replace(f'say("{sentence}"', "say(")
    for text in TEXT.findall(code):
        bare = NAMES.sub("", re.sub(r"\$\{.*?\}", "", text))
        if PROSE.search(bare) and not re.search(r"[\[\]#=]|^.\.", text):
            yield text


@pytest.mark.parametrize(("room", "name"), _files(".html.j2"))
def test_a_template_has_no_words_of_its_own(room: str, name: str) -> None:
    html = source(room, name)
    assert _own_words(html) == set()
    assert [text for text in _put_in(html) if text not in words(FALLBACK)] == []


@pytest.mark.parametrize(("room", "name"), _files(".js"))
def test_a_script_says_what_is_in_the_file_of_words(room: str, name: str) -> None:
    script = source(room, name)
    assert [text for text in sentences_of(script) if text not in words(FALLBACK)] == []
    assert list(_unsaid(script)) == []


# Pages and scripts with words of their own, and what is found in each.
OWN = [
    ("<p>Not here</p>", {"Not", "here"}),
    ('<img alt="Box of {{ n }}">', {"Box", "of"}),
    ("Loose {{ x }}", {"Loose"}),
    ('<p title="{{ _("Mark") }}">{{ n }}{% if y %} left{% endif %}</p>', {"left"}),
    ('<p class="soft">{{ _("Mark") }}<code>mark</code></p>', set()),
]
SAID = [
    ('at("x").textContent = "Nothing waits.";', ['"Nothing waits."']),
    ("said(`${n} marked so far`);", ["`${n} marked so far`"]),
    ('at("x").title = say("Nothing waits.");', []),
    ('// It says nothing.\nkeep("application/json", "s");', []),
]


@pytest.mark.parametrize(("html", "found"), OWN)
def test_own_words_are_found(html: str, found: set[str]) -> None:
    assert _own_words(html) == found


@pytest.mark.parametrize(("script", "found"), SAID)
def test_unsaid_texts_are_found(script: str, found: list[str]) -> None:
    assert list(_unsaid(script)) == found


def test_a_script_is_given_its_words() -> None:
    known = script_words("marking", "page.js", Translator("tr"))
    assert known["Nothing waits."] == "Bekleyen bir şey yok."
    assert known["decimal"] == ","
