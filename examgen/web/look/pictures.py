"""The pictures that pages show: cut out in processes with limits, all of an image at once."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

from grader.scan.pictures import cut_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from examgen.web.look.desk import Desk
    from grader.scan.reading.crops import Cut
    from grader.scan.records import Place, ReadRecord

KEPT = 3_000  # pictures of about 10 kB


class Pictures:
    """Pictures of boxes and of whole images, as JPEGs.

    Args:
        desk: of whose images.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._kept: OrderedDict[Place, bytes] = OrderedDict()
        self._lock = Lock()

    def prepare(self, reads: Iterable[ReadRecord]) -> None:
        """Cut out what is about to be shown, with all other boxes of the same images."""
        with self._lock:
            images = [one.image for one in reads if one.key not in self._kept]
            self._cut(list(dict.fromkeys(images)))

    def box(self, read: ReadRecord) -> bytes | None:
        """Return the picture of an answer's boxes; None where it cannot be cut out."""
        with self._lock:
            if read.key not in self._kept:
                self._cut([read.image])
            return self._kept.get(read.key)

    def whole(self, image: str, framed: ReadRecord | None = None) -> bytes | None:
        """Return the picture of a whole image, upright, with the boxes of an answer framed."""
        page = self._desk.journal.pages[image]
        shown = [framed if framed is not None else page]
        cut = cut_of(self._desk.target, page, shown, is_framed=framed is not None)
        (found,) = self._cut_out([cut])
        return found[0] if found else None

    def _cut(self, images: list[str]) -> None:
        """Keep the pictures of all boxes of some images."""
        journal = self._desk.journal
        shown: dict[str, list[ReadRecord]] = {image: [] for image in images}
        for read in list(journal.reads.values()):
            if read.image in shown and read.corners:
                shown[read.image].append(read)
        target = self._desk.target
        cuts = [cut_of(target, journal.pages[image], reads) for image, reads in shown.items()]
        for reads, found in zip(shown.values(), self._cut_out(cuts), strict=True):
            for read, picture in zip(reads, found, strict=False):
                self._kept[read.key] = picture
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)

    def _cut_out(self, cuts: list[Cut]) -> list[list[bytes]]:
        with self._desk.reading:
            return list(self._desk.readers.cut(cuts))
