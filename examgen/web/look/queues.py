"""Queues of what is to be done at the pages, without what somebody else has."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from examgen.folder.key import AnswerKey, RubricKey
from examgen.folder.pages.form_fields import COVER, NAME, NUMBER, answer_named
from grader.scan.account import ILLEGIBLE, OPEN, TICKED
from grader.scan.reading.writing import BLANK
from grader.scan.records import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from examgen.web.look.desk import Desk
    from grader.scan.records import PageRecord, Place, ReadRecord

SHARE = 10  # of a hundred answers that were typed, so many are read by a second person


@dataclass(frozen=True)
class Sheet:
    """A contact sheet: answers of which a rule decided the same.

    Attributes:
        answer: which one.
        text: the option that is ticked.
        reads: what was read of each paper.
    """

    answer: str
    text: str
    reads: tuple[ReadRecord, ...]


def asked_of(desk: Desk, name: str) -> AnswerKey | RubricKey | None:
    """Return what a box is about; None for one of the cover."""
    return desk.asked.get(answer_named(name))


def open_pages(desk: Desk) -> list[PageRecord]:
    """Return the images that a person has to place, in the order of the stacks."""
    account = desk.account
    return [
        page
        for page in desk.journal.pages.values()
        if (page.kind in {Kind.UNKNOWN, Kind.SPARE} and not page.paper)
        or (page.kind is Kind.PAGE and account.doubt((page.paper, page.page)))
    ]


def to_type(desk: Desk) -> list[ReadRecord]:
    """Return what is to be typed or ticked: by answer, equal keys beside each other."""
    order = {name: place for place, name in enumerate(desk.asked)}
    waiting = [
        one for one in desk.account.waiting() if isinstance(asked_of(desk, one.answer), AnswerKey)
    ]
    names = ((order[answer_named(one.answer)], one.answer) for one in waiting)
    keyed = zip(names, waiting, strict=True)
    ordered = sorted(keyed, key=lambda pair: (pair[0], _expected(desk, pair[1]), pair[1].paper))
    return [one for _, one in ordered]


def _expected(desk: Desk, read: ReadRecord) -> str:
    return desk.expected(read.paper).get(answer_named(read.answer), "")


def prose(desk: Desk) -> int:
    """Return how many answers of prose and drawings wait; they are not typed."""
    return sum(isinstance(asked_of(desk, one.answer), RubricKey) for one in desk.account.waiting())


def sheets(desk: Desk, state: str) -> Iterator[Sheet]:
    """Yield what a rule decided and nobody has confirmed: blanks, or ticks by option."""
    found = (read for read in desk.journal.reads.values() if _is_decided(desk, read, state))
    order = {name: place for place, name in enumerate(desk.asked)}

    def alike(read: ReadRecord) -> tuple[int, str, str]:
        return order[answer_named(read.answer)], read.answer, read.text

    ordered = sorted(found, key=lambda read: (*alike(read), read.paper))
    for (_, answer, text), group in groupby(ordered, key=alike):
        yield Sheet(answer, text, tuple(group))


def _is_decided(desk: Desk, read: ReadRecord, state: str) -> bool:
    if read.state != state or read.key in desk.journal.settled or read.answer.startswith(COVER):
        return False
    # What seems blank and may be written elsewhere on the paper is looked at alone.
    return desk.account.is_certain(read) and not desk.account.is_waiting(read)


def second(desk: Desk, person: str) -> list[ReadRecord]:
    """Return what a person reads a second time: a sample of what others typed, always the same."""
    return [
        desk.journal.reads[place]
        for place, settled in desk.journal.settled.items()
        if settled.by != person
        and settled.state not in {OPEN, ILLEGIBLE}
        and place not in desk.journal.twice
        and _is_in_sample(desk, place)
    ]


def _is_in_sample(desk: Desk, place: Place) -> bool:
    read = desk.journal.reads.get(place)
    if read is None or read.state in {TICKED, BLANK} or read.answer.startswith(COVER):
        return False
    digest = hashlib.sha256("\x1f".join(place).encode()).digest()
    return int.from_bytes(digest[:4], "big") % 100 < SHARE


def agreement(desk: Desk) -> tuple[int, int]:
    """Return how many answers two people read alike, of how many that both read."""
    pairs = desk.journal.twice.values()
    return sum(second.says_as(first) for first, second in pairs), len(pairs)


def nameless(desk: Desk) -> list[ReadRecord]:
    """Return of each cover on which somebody has to read who took the paper one box."""
    covers: dict[str, ReadRecord] = {}
    for read in desk.account.waiting():
        if read.answer in {NUMBER, NAME}:
            covers.setdefault(read.image, read)
    return list(covers.values())


def decided_by(desk: Desk) -> Counter[str]:
    """Return how many answers each person decided."""
    return Counter(one.by for one in desk.journal.settled.values())
