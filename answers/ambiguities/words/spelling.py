"""A slip in the spelling of a word, where the question allows so many: `typos: 1`.

A letter that is missing, one too many, another one, or two exchanged. Short words and digits have
no slips: they would be other answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from answers.ambiguities.base import Ambiguity, Reading
from answers.kinds.texts import fold_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

LETTERS_FOR_ONE = 4  # a text has at least so many letters for each slip, and one more
_LONGEST = 200


def _readings(text: str, setting: Setting) -> Iterator[Reading]:
    most, also = setting.options.typos, setting.options.other_answers
    capitals = setting.options.keeps_capitals
    words = fold_text(text, choice=False, capitals=capitals)
    if not most or len(words) > _LONGEST:
        return
    for right in (setting.expected, *also):
        own = fold_text(right, choice=False, capitals=capitals)
        if allows(own, most) and _digits(words) == _digits(own) and slips(words, own, most):
            yield Reading(setting.expected, is_settled=True, how=f"{right} with a slip in spelling")
            return


def allows(text: str, slips_in_it: int) -> bool:
    """Return whether a text is long enough to be known with so many slips in it."""
    return sum(map(str.isalpha, text)) > LETTERS_FOR_ONE * slips_in_it


def slips(text: str, other: str, most: int) -> int | None:
    """Return how many slips make one text of another; None if there are more than that.

    >>> slips("recusion", "recursion", 1), slips("recurison", "recursion", 1)
    (1, 1)
    >>> slips("excursion", "recursion", 1)
    """
    if abs(len(text) - len(other)) > most:
        return None
    before, last = [0] * (len(other) + 1), list(range(len(other) + 1))
    for row, mine in enumerate(text, 1):
        line = [row]
        for column, theirs in enumerate(other, 1):
            cost = min(last[column] + 1, line[-1] + 1, last[column - 1] + (mine != theirs))
            exchanged = text[row - 2 : row] == other[column - 2 : column][::-1]
            if row > 1 and column > 1 and exchanged:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        before, last = last, line
    return last[-1] if last[-1] <= most else None


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


AMBIGUITY = Ambiguity("spelling", frozenset({"text"}), _readings, rank=80)
