"""The marks of a paper on its sheets: signs beside the boxes, totals on the cover, notes behind."""

from __future__ import annotations

import re
from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from examgen.annotation.pen import (
    BLUE,
    COLOURS,
    GREY,
    LINE,
    RED,
    SIGN,
    TEXT,
    Frame,
    Pen,
    width_of,
    wrap,
)
from examgen.annotation.sheets import POINTS, Sheet, answer_of, area_of, join_sheets
from examgen.annotation.space import Area
from examgen.annotation.stamps import stamp_of
from examgen.folder.pages.form_fields import COVER
from examgen.ground.translator import ENGLISH, Translator

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from examgen.annotation.sheets import Printed
    from examgen.annotation.stamps import Stamp
    from examgen.folder.key import PaperKey
    from grader.scoring.marked import MarkedPaper

AWARDED = f"{COVER}awarded"
WIDTHS = (15.0, 30.0, 50.0, 80.0, 120.0)  # millimetres of a sentence
ADJACENT = 25.0  # of the millimetres of `space`, within which a sentence needs no name
LINE_COST = 0.4  # of a line more
A4 = (210.0, 297.0)
MARGIN, NOTE = 20.0, 3.2  # of a sheet of notes, and the size of its letters
HEAD = Area(120, 5, 75, 5)  # of a page, where the total goes if there is no cover
LARGEST, SMALLEST, STEP = 3.6, 1.7, 0.9  # millimetres of letters that were typed
_QUESTION = re.compile(r"\d+")


def draw_marks(
    sheets: Sequence[Sheet], paper: MarkedPaper, key: PaperKey, say: Translator = ENGLISH
) -> bytes:
    """Return the sheets of a paper with its marks on them.

    Args:
        sheets: of this paper, in their order.
        paper: its marks.
        key: its key, which says what is where.
        say: the language of the paper.
    """
    marking = _Marking(paper, key, say)
    for sheet in sheets:
        marking.sheet(sheet)
    return marking.pdf(sheets)


class _Marking:
    """The marks of a paper while they are put on its sheets."""

    def __init__(self, paper: MarkedPaper, key: PaperKey, say: Translator) -> None:
        self._paper, self._words, self._pen = paper, say.known, Pen()
        self._totals = totals(paper, key, say)
        self._stamps = {answer.id: stamp_of(answer, say) for answer in paper.answers}
        self._texts = {answer.id: answer.text or "" for answer in paper.answers}
        self._open, self._notes = dict(self._stamps), list[str]()
        self._total = f"{say.known['total']}: {self._totals['']}/{say.marks(paper.out_of)}"
        self._has_total = False

    def sheet(self, sheet: Sheet) -> None:
        """Draw what belongs on a sheet."""
        self._pen.begin(*sheet.size)
        if sheet.printed is not None:
            self._typed(sheet, sheet.printed)
            self._awarded(sheet.printed)
            if not self._has_total:  # a paper without a cover
                self._has_total = self._put(sheet.printed, self._total)
            areas = _areas(sheet.printed)
            stamped = [
                stamp
                for answer, area in areas.items()
                if (stamp := self._open.pop(answer, None))
                and self._stamp(sheet.printed, stamp, area)
            ]
            for stamp in stamped:  # after all signs, which are nearer to their boxes
                self._explain(sheet, sheet.printed, stamp, areas[stamp.answer])
        self._pen.end()

    def pdf(self, sheets: Sequence[Sheet]) -> bytes:
        """Return the sheets, and after them what had no place on them."""
        if not self._has_total:
            self._notes.insert(0, self._total)
        for stamp in self._open.values():
            says = f": {stamp.says}" if stamp.says else ""
            self._notes.append(f"{stamp.answer}  {stamp.marks}{says}")
        return join_sheets([*sheets, *self._note_sheets()], self._pen)

    def _typed(self, sheet: Sheet, printed: Printed) -> None:
        for answer, (area, text) in [*sheet.typed.items()]:
            size, lines = _fit(text, area)
            self._pen.lines(printed.frame(area.x + 0.6, area.y + 0.3), lines, BLUE, size)
            if not lines:  # then it is written beside the box
                del sheet.typed[answer]
        for areas in sheet.ticks.values():
            for area in areas:
                self._pen.tick(printed.frame(area.x, area.y), area.width, area.height)

    def _awarded(self, printed: Printed) -> None:
        """Write the totals into the fields of the cover that are for them."""
        for box in printed.boxes:
            area = area_of(box)
            text = self._totals.get(box.answer.removeprefix(AWARDED).strip())
            if box.answer.startswith(AWARDED) and text is not None:
                self._has_total |= box.answer == AWARDED
                width = width_of(text)
                inside = Area(area.x + 1.2, area.y + 1.2, area.width - 2.4, area.height - 2.4)
                at = Area(area.x + (area.width - width) / 2, area.y + 2.5, width, TEXT)
                if not printed.space.is_free(inside):  # somebody wrote there
                    found = printed.space.nearest(width, TEXT, area)
                    at = found[1] if found is not None else at
                self._pen.lines(printed.frame(at.x, at.y), [text])
            printed.space.take(area)

    def _put(self, printed: Printed, text: str) -> bool:
        """Write a text at the head of a page, if there is room."""
        found = printed.space.nearest(width_of(text), LINE, HEAD)
        if found is not None:
            printed.space.take(found[1])
            self._pen.lines(printed.frame(found[1].x, found[1].y), [text])
        return found is not None

    def _stamp(self, printed: Printed, stamp: Stamp, near: Area) -> bool:
        """Put the sign and the marks of an answer near its boxes, if there is room."""
        width = SIGN + 0.4 + width_of(stamp.marks)
        found = printed.space.nearest(width, SIGN, near)
        if found is None:
            self._open[stamp.answer] = stamp
            return False
        at = found[1]
        printed.space.take(at)
        self._pen.sign(printed.frame(at.x, at.y), stamp.sign)
        beside = printed.frame(at.x + SIGN + 0.2, at.y + 0.9)
        self._pen.lines(beside, [stamp.marks], COLOURS[stamp.sign])
        return True

    def _explain(self, sheet: Sheet, printed: Printed, stamp: Stamp, near: Area) -> None:
        """Write what was typed, where no box shows it, and what is said of it."""
        is_shown = stamp.answer in sheet.typed or stamp.answer in sheet.ticks
        text = self._texts[stamp.answer]
        if sheet.is_typed and text and not is_shown:
            self._say(printed, stamp.answer, text, near, BLUE)
        if stamp.says:
            self._say(printed, stamp.answer, stamp.says, near, RED)

    def _say(
        self, printed: Printed, answer: str, text: str, near: Area, colour: tuple[float, ...]
    ) -> None:
        cost, at, lines = _best(printed, text, near)
        if cost > ADJACENT:
            cost, at, lines = _best(printed, f"{answer}: {text}", near)
        if at is None:
            self._notes.append(f"{answer}: {text}")
            return
        printed.space.take(at)
        self._pen.lines(printed.frame(at.x, at.y), lines, colour)

    def _note_sheets(self) -> Iterator[Sheet]:
        """Yield the sheets with what had no place, drawn already."""
        width, height = (side * POINTS for side in A4)
        lines = [line for note in self._notes for line in wrap(note, A4[0] - 2 * MARGIN, NOTE)]
        room = int((A4[1] - 2 * MARGIN) / (NOTE * LINE / TEXT)) - 2
        for start in range(0, len(lines), room):
            self._pen.begin(width, height)
            for down, shown in (
                (0, [f"{self._words['paper']} {self._paper.paper}"]),
                (8, lines[start : start + room]),
            ):
                origin = (MARGIN * POINTS, height - (MARGIN + down) * POINTS)
                at = Frame(origin, (POINTS, 0), (0, POINTS))
                self._pen.lines(at, shown, RED if down else GREY, NOTE)
            self._pen.end()
            yield Sheet(None, (width, height))


