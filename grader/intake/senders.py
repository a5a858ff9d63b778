"""Who handed in a file of an archive or folder, where a platform says so around the file.

Moodle: `<Full name>_<participant>_assignsubmission_file/...`. Gradescope: `submission_metadata.yml`
names the submitters of each folder or file beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from examgen.ground.errors import Fault
from grader.intake.formats.yaml_files import YamlFault, documents
from grader.intake.reading import Item
from grader.intake.records import Pairs
from grader.intake.times import read_time
from grader.records.csv_tables import decoded
from grader.records.register import Person

if TYPE_CHECKING:
    from examgen.ground.files import Content
    from grader.intake.records import Value
    from grader.intake.times import Moment

METADATA = "submission_metadata.yml"
_MOODLE = re.compile(r"(.+?)_\d+_assignsubmission_(?:file|onlinetext)(?:_.*)?")


@dataclass
class Senders:
    """What is known about who handed in what."""

    gradescope: dict[str, tuple[tuple[Person, ...], Moment | None]] = field(default_factory=dict)

    def item(self, content: Content, around: Item | None = None) -> Item:
        """A file with who handed it in.

        The outermost folder decides, and before it the sender of the archive around the file:
        what lies further in was named by the sender, who may be anybody's enemy.
        """
        if around and around.people:
            return replace(around, content=content)
        path = PurePosixPath(content.name)
        for place in (*reversed(path.parents), path):
            if str(place) in self.gradescope:
                return Item(content, *self.gradescope[str(place)])
            if match := _MOODLE.fullmatch(place.name):
                return Item(content, (Person(name=match[1]),))
        return replace(around, content=content) if around else Item(content)

    def learn(self, content: Content) -> Fault | None:
        """Reads Gradescope's metadata; a fault where it cannot be read."""
        text, _ = decoded(content)
        beside = PurePosixPath(content.name).parent
        try:
            for _, value in documents(text, foreign=True):
                for name, entry in value if isinstance(value, Pairs) else ():
                    self.gradescope[str(beside / name)] = _submitters(entry)
        except YamlFault as error:
            fix = "who handed in what is not known; export the submissions again"
            return Fault(content.name, error.line, str(error), fix)
        return None


def is_metadata(name: str) -> bool:
    """Whether a file holds who handed in the files beside it."""
    return PurePosixPath(name).name == METADATA


def is_submission(name: str) -> bool:
    """Whether a file may hold answers."""
    return not is_metadata(name)


def _submitters(entry: Value) -> tuple[tuple[Person, ...], Moment | None]:
    if not isinstance(entry, Pairs):
        return (), None
    people = entry.get(":submitters")
    time = entry.get(":created_at")
    found = people if isinstance(people, list) and not isinstance(people, Pairs) else []
    when = read_time(time) if isinstance(time, str) else None
    return tuple(_person(item) for item in found if isinstance(item, Pairs)), when


def _person(item: Pairs) -> Person:
    def text(name: str) -> str:
        value = item.get(name)
        return value.strip() if isinstance(value, str) else ""

    also = (text(":email"),) if text(":email") else ()
    return Person(text(":sid"), also, text(":name"))
