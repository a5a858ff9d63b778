"""Proposals for images that scanning could not place, the likeliest first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from grader.scan.records import Kind
from grader.scan.scan import task_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from examgen.web.look.desk import Desk
    from grader.scan.account import Sheet
    from grader.scan.records import PageRecord

MOST, TRIED = 9, 4  # proposals that are shown, and sheets whose print is looked for


@dataclass(frozen=True)
class Place:
    """A proposal for an image.

    Attributes:
        said: as a person would say it: `017/03`, `017`, `duplicate`.
        says: why.
        is_likely: the print was found, and this is the only such page that is missing.
    """

    said: str
    says: str
    is_likely: bool = False


def neighbours(desk: Desk, page: PageRecord) -> list[PageRecord]:
    """Return the images before and after one in its stack."""
    sha = page.image.partition("#")[0]
    beside = (desk.journal.pages.get(f"{sha}#{page.number + step}") for step in (-1, 1))
    return [one for one in beside if one is not None]


def places(desk: Desk, page: PageRecord) -> Sequence[Place]:
    """Return what an image may be, the likeliest first."""
    near = neighbours(desk, page)
    papers = list(dict.fromkeys(one.paper for one in near if one.paper))
    beside = [
        Place(paper, desk.say("an extra sheet or a back of paper {}", paper)) for paper in papers
    ]
    if page.kind is Kind.SPARE:
        return beside[:MOST]
    return (*_missing(desk, page, near), *beside)[:MOST]


def _missing(desk: Desk, page: PageRecord, near: Sequence[PageRecord]) -> Iterator[Place]:
    """Yield the pages that are missing, those whose print is found on the image first."""
    follows = {(one.paper, one.page + step) for one in near for step in (-1, 1)}
    missing = sorted(desk.account.missing(desk.boxes.values()), key=lambda s: (s not in follows, s))
    tried = missing[:TRIED]
    found = dict(zip(tried, _tracked(desk, page, tried), strict=True))
    fits = [sheet for sheet, points in found.items() if points]
    for sheet in sorted(missing[:MOST], key=lambda s: -found.get(s, 0)):
        says = [desk.say("page {} of paper {} is missing", sheet[1], sheet[0])]
        if sheet in found:
            points = found[sheet]
            says.append(
                desk.say("its print is here, points found: {}", points)
                if points
                else desk.say("its print is not found here")
            )
        if sheet in follows:
            says.append(desk.say("the page beside it in the stack is its neighbour"))
        is_likely = fits == [sheet] and len(missing) <= TRIED
        yield Place(f"{sheet[0]}/{sheet[1]:02}", "; ".join(says), is_likely)


def _tracked(desk: Desk, page: PageRecord, sheets: Sequence[Sheet]) -> Iterator[int]:
    """Yield how many points of the print of each page are found on an image."""
    task = task_of(desk.target, page)
    tasks = [replace(task, page=sheet) for sheet in sheets]
    with desk.reading:
        for (found, *_), _ in list(desk.readers.read(tasks)):
            yield found.tracked
