"""Senders of the files of an archive or folder, where a platform names them around the file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from examgen.ground.errors import Fault
from grader.intake.formats.yaml_files import YamlFault, documents
from grader.intake.platforms.search import all_platforms
from grader.intake.reading import Item
from grader.records.csv_tables import decode_table

if TYPE_CHECKING:
    from examgen.ground.files import Content
    from grader.intake.platforms.base import Sent
    from grader.records.register import Person


@dataclass
class Senders:
    """The senders that are known, by path."""

    known: dict[str, Sent] = field(default_factory=dict)

    def item(self, content: Content, around: Item | None = None) -> Item:
        """Return a file with who handed it in.

        The outermost folder decides, and before it the sender of the archive around the file:
        what lies further in was named by the sender, who may be anybody's enemy.
        """
        if around and around.people:
            return replace(around, content=content)
        path = PurePosixPath(content.name)
        for place in (*reversed(path.parents), path):
            if str(place) in self.known:
                return Item(content, *self.known[str(place)])
            if person := _sender(place.name):
                return Item(content, (person,))
        return replace(around, content=content) if around else Item(content)

    def learn(self, content: Content) -> Fault | None:
        """Read what a platform says of the files beside it; a fault where it cannot be read."""
        path, (text, _) = PurePosixPath(content.name), decode_table(content)
        own = [each for each in all_platforms() if each.metadata == path.name]
        try:
            for _, document in documents(text, foreign=True):
                for name, sent in chain.from_iterable(each.senders(document) for each in own):
                    self.known[str(path.parent / name)] = sent
        except YamlFault as error:
            fix = "who handed in what is not known; export the submissions again"
            return Fault(content.name, error.line, str(error), fix)
        return None


def _sender(name: str) -> Person | None:
    return next(filter(None, (platform.sender(name) for platform in all_platforms())), None)


def is_metadata(name: str) -> bool:
    """Return whether a file holds who handed in the files beside it."""
    own = PurePosixPath(name).name
    return any(platform.metadata == own for platform in all_platforms())


def is_submission(name: str) -> bool:
    """Return whether a file may hold answers."""
    return not is_metadata(name)
