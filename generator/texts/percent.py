r"""The sign % in a question's text: TeX would take it, and the rest of its line, for a comment.

Behind a number it is meant as a percent sign, and becomes one. Elsewhere it hides what follows it,
which is a fault, unless it is alone on its line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# What is passed over: verbatim text, values and blocks (where % is the remainder), \% and the like.
_OTHER = r"\\begin\{(?P<kind>verbatim|lstlisting|tikzpicture)\}.*?\\end\{(?P=kind)\}"
_OTHER += r"|\\verb\*?(?P<end>[^A-Za-z\s*]).*?(?P=end)"
_OTHER += r"|\\[B#]\{[^}]*\}|\\[^V]"
_AMOUNT = r"(?P<amount>(?:\d|\\V\{[^}]*\}|(?<=\d)\$|(?<=\})\$)(?:[ ~]|\\,)?)%"
_SIGN = re.compile(
    rf"(?P<other>{_OTHER})|{_AMOUNT}|(?P<value>\\V\{{[^}}]*\}})|(?P<comment>%[^\n]*)", re.DOTALL
)


def as_percent(text: str) -> str:
    r"""Return a text in which each % behind a number is a percent sign.

    >>> as_percent(r"It takes \V{a}% off, then 5 %.")
    'It takes \\V{a}\\% off, then 5 \\%.'
    """
    return _SIGN.sub(lambda m: f"{m['amount']}\\%" if m["amount"] else m[0], text)


def hidden_comments(text: str) -> Iterator[tuple[int, str]]:
    r"""Yield each comment that hides a part of its line or an answer: its line, and its text.

    >>> list(hidden_comments("Take half % of it\n% a remark"))
    [(1, '% of it')]
    """
    for found in _SIGN.finditer(text):
        comment = found["comment"]
        if comment is None or comment == "%":
            continue
        before = text[: found.start()]
        begins_line = not before.rpartition("\n")[2].strip()
        if not begins_line or re.search(r"\\(?:answer|V|B)\b", comment):
            yield before.count("\n") + 1, comment
