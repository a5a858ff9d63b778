"""Count the characters, painted paths and pictures in the content of a page.

Programs that save a form write its pages anew: packed, split or numbered otherwise. What they
paint stays the same in number, so a page with more on it than was printed was written on.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_TEXT = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+\)"
_DATA = re.compile(rb"(%s)|(?<!<)<([0-9A-Fa-f\s]*+)>|(\sBI\s.*?\sEI\b)" % _TEXT, re.DOTALL)
_ESCAPE = re.compile(rb"\\(?:[0-7]{1,3}|\r\n|.)", re.DOTALL)
_PAINTS = re.compile(rb"(?<![^\s\])>])(?:[SsFfBb]\*?|sh)(?![^\s/\[(<])")
_PLACES = re.compile(rb"/([^\s/\[\](){}<>%]+)\s+Do(?![^\s/\[(<])")


@record
class Ink:
    """The numbers of things on a page.

    Attributes:
        characters: of all texts that are shown.
        paths: lines and areas that are painted.
        pictures: images, as those of scanners and cameras.
    """

    characters: int = 0
    paths: int = 0
    pictures: int = 0

    def __add__(self, other: Ink) -> Ink:
        """Return both together."""
        pairs = zip(self.counts, other.counts, strict=True)
        return Ink(*(one + another for one, another in pairs))

    @property
    def counts(self) -> tuple[int, int, int]:
        """Return the three numbers."""
        return self.characters, self.paths, self.pictures

    def exceeds(self, other: Ink) -> bool:
        """Return whether there is more of anything than on another page.

        >>> Ink(3, 1).exceeds(Ink(5)), Ink(3).exceeds(Ink(5, 1))
        (True, False)
        """
        return any(one > another for one, another in zip(self.counts, other.counts, strict=True))


def ink_of(content: bytes, inside: Callable[[str], Ink]) -> Ink:
    r"""Count what a content stream paints.

    Args:
        content: the stream, unpacked.
        inside: gives what an object paints that the stream places by its name.

    >>> ink_of(b"BT [(a\\(b)-30(c)]TJ ET 0 0 m 9 9 l S /Im0 Do", lambda name: Ink(pictures=1))
    Ink(characters=4, paths=1, pictures=1)
    """
    found = _DATA.findall(content)
    rest = _DATA.sub(b" ", content)
    own = Ink(
        sum(len(_ESCAPE.sub(b"x", text)) - 2 for text, _, _ in found if text)
        + sum(len(b"".join(code.split())) // 2 for _, code, _ in found),
        len(_PAINTS.findall(rest)),
        sum(bool(picture) for _, _, picture in found),
    )
    return sum((inside(name.decode("latin-1")) for name in _PLACES.findall(rest)), own)


def is_written_on(printed: Sequence[Ink], found: Iterable[Ink]) -> bool:
    """Return whether pages have more on them than was printed; their order does not matter.

    >>> is_written_on([Ink(9), Ink(5)], [Ink(5), Ink(9)]), is_written_on([Ink(9)], [Ink(9), Ink(1)])
    (False, True)
    """
    left, changed = list(printed), []
    for page in found:
        if page in left:
            left.remove(page)
        else:
            changed.append(page)
    left += [Ink()] * len(changed)
    return any(page.exceeds(before) for page, before in zip(changed, left, strict=False))


def ink_text(pages: Iterable[Ink]) -> str:
    """Write the ink of pages as a text.

    >>> ink_text([Ink(812, 14, 1), Ink(0, 3)])
    '812/14/1 0/3/0'
    """
    return " ".join("/".join(map(str, page.counts)) for page in pages)


def ink_from(text: str) -> tuple[Ink, ...]:
    """Read the ink of pages.

    >>> ink_from("812/14/1")
    (Ink(characters=812, paths=14, pictures=1),)

    Raises:
        ValueError: the text is none that `ink_text` writes.
    """
    return tuple(Ink(*map(int, page.split("/"))) for page in text.split())
