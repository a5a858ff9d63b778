"""Messages of the pages: decisions, what is typed so far, what an image or a cover is."""

from __future__ import annotations

from typing import Literal

from examgen.web.messages import Sent


class Decided(Sent):
    """A decision as a page sends it."""

    image: str
    answer: str
    state: Literal["typed", "blank", "illegible", "open"]
    text: str = ""
    why: str = ""


class Decisions(Sent):
    """Decisions that a person makes together; `again` for a second reading."""

    page: Literal["/typing", "/blanks", "/ticks", "/keys", "/second", "/people", "/ink"]
    decisions: list[Decided]
    again: bool = False


class Typed(Sent):
    """A text as typed so far."""

    image: str
    answer: str
    text: str


class Placed(Sent):
    """The statement of what an image is."""

    image: str
    said: str


class Cover(Sent):
    """The text read on a cover so far."""

    number: str
    name: str


class Nothing(Sent):
    """A message without anything in it."""