def totals(paper: MarkedPaper, key: PaperKey, say: Translator) -> Mapping[str, str]:
    """Return the marks of each question by its number on this paper, and of all by no number."""
    places = {part.id: part.place or part.id for part in key.parts}
    given, waits = defaultdict[str, Fraction](Fraction), set[str]()
    for answer in paper.answers:
        found = _QUESTION.match(places.get(answer.id.partition(".")[0], ""))
        for number in ("", found[0] if found else ""):
            given[number] += answer.marks or Fraction(0)
            waits |= {number} if answer.waits else set()
    given[""] = paper.total
    return {number: say.marks(marks) + "+?" * (number in waits) for number, marks in given.items()}


def _areas(printed: Printed) -> Mapping[str, Area]:
    """Return where the boxes of each answer are."""
    found = defaultdict[str, list[Area]](list)
    for box in printed.boxes:
        if not box.answer.startswith(COVER):
            found[answer_of(box)].append(area_of(box))
    return {answer: Area.about(areas) for answer, areas in found.items()}


def _best(printed: Printed, text: str, near: Area) -> tuple[float, Area | None, list[str]]:
    """Return where a text goes with its lines, and how far that is: narrow or wide, as fits."""
    best: tuple[float, Area | None, list[str]] = (float("inf"), None, [])
    for width in WIDTHS:
        lines = wrap(text, width)
        wide, high = max(map(width_of, lines), default=0.0), LINE * len(lines)
        found = printed.space.nearest(wide, high, near)
        if found is not None and found[0] + LINE_COST * len(lines) < best[0]:
            best = found[0] + LINE_COST * len(lines), found[1], lines
    return best


def _fit(text: str, area: Area) -> tuple[float, list[str]]:
    """Return a size of letters at which a text fits a box, and its lines; none where none fits."""
    size, width = min(LARGEST, area.height * 0.6), area.width - 1.2
    while size >= SMALLEST:
        lines = [line for row in text.splitlines() for line in wrap(row, width, size) or [""]]
        if len(lines) * size * LINE / TEXT <= area.height:
            return size, lines
        size *= STEP
    return SMALLEST, []
