"""Pages from the templates of a room: what is put in is escaped, only their own script runs."""

from __future__ import annotations

import json
from functools import cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from examgen.ground.html.mathml import content_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@cache
def source(room: str, name: str) -> str:
    """Return a template, style sheet or script of `templates/ROOM`."""
    return (files("templates") / room / name).read_text(encoding="utf-8")


def named_source(room: str, name: str) -> str:
    """Return a file of a room, or of another one where the name says so: `shared/question.css`."""
    folder, _, file = name.rpartition("/")
    return source(folder or room, file)


def environment(room: str, filters: Mapping[str, Callable[..., object]]) -> Environment:
    """Return the templates of a room, a folder of `templates`.

    They may call the filters by name.
    """
    made = Environment(
        loader=FunctionLoader(partial(named_source, room)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= filters
    return made


def script_json(data: object) -> Markup:
    r"""Return data as JSON for an element `script`, in which no tag can begin.

    >>> script_json(["</script>"])
    Markup('["\\u003c/script>"]')
    """
    return Markup(json.dumps(data).replace("<", "\\u003c"))  # noqa: S704 - no tag can begin in it


def place_of(known: dict[Markup, int], text: Markup) -> int:
    """Return the place of a text among those that a page holds once each; a new one is added."""
    return known.setdefault(text, len(known))


def inline_with_hash(room: str, **names: str) -> Mapping[str, Markup | str]:
    """Return a page's own style sheet or script, and the hash by which its policy allows it.

    Args:
        room: the folder of `templates`.
        names: files of it by what they are; several are joined: `shared/question.css paper.css`.

    >>> sorted(inline_with_hash("feedback", style="paper.css"))
    ['style', 'style_hash']
    """
    texts = {
        what: "".join(named_source(room, name) for name in listed.split())
        for what, listed in names.items()
    }
    hashes = {f"{what}_hash": content_hash(text) for what, text in texts.items()}
    return {**{what: Markup(text) for what, text in texts.items()}, **hashes}  # noqa: S704 - ours
