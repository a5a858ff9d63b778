"""The words of a page's scripts: what they say by `say("...")`, in the language of the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from examgen.ground.html.templates import named_source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from examgen.ground.translator import Translator

_SAID = re.compile(r'\bsay\("((?:[^"\\]|\\.)+)"')
POINT = "decimal"  # as the sign in numbers is called


def sentences_of(script: str) -> list[str]:
    """Return what a script says.

    >>> sentences_of('field.title = say("{} of {}", 1, 2) + say("marked");')
    ['{} of {}', 'marked']
    """
    return _SAID.findall(script)


def script_words(room: str, names: str, say: Translator) -> Mapping[str, str]:
    """Return what scripts of a room say with its translation, and the sign in numbers.

    Args:
        room: the folder of `templates`.
        names: of the scripts, with spaces between them.
        say: the language of the page.
    """
    said = (text for name in names.split() for text in sentences_of(named_source(room, name)))
    return {POINT: say.number("0.5")[1:-1], **{text: say(text) for text in said}}
