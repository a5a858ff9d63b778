"""An exam as a whole in words: a table of its places, what it comes to, what is to be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examgen.ground.errors import Fault
from examgen.ground.wording import format_count, marks_text, plural
from examgen.proof.whole_exam.fair_pools import unequal
from examgen.proof.whole_exam.whole import PAPERS, SHUFFLED
from examgen.yaml_files.located_yaml import Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from examgen.proof.whole_exam.whole import Place, WholeExam

ALTERNATIVES = 3  # that a place wants where the exam bounds what is known
LEAKIEST = 5
FEW, MANY = PAPERS[0], PAPERS[2]
NAME = 31


def table(whole: WholeExam) -> Iterator[str]:
    """Yield the rows of a table: each place of an exam, and all together."""
    counts = ("marks", "people", "differ", "variants", "minutes")
    yield _row("place", "question", *counts, f"known: {FEW}", MANY)
    for place in whole.places:
        yield _row(
            place.name,
            _questions(place),
            f"{'' if place.counts else '+'}{marks_text(place.marks)}",
            *map(marks_text, (place.people, place.own)),
            f"{place.variants:,}" + ("" if place.is_whole else "*"),
            place.minutes,
            *(_percent(place.known[number], place.marks) for number in (FEW, MANY)),
        )
    yield _row(
        "in all",
        "",
        *map(marks_text, (whole.marks, whole.people, whole.own)),
        "",
        whole.duration.minutes,
        *(_percent(whole.known[number], whole.marks) for number in (FEW, MANY)),
    )


def _row(place: str, question: str, *cells: object) -> str:
    *counts, few, many = cells
    first = "".join(f"{cell:>9}" for cell in counts)
    return f"{place:8}{question:{NAME}}{first}{few:>9}{many:>6}"


def _questions(place: Place) -> str:
    """Return what a place asks, as short as a column."""
    names = ", ".join(place.questions)
    said = f"{place.pick} of {len(place.questions)}: {names}" if place.is_pool else names
    return said if len(said) < NAME else f"{said[: NAME - 4]}..."


def _percent(part: Fraction, whole: Fraction) -> str:
    return f"{float(100 * part / whole):.0f} %"


def sentences(whole: WholeExam) -> Iterator[str]:
    """Yield what an exam comes to."""
    all_ = marks_text(whole.marks)
    share = _percent(whole.people, whole.marks)
    yield f"{marks_text(whole.people)} of {all_} marks wait for people ({share})"
    reasons = [f"{marks_text(m)} by {reason}" for reason, m in whole.differ.items() if m]
    said = f"{marks_text(whole.own)} of {all_} marks differ between papers"
    detail = f": {', '.join(reasons)}" if reasons else ""
    yield f"{said} ({_percent(whole.own, whole.marks)}){detail}"
    yield f"marks whose answer was on one of k earlier papers: {_known(whole)}"
    yield from _same(whole)


def _known(whole: WholeExam) -> str:
    shares = (f"{_percent(whole.known[k], whole.marks)} for k = {k}" for k in PAPERS)
    error = 100 * max(whole.errors.values()) / float(whole.marks)
    found = f" (drawn, with standard errors up to {error:.1f} %)" if error else ""
    return ", ".join(shares) + found


def _same(whole: WholeExam) -> Iterator[str]:
    """Yield which places have one variant only."""
    single = [place for place in whole.places if place.variants == 1]
    same = [place.name for place in single if not place.differ[SHUFFLED]]
    mixed = [place.name for place in single if place.differ[SHUFFLED]]
    if same:
        yield f"the same on every paper: {', '.join(same)}; vary values, or put others beside them"
    if mixed:
        yield f"only the order of the options differs: {', '.join(mixed)}"


def notices(whole: WholeExam) -> Iterator[str]:
    """Yield what may be meant so: unequal pools, too few alternatives where leaks are bounded."""
    for place in whole.places:
        yield from unequal(place)
    few = [place for place in whole.places if place.variants < ALTERNATIVES and whole.exam.leak]
    if few:
        names = ", ".join(f"{place.name} ({place.variants})" for place in few)
        what = f"leak: wants at least {ALTERNATIVES} alternatives at each place; fewer have {names}"
        yield f"{what}; vary more values, or put more questions into a pool"


def faults(whole: WholeExam, file: str) -> Iterator[str]:
    """Yield where more is known than the exam allows."""
    source = Source(whole.exam.text, file) if whole.exam.leak else None
    for number, most in sorted(whole.exam.leak.items()):
        found = whole.known[number]
        if source is not None and found > most * whole.marks:
            line = source.line(("leak", str(number)))
            what = (
                f"{_percent(found, whole.marks)} of the marks are known from "
                f"{format_count(number, 'earlier paper')}, more than leak: allows "
                f"({float(100 * most):g} %); most at {_leakiest(whole, number)}"
            )
            yield str(Fault(file, line, what, "vary more values there, or use pools"))


def _leakiest(whole: WholeExam, number: int) -> str:
    places = (place for place in whole.places if place.counts)
    ranked = sorted(places, key=lambda place: -place.known[number])[:LEAKIEST]
    return ", ".join(
        f"{place.name} ({marks_text(place.marks)} {plural(place.marks, 'mark')}, "
        f"{_percent(place.known[number], place.marks)})"
        for place in ranked
    )
