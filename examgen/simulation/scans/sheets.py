"""A printed page that was written on, and what was meant by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from examgen.simulation.scans.pens import DPI, MARKS, ODD, OFTEN, PENS, Hand, fill
from grader.scan.reading.prints import render_print

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pypdfium2

    from examgen.folder.pages.page_boxes import Box, PageBoxes
    from examgen.simulation.scans.pens import Sheet

WAYS = {"one": 86, "corrected": 5, "taken back": 1, "none": 4, "two": 2, "odd": 2}


@dataclass(frozen=True)
class Meant:
    """The answer meant in a box, or in the boxes of a choice.

    Attributes:
        text: of the option or of what is written; empty for nothing.
        way: how it was ticked: one, corrected, two ...; `written` where nothing is ticked.
        is_clear: whether a reader may decide; else a person has to.
    """

    text: str
    way: str
    is_clear: bool = True


def blank_sheet(page: pypdfium2.PdfPage) -> Sheet:
    """Return a page of a PDF as it is printed."""
    return np.asarray(render_print(page, DPI).astype(np.float32) / 255)


def pick_pen(rng: np.random.Generator) -> Hand:
    """Return a hand with one of the pens that students use."""
    names = list(OFTEN)
    weights = np.array([OFTEN[name] for name in names], float)
    return Hand(PENS[str(rng.choice(names, p=weights / weights.sum()))], rng)


def fill_in(
    sheet: Sheet,
    page: PageBoxes,
    answers: Mapping[str, str],
    rng: np.random.Generator,
    ways: Mapping[str, int] = WAYS,
) -> dict[str, Meant]:
    """Write answers on a page; return what was meant by each.

    Args:
        sheet: the page, which is written on.
        page: its boxes.
        answers: by their ids, the texts; of a choice that of an option.
        rng: what one sheet differs from another by.
        ways: how often options are ticked in each way.
    """
    hand, meant = pick_pen(rng), dict[str, Meant]()
    boxes: dict[str, list[Box]] = {}
    for box in page.boxes:
        boxes.setdefault(box.answer, []).append(box)
    for name, own in boxes.items():
        text = answers.get(name, "")
        if own[0].option is not None:
            meant[name] = tick(sheet, own, text, hand, ways)
        elif name in answers:
            meant[name] = Meant(text, "written")
            if text.strip():
                hand.write(sheet, own[0], text)
    return meant


def tick(
    sheet: Sheet, boxes: Sequence[Box], text: str, hand: Hand, ways: Mapping[str, int] = WAYS
) -> Meant:
    """Tick an option in one of the ways in which people do; return what was meant."""
    rng = hand.rng
    wanted = text.strip().casefold()  # a student who types may shout; one who ticks cannot
    chosen = next((box for box in boxes if box.text.casefold() == wanted), None)
    if chosen is None:
        return Meant("", "none")
    others = [box for box in boxes if box is not chosen]
    names = [way for way in ways if others or way not in {"corrected", "two"}]
    often = np.array([ways[name] for name in names])
    way = str(rng.choice(names, p=often / often.sum()))
    other = others[int(rng.integers(len(others)))] if others else chosen
    match way:
        case "none":
            return Meant("", way)
        case "taken back":
            _put(sheet, chosen, hand)
            hand.draw(sheet, *fill(chosen, rng))
            return Meant("", way)
        case "odd":
            shape = ODD[int(rng.integers(len(ODD)))]
            hand.draw(sheet, *shape(chosen, rng))
            return Meant(chosen.text, f"odd: {shape.__name__}")
        case "two":
            _put(sheet, chosen, hand)
            _put(sheet, other, hand)
            return Meant(chosen.text, way, is_clear=False)
        case "corrected":
            _put(sheet, other, hand)
            hand.draw(sheet, *fill(other, rng))
    _put(sheet, chosen, hand)
    return Meant(chosen.text, way)


def _put(sheet: Sheet, box: Box, hand: Hand) -> None:
    shape = MARKS[int(hand.rng.choice(len(MARKS), p=(0.4, 0.4, 0.08, 0.07, 0.05)))]
    hand.draw(sheet, *shape(box, hand.rng))
