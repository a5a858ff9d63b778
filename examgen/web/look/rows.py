"""An answer to type, with what somebody who types it sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from examgen.folder.key import AnswerKey
from examgen.folder.questions import question_html
from examgen.web.look.queues import asked_of
from examgen.web.look.verdicts import key_in_words, proposals
from grader.scan.reading.writing import BLANK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from examgen.web.look.desk import Desk
    from examgen.web.look.verdicts import Proposal
    from grader.scan.records import ReadRecord


@dataclass(frozen=True)
class Row:
    """An answer to type.

    Attributes:
        read: what scanning made of it.
        label: what is asked, in a few words; `question` in full.
        key: the paper's own right answer; empty where what is typed must not be swayed by it.
        proposals: what may be written.
        options: they are the options of a choice.
        is_long: what is written has several lines.
        others: what people read of it before, who differ.
    """

    read: ReadRecord
    label: str
    question: Markup
    key: str
    proposals: Sequence[Proposal]
    options: bool
    is_long: bool
    others: Sequence[ReadRecord] = ()

    @property
    def why(self) -> str:
        """Return why it waits, where that is not simply that it is written by hand."""
        nothing = "nothing is seen here, but something is written elsewhere on the paper"
        return self.read.why or (nothing if self.read.state == BLANK else "")


def row_of(desk: Desk, read: ReadRecord, *, is_blind: bool) -> Row:
    """Return an answer to type; where it is read blind, nothing sways anyone who reads it."""
    key = desk.key(read.paper)
    asked = asked_of(desk, read.answer)
    name = asked.id if asked else ""
    part = next(part for part in key.parts if name in {one.id for one in part.answers})
    (own,) = (one for one in part.answers if one.id == name)
    has_options = isinstance(own, AnswerKey) and bool(own.choices) and name == read.answer
    return Row(
        read,
        own.label,
        question_html(part),
        "" if is_blind or has_options else key_in_words(key, read),
        () if is_blind and not has_options else proposals(key, read),
        has_options,
        isinstance(own, AnswerKey) and bool(own.working),
        desk.journal.find_dispute(read.key) or (),
    )
