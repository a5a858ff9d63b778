"""Pages from the templates of a room: what is put in is escaped, only their own script runs."""

from __future__ import annotations

from functools import cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from examgen.ground.html.mathml import content_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


@cache
def source(room: str, name: str) -> str:
    """Return a template, style sheet or script of `templates/ROOM`."""
    return (files("templates") / room / name).read_text(encoding="utf-8")


def environment(room: str, filters: Mapping[str, Callable[..., object]]) -> Environment:
    """Return the templates of a room, a folder of `templates`.

    They may call the filters by name.
    """
    made = Environment(
        loader=FunctionLoader(partial(source, room)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= filters
    return made


def sealed(room: str, **names: str) -> Mapping[str, Markup | str]:
    """Return a page's own style sheet or script, and the hash by which its policy allows it.

    Args:
        room: the folder of `templates`.
        names: files of it by what they are; several are joined: `shared/question.css paper.css`.

    >>> sorted(sealed("feedback", style="paper.css"))
    ['style', 'style_hash']
    """
    texts = {what: "".join(_sources(room, listed)) for what, listed in names.items()}
    hashes = {f"{what}_hash": content_hash(text) for what, text in texts.items()}
    return {**{what: Markup(text) for what, text in texts.items()}, **hashes}  # noqa: S704 - ours


def _sources(room: str, names: str) -> Iterator[str]:
    for name in names.split():
        folder, _, file = name.rpartition("/")
        yield source(folder or room, file)
