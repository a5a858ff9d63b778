"""The text of each question, taken from a paper's own HTML page.

Only text, formulas, lists and tables are kept; fields become the names of their answers. Whatever
else stands in the file (a script, a style, a link) is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_TEXT = "p ol ul li em strong code span u br pre table tbody tr td th"
_MATH = (
    "math mrow mi mn mo ms mtext mspace msub msup msubsup munder mover munderover mfrac msqrt "
    "mroot mtable mtr mtd mstyle mpadded mphantom menclose mmultiscripts"
)
_KEPT = frozenset(f"{_TEXT} {_MATH}".split())
_ATTRIBUTES = frozenset(
    "display mathvariant stretchy fence form separator accent accentunder width height depth "
    "lspace rspace linethickness columnalign rowspacing columnspacing displaystyle scriptlevel "
    "notation minsize maxsize movablelimits colspan rowspan".split()
)
_LEFT_OUT = frozenset("h2 h3 script style template".split())
_EMPTY = frozenset({"br", "input", "mspace", "meta", "link", "img"})


@dataclass(frozen=True)
class Asked:
    """What a paper asks in one part.

    Attributes:
        place: number and letter printed there, which differ from paper to paper if it is shuffled.
    """

    place: str
    text: Markup


def question_texts(page: str) -> Mapping[str, Asked]:
    """What a paper asks, by the ids of its parts.

    >>> part = '<section data-part="pool"><h3>(b)</h3><p>Why?</p></section>'
    >>> question_texts(f'<section aria-labelledby="q2">{part}</section>')
    {'pool': Asked(place='2b', text=Markup('<p>Why?</p>'))}
    """
    reader = _Reader()
    reader.feed(page)
    reader.close()
    # Markup: every piece was escaped or is a tag from the lists above.
    texts = {name: "".join(pieces).strip() for name, pieces in reader.parts.items()}
    return {
        name: Asked(reader.places.get(name, name), Markup(text))  # noqa: S704
        for name, text in texts.items()
        if text
    }


class _Reader(HTMLParser):
    """Copies what is kept, section by section."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: dict[str, list[str]] = {}
        self.places: dict[str, str] = {}
        self.sections: list[str] = []
        self.skipped: list[str] = []  # the open elements from one that is left out

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if self.skipped:
            self._name(tag, given)
            self.skipped += [tag] if tag not in _EMPTY else []
        elif tag == "section":
            question = (given.get("aria-labelledby") or "").removeprefix("q")
            self.sections.append(given.get("data-part") or question)
        elif tag in _LEFT_OUT or "answer" in (given.get("class") or "").split():
            self.skipped.append(tag)
        elif tag in _KEPT:
            # In a formula, what is not closed would hold all that follows it.
            end = "</mspace>" if tag == "mspace" else ""
            self._write(f"<{tag}{''.join(map(_attribute, attrs))}>{end}")

    def handle_endtag(self, tag: str) -> None:
        if self.skipped:
            if tag in self.skipped:
                while self.skipped.pop() != tag:
                    pass
        elif tag == "section" and self.sections:
            self.sections.pop()
        elif tag in _KEPT and tag not in _EMPTY:
            self._write(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self._write(escape(data, quote=False))
        elif self.skipped == ["h3"] and len(self.sections) == 2 and data.strip():
            question, part = self.sections
            self.places.setdefault(part, question + data.strip().strip("()"))

    def _name(self, tag: str, given: Mapping[str, str | None]) -> None:
        """The name of an answer in the place of its field."""
        if tag in {"input", "textarea"} and given.get("name"):
            blank = f'<p class="blank"><code>{escape(given["name"] or "")}</code></p>'
            pieces = self.parts.get(self.sections[-1] if self.sections else "", [])
            if not pieces or pieces[-1] != blank:  # a choice has several fields
                self._write(blank)

    def _write(self, piece: str) -> None:
        if self.sections and self.sections[-1]:
            self.parts.setdefault(self.sections[-1], []).append(piece)


def _attribute(given: tuple[str, str | None]) -> str:
    name, value = given
    is_kept = name in _ATTRIBUTES or given == ("class", "convention")
    return f' {name}="{escape(value)}"' if is_kept and value is not None else ""
