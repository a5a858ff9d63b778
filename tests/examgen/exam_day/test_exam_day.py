"""Rooms, seats and lists of an exam's day."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from examgen.exam_day import write
from examgen.exam_day.lists import Listing, all_lists
from examgen.exam_day.rooms import Room, read_rooms
from examgen.exam_day.seating import Seated, assign_seats, neighbours, order_named
from examgen.folder.students import Entry, Student
from examgen.ground.errors import ExamgenError, InputError
from examgen.ground.translations import words
from generator.exams.cover import Layout
from generator.pdf.split_pdf import to_print
from generator.variants.roster import with_versions

HOSTILE = r"\input{/etc/passwd} <b>&$x_1$ 50%"


def table(folder: Path, text: str) -> Path:
    (folder / "rooms.csv").write_text(text, encoding="utf-8")
    return folder / "rooms.csv"


def test_rooms_are_read(tmp_path: Path) -> None:
    text = "Rooms\nSeats;Room;note\n6x8;Main  hall;\n 2 × 3 ;R2;x\n30;R3;\n"
    assert read_rooms(table(tmp_path, text)) == (
        Room("Main hall", 6, 8),
        Room("R2", 2, 3),
        Room("R3", 1, 30, is_grid=False),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "rooms.csv:1: expected the columns room and seats, found none"),
        ("room,places\nA,3\n", "rooms.csv:1: expected the columns room and seats, found room, pl"),
        ("room,seats\n", "rooms.csv:1: there is no room"),
        ("room,seats\nA,3\n,4\n", "rooms.csv:3: this room has no name"),
        ("room,seats\nA,many\n", "rooms.csv:2: expected the seats of 'A', found 'many'"),
        ("room,seats\nA\n", "rooms.csv:2: expected the seats of 'A', found ''"),
        ("room,seats\nA,-3\n", "rooms.csv:2: expected the seats of 'A', found '-3'"),
        ("room,seats\nA,0x4\n", "rooms.csv:2: expected 1 to 10,000 seats in 'A', found 0"),
        ("room,seats\nA,999x99\n", "rooms.csv:2: expected 1 to 10,000 seats in 'A', found 98,901"),
        ("room,seats\nA,3\na,4\n", "rooms.csv:3: there is a room 'a' already"),
    ],
)
def test_faults_of_rooms(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError) as error:
        read_rooms(table(tmp_path, text))
    assert said in str(error.value)


def test_all_faults_are_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        read_rooms(table(tmp_path, "room,seats\nA,x\n,1\n"))
    assert [fault.line for fault in error.value.faults] == [2, 3]


def papers(*students: Student) -> list[Entry]:
    return [Entry(f"{number:03}", student) for number, student in enumerate(students, 1)]


def group(versions: int, students: int) -> list[Entry]:
    people = tuple(Student(f"s{number:03}") for number in range(students))
    return papers(*(with_versions(people, versions) if versions > 1 else people))


def seats_of(people: list[Entry], *rooms: Room, order: str = "paper") -> dict[str, str]:
    found = assign_seats(people, rooms, order_named(order, "a seed")).seated
    return {f"{one.room.name} {one.seat}": one.entry.student.id for one in found}


R23, LINE = Room("R", 2, 3), Room("L", 1, 5, is_grid=False)


def test_rooms_are_filled_in_order() -> None:
    seats = ["R A1", "R A2", "R A3", "R B1", "R B2", "R B3", "L 1", "L 2"]
    assert list(seats_of(group(1, 8), R23, LINE)) == seats


@pytest.mark.parametrize(
    ("order", "ids"),
    [("paper", ["z", "c", "b"]), ("name", ["c", "z", "b"]), ("drawn", ["z", "b", "c"])],
)
def test_orders(order: str, ids: list[str]) -> None:
    people = papers(Student("z", "Deniz"), Student("c", "Çağla"), Student("b", "Ömer"))
    assert sorted(seats_of(people, LINE, order=order).values()) == ["b", "c", "z"]
    if order != "drawn":
        assert list(seats_of(people, LINE, order=order).values()) == ids


def test_a_drawn_order_depends_on_the_seed_alone() -> None:
    people = group(1, 5)
    orders = {
        seed: [
            one.entry.paper for one in assign_seats(who, [LINE], order_named("drawn", seed)).seated
        ]
        for seed in ("one", "two")
        for who in (people, people[::-1])
    }
    assert orders["one"] != orders["two"]


@pytest.mark.parametrize("versions", [2, 3, 4, 5, 26])
@pytest.mark.parametrize("rooms", [[Room("R", 7, 9)], [Room("R", 5, 8), LINE, Room("S", 6, 3)]])
@pytest.mark.parametrize("share", [0.3, 0.95])
def test_neighbours_never_share_a_version(versions: int, rooms: list[Room], share: float) -> None:
    total = sum(room.rows * room.columns for room in rooms)
    people = group(versions, int(share * total))
    seating = assign_seats(people, rooms, order_named("paper", ""))
    found, corners = seating.seated, versions >= 4 and not seating.shares_corners
    assert corners == (versions >= (4 if share < 0.9 else 5))
    assert sorted(one.entry.paper for one in found) == [entry.paper for entry in people]
    for room in rooms:
        names = {room.seat(place): place for place in room.places}
        board = {names[s.seat]: s.entry.student.version for s in found if s.room == room}
        for place, version in board.items():
            assert version not in {board.get(near) for near in neighbours(place, corners=corners)}


@pytest.mark.parametrize(
    ("people", "rooms", "said"),
    [
        (group(1, 7), [R23], "7 students and 6 seats: 1 too few; add rooms or seats"),
        (
            papers(*(Student(f"s{n}", version="A") for n in range(3)), Student("b", version="B")),
            [Room("L", 1, 4)],
            "4 seats for 4 students, of whom",
        ),
        (
            papers(Student("a", seat="B7")),
            [R23],
            "the seat 'B7' of student a is not in 'R'",
        ),
        (
            papers(Student("a", seat="A1"), Student("b", seat="1-1")),
            [R23],
            "the seat '1-1' of student b is twice in the roster",
        ),
        (papers(Student("a", seat="A1")), [R23, LINE], "expected one room, found 2"),
    ],
    ids=["too few", "versions", "no such seat", "twice", "which room"],
)
def test_seats_that_cannot_be_given(people: list[Entry], rooms: list[Room], said: str) -> None:
    with pytest.raises(ExamgenError, match="(?s)" + said):
        assign_seats(people, rooms, order_named("paper", ""))


def test_seats_of_the_roster_are_kept() -> None:
    people = papers(Student("a"), Student("b", seat="a1"), Student("c", seat="2-3"))
    assert seats_of(people, R23) == {"R A1": "b", "R A2": "a", "R B3": "c"}


def hostile_lists() -> dict[str, Listing]:
    people = papers(Student("s1", HOSTILE, extra_time="25 %"), Student("s2", "Анна"))
    seated = [Seated(Room("<i>#1_", 1, 2), f"A{n}", one) for n, one in enumerate(people, 1)]
    return {listing.name: listing for listing in all_lists(seated, words("en"))}


def test_names_are_text_on_pages() -> None:
    for listing in hostile_lists().values():
        page = write.list_page(listing, "<u>", "en")
        assert not {"<b>", "<i>", "<u>"} & {page[at : at + 3] for at in range(len(page))}


def test_the_lists_say_no_more_than_they_must() -> None:
    pages = {name: write.list_page(one, "", "en") for name, one in hostile_lists().items()}
    assert [name for name, page in pages.items() if "25 %" in page] == ["attendance"]
    assert [name for name, page in pages.items() if "Анна" in page] == ["door", "attendance"]


def test_names_are_text_in_print() -> None:
    door = hostile_lists()["door"]
    pdf = write.list_pdf(door, "50% & <u>", Layout())
    text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert all(part in text for part in (r"\input{/etc/passwd}", "$x_1$", "50% & <u>", "<i>#1_"))
    assert r"\fitname{\drawnname" in write.list_tex(door, "", Layout())


def test_papers_of_a_bundle_have_even_pages() -> None:
    for pages, even in ((1, 2), (2, 2), (3, 4)):
        target = io.BytesIO()
        with pikepdf.Pdf.new() as pdf:
            for _ in range(pages):
                pdf.add_blank_page(page_size=(595, 842))
            pdf.save(target)
        with pikepdf.Pdf.open(io.BytesIO(to_print(target.getvalue()))) as made:
            assert [list(map(int, page.mediabox)) for page in made.pages] == [
                [0, 0, 595, 842]
            ] * even
