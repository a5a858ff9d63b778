"""Show answers beside the keys of their own papers: many are confirmed at once, others typed.

What is stored is what a person read: the text of the key that they saw, with how they came to it.
"""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from answers.judge import accepts
from answers.options import Options
from examgen.folder.key import AnswerKey
from examgen.web.look.queues import Sheet, to_type
from examgen.web.look.verdicts import right_proposal
from grader.scan.account import TYPED
from grader.scan.reading.writing import WRITTEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from examgen.web.look.desk import Desk
    from examgen.web.look.verdicts import Proposal
    from grader.scan.records import ReadRecord

AS_KEY = "as the key, seen on a contact sheet"
CHOSEN = "chosen from what the page proposed"
LETTERS = "abcdefghijklmnopqrstvwyz"  # a key for each crop; u takes back, x is that of all sheets
KEYS = len(LETTERS)  # on a screen


class Keys:
    """The keys that are shown beside what is written by hand.

    Args:
        desk: of whose papers.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._of_paper = cache(self._listed)

    def beside(self, read: ReadRecord) -> Proposal | None:
        """Return the key that is shown beside an answer; None where it is typed in any case."""
        is_plain = read.state == WRITTEN and read.key not in self._desk.journal.settled
        return self._of_paper(read.paper).get(read.answer) if is_plain else None

    def sheets(self) -> Iterator[Sheet]:
        """Yield what nobody has read yet, by answer, equal keys beside each other."""
        waiting = (read for read in to_type(self._desk) if self.beside(read))
        for answer, group in groupby(waiting, key=lambda read: read.answer):
            yield Sheet(answer, "", tuple(group))

    def _listed(self, paper: str) -> Mapping[str, Proposal]:
        answers = self._desk.key(paper).answers
        return {
            answer.id: right
            for answer in answers
            if isinstance(answer, AnswerKey) and (right := key_to_show(answer))
        }


def key_to_show(answer: AnswerKey) -> Proposal | None:
    """Return the right answer as it is shown beside what is written; None where it cannot be.

    There is none of a working. What is shown is right as it is, in the form that is asked for: to
    confirm it never costs marks.
    """
    right = None if answer.working else right_proposal(answer)
    if right is None or (right.text == answer.expected and not right.is_exact):
        return right
    options = Options.from_mapping(dict(answer.options))
    return right if accepts(answer.kind, answer.expected, right.text, options) else None


def is_of_key(settled: ReadRecord) -> bool:
    """Return whether somebody confirmed a text of the key that is not written letter by letter."""
    return settled.state == TYPED and settled.why in {AS_KEY, CHOSEN}
