"""Seats, lists and papers of each room as files of an exam folder."""

from __future__ import annotations

import csv
import io
import unicodedata
from typing import TYPE_CHECKING

from examgen.exam_day.lists import all_lists, bundle_file, by_room, file_of
from examgen.exam_day.seating import assign_seats, order_named
from examgen.exam_day.tables import read_table
from examgen.folder.manifest import manifest_to_remake
from examgen.ground.csv_cells import table, unguard_cell
from examgen.ground.errors import ExamgenError
from examgen.ground.files import atomic_folder
from examgen.ground.html.templates import environment, inline_with_hash
from examgen.ground.latex_escape import unprintable
from examgen.ground.privacy import keeps_private
from examgen.ground.translations import words
from generator.folder.rebuild import order_of
from generator.pdf.pdflatex import engine, typeset
from generator.pdf.split_pdf import join_pdfs, split_pdf, to_print
from generator.render.latex import Setup, document, layouts, render
from generator.render.names import name_latex
from grader.records.submissions import visible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from examgen.exam_day.lists import Listing
    from examgen.exam_day.rooms import Room
    from examgen.exam_day.seating import Seated
    from generator.exams.cover import Layout

EXAM_DAY, SEATS = "exam_day", "seats.csv"
COUNTS, ATTENDANCE = "counts.csv", "attendance.csv"
BY_HAND = {COUNTS: ("out", "in", "unused", "spare"), ATTENDANCE: ("present",)}
SHARED = (
    "Some who sit diagonally to each other share a version: with these seats nothing else can be"
    " found; add seats or versions"
)
HEADER = ("room", "seat", "paper", "student", "name", "version", "file")


@keeps_private
def write_seats(
    folder: Path,
    rooms: Sequence[Room],
    order: str,
    say: Callable[[str], None],
    question_folders: Sequence[Path] = (),
) -> tuple[Path, ...]:
    """Assign seats to the students of an exam folder, write the lists, and return the files.

    Args:
        folder: the exam folder.
        rooms: in the order in which they are filled.
        order: of the students: `paper`, `name` or `drawn`.
        say: called with what a person should know.
        question_folders: where question files are looked for first.

    Raises:
        InputError: the manifest is missing or damaged, or a question file is gone.
        ExamgenError: nobody is to be seated, there are too few seats, or people have filled in
            the tables of the day.
        ToolError: TeX failed.
    """
    _refuse_filled(folder)
    manifest = manifest_to_remake(folder)
    people = [entry for entry in manifest.entries if not entry.student.is_walk_in]
    if not people:
        raise ExamgenError(f"{folder}: all papers are for anyone who comes; nobody needs a seat")
    seating = assign_seats(people, rooms, order_named(order, manifest.seed))
    seated = seating.seated
    if seating.shares_corners:
        say(SHARED)
    layout = order_of(folder, manifest, question_folders).exam.layout
    with atomic_folder(folder / EXAM_DAY, SEATS) as new:
        (new / SEATS).write_bytes(table(HEADER, map(_row, seated)).encode("utf-8-sig"))
        _write_forms(new, seated)
        for listing in all_lists(seated, words(layout.language)):
            _write_list(new, listing, manifest.heading, layout)
        for number, own in enumerate(by_room(seated).values(), 1):
            _write_bundle(folder, new / bundle_file(number), own, layout.language)
        names = sorted(path.name for path in new.iterdir())
    return tuple(folder / EXAM_DAY / name for name in names)


def _write_forms(folder: Path, seated: Sequence[Seated]) -> None:
    """Write the tables that people fill in, and that `seats --back` reads."""
    rooms = [(room.name, str(len(own))) for room, own in by_room(seated).items()]
    people = [_row(one)[:5] for one in seated]
    _write_form(folder / COUNTS, ("room", "expected"), rooms)
    _write_form(folder / ATTENDANCE, HEADER[:5], people)


def _write_form(path: Path, known: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    empty = BY_HAND[path.name]
    filled = [(*row, *[""] * len(empty)) for row in rows]
    path.write_bytes(table((*known, *empty), filled).encode("utf-8-sig"))


def _refuse_filled(folder: Path) -> None:
    """Refuse to replace a table in which people have written something."""
    for name, columns in BY_HAND.items():
        path = folder / EXAM_DAY / name
        found = read_table(path, columns, "move it away") if path.is_file() else None
        if found and any(found.cell(row, column) for row in found.rows for column in columns):
            raise ExamgenError(f"{path} has been filled in; move it away, then give seats again")


def _row(one: Seated) -> Sequence[str]:
    student = one.entry.student
    here = (one.room.name, one.seat, one.entry.paper)
    return (*here, student.id, student.name, student.version, file_of(one))


def _write_list(folder: Path, listing: Listing, heading: str, layout: Layout) -> None:
    page = list_page(listing, heading, layout.language)
    (folder / f"{listing.name}.html").write_text(page, encoding="utf-8")
    if engine() is not None:
        (folder / f"{listing.name}.pdf").write_bytes(list_pdf(listing, heading, layout))


def list_page(listing: Listing, heading: str, language: str) -> str:
    """Return a list as a page."""
    page = environment("exam_day", {"visible": visible}).get_template("list.html.j2")
    style = inline_with_hash("exam_day", style="report/report.css list.css")
    return page.render(listing=listing, heading=heading, language=language, **style)


def list_pdf(listing: Listing, heading: str, layout: Layout) -> bytes:
    """Return a list as a PDF."""
    source = list_tex(listing, heading, layout)
    typed = typeset(source, f"the list {listing.name}", papers=len(listing.tables))
    title = f"{listing.title}: {heading}"
    (pdf,) = split_pdf(typed.pdf, [sum(typed.pages)], [title], layout.language)
    return pdf


def list_tex(listing: Listing, heading: str, layout: Layout) -> str:
    """Return a list as a LaTeX document, whose names print as they do on papers."""
    own = layouts().overlay()
    own.filters = own.filters | {"person": _person_latex}
    body = render("list", layout.language, own, listing=listing, heading=heading)
    return document(Setup(layout.size, 11, layout.language), [body])


def _person_latex(name: str) -> str:
    """Return a name as LaTeX; what is drawn breaks between words unless it goes to the left."""
    if not unprintable(name) or not name_latex(name):
        return name_latex(name)
    goes_left = any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in name)
    pieces = [name] if goes_left else name.split(" ")
    return " ".join(rf"\fitname{{{name_latex(piece)}}}" for piece in pieces)


def _write_bundle(folder: Path, target: Path, people: Sequence[Seated], language: str) -> None:
    """Write the papers of a room in the order of its seats, if all of them are PDFs."""
    papers = [folder / file_of(one) for one in people]
    if all(path.is_file() for path in papers):
        title = people[0].room.name
        target.write_bytes(
            join_pdfs((to_print(path.read_bytes()) for path in papers), title, language)
        )


def seat_of(folder: Path, student: str) -> Mapping[str, str] | None:
    """Return the row of a student in the table of seats; None where there is none."""
    path = folder / EXAM_DAY / SEATS
    if not path.is_file():
        return None
    rows = csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline=""))
    plain = ({name: unguard_cell(cell) for name, cell in row.items()} for row in rows)
    return next((row for row in plain if row["student"] == student), None)
