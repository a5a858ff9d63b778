"""The page of the report in another language: each of its texts by the table of words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from examgen.ground.translations import FALLBACK

if TYPE_CHECKING:
    from examgen.ground.translator import Translator

_STYLE = re.compile(r"(<style>.*?</style>)", re.DOTALL)
_TEXT = re.compile(r'((?<!translate="no")>|(?:alt|aria-label)=")([^<>"]+)(?=[<"])')
_NUMBER = re.compile(r"[−+\d.,%\s]+")
_AMOUNT = re.compile(r"[−+]?[\d.,]+ [a-z]+(?: [−+]?[\d.,]+)?")  # `4 and 5`, `0.76 marks`
LEAST = 8  # letters of a sentence with something put in; what is shorter may be a person's words


def translate_page(html: str, say: Translator) -> str:
    """Return a page whose texts are those of a language.

    What the table does not have stays as it is, and so does what `translate="no"` marks: names and
    words of students and of questions.
    """
    if say.language == FALLBACK:
        return html
    pieces = _STYLE.split(html)
    said = (one if at % 2 else _translate(one, say) for at, one in enumerate(pieces))
    page = "".join(said)
    return page.replace('<html lang="en">', f'<html lang="{say.language}">', 1)


def _translate(html: str, say: Translator) -> str:
    return _TEXT.sub(lambda found: found[1] + translate_text(found[2], say), html)


def translate_text(text: str, say: Translator) -> str:
    """Return a text of a page in a language, with the spaces around it."""
    if _NUMBER.fullmatch(text):
        return say.number(text)
    plain = " ".join(text.split())
    found = _known(plain, say)
    if found is None:
        return text
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    return f"{text[:start]}{found}{text[end:]}"


def _known(plain: str, say: Translator) -> str | None:
    known = say.known
    if plain in known:
        return known[plain]
    if (small := plain[:1].lower() + plain[1:]) in known:
        return known[small][:1].upper() + known[small][1:]
    parts = plain.split(", ")
    if len(parts) > 1 and all(part in known for part in parts):
        return ", ".join(known[part] for part in parts)
    found = say.translate(plain, 0 if _AMOUNT.fullmatch(plain) else LEAST)
    return None if found == plain else say.number(found)
