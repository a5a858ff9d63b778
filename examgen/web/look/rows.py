"""An answer to type, with what somebody who types it sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from examgen.folder.key import AnswerKey
from examgen.folder.questions import question_html
from examgen.web.look.queues import asked_of
from examgen.web.look.verdicts import Proposal, key_in_words, proposals
from grader.scan.reading.writing import BLANK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markupsafe import Markup

    from examgen.web.look.desk import Desk
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
    options = [Proposal(text, "") for text in _options(desk, read)]
    is_free = not is_blind and not options
    return Row(
        read,
        own.label,
        question_html(part),
        key_in_words(key, read) if is_free else "",
        proposals(key, read) if is_free else options,
        bool(options),
        isinstance(own, AnswerKey) and bool(own.working),
        desk.journal.find_dispute(read.key) or (),
    )


def _options(desk: Desk, read: ReadRecord) -> Iterator[str]:
    """Yield the options that are ticked in the boxes of an answer, in the order printed."""
    for box in desk.boxes[read.paper].pages[read.page - 1].boxes:
        if box.answer == read.answer and box.option is not None:
            yield box.text
