"""Rosters as people write them, and every fault with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.paper import Student
from generator.roster import read_roster, with_versions
from solvers.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

GOOD = [
    ("id,name\ns1,Ada Lovelace\n", [Student("s1", "Ada Lovelace")]),
    ("\ufeffID number;First name;Surname\r\n7;Ada;Lovelace\r\n", [Student("7", "Ada Lovelace")]),
    ("Student,SIS User ID\nX,s-1\n", [Student("s-1", "X")]),
    ('id,name\n"s1","Lovelace, Ada"\n\n', [Student("s1", "Lovelace, Ada")]),
    ("id,name\ns1,\u200fAda \u202eLovelace\u202c\n", [Student("s1", "Ada Lovelace")]),
    ("id,name\ns1,Ays\u0327e\n", [Student("s1", "Ayşe")]),
    ("id,name\ns1,علی\u200cرضا\n", [Student("s1", "علی\u200cرضا")]),
    (
        'id,name\r\ns1,"Ada\r\nLovelace"\r\ns2,A\u2028B\x0cC,,\n',
        [Student("s1", "Ada Lovelace"), Student("s2", "A B C")],
    ),
    ("id\ns1\ns2\n", [Student("s1"), Student("s2")]),
    ("id,name\ns1,\\input{x} =1+1\n", [Student("s1", "\\input{x} =1+1")]),
    (
        "ID number,Full name,Email address,Groups,Seat,Extra time,Large print\n"
        "7,Ada,ada@x.org,B,C4,25 %,yes\n",
        [
            Student(
                "7",
                "Ada",
                "ada@x.org",
                section="B",
                seat="C4",
                extra_time="25 %",
                large_print=True,
            )
        ],
    ),
    (
        "Student,ID,SIS User ID,SIS Login ID,Section\n,,,,Manual Posting\n"
        "    Points Possible,,,,\nAda,12,s7,ada,CENG\n",
        [Student("s7", "Ada", username="ada", section="CENG")],
    ),
]


@pytest.mark.parametrize(("text", "students"), GOOD)
def test_good_rosters(text: str, students: list[Student], tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(text, encoding="utf-8", newline="")
    found = read_roster(path)
    assert list(found) == students


BAD = [
    (b"", ":1: the file is empty"),
    (b"id,name\n", ":1: there is no student"),
    (b"mail,name\na,b\n", ":1: no column for the id among: mail, name"),
    (b"id,name\ns1,A\ns1,B\n", ":3: the id 's1' stands already in line 2"),
    (b"id,name\n../x,A\n", ":2: the id '../x' is not usable; begin with a letter or digit"),
    (b"id,name\ns1,a\x07b\n", ":2: the name of s1 has invisible characters"),
    ("id,name\ns1,a\ue000b\n".encode(), ":2: the name of s1 has invisible characters"),
    (b"id,name\ns1," + b"A" * 10_000 + b"\n", ":2: the name of s1 has 10000 characters; 200 at"),
    (b"id,name\ns1,Lovelace, Ada\n", ":2: the row has 3 cells, and the header 2; put a cell with"),
    (b"id,name,ID\ns1,A,s2\n", ":1: the column 'id' stands twice"),
    (b'id,name\ns0,"A\nB"\n/,C\n', ":4: the id '/' is not usable"),
    (b'id,name\ns1,"A\n', ":2: a quote is unbalanced (unexpected end of data)"),
    (b"id,large print\ns1,perhaps\n", ":2: large print of s1 is 'perhaps'"),
]


@pytest.mark.parametrize(("raw", "message"), BAD)
def test_bad_rosters(raw: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(raw)
    with pytest.raises(InputError) as error:
        read_roster(path)
    assert message in str(error.value)


def test_neighbours_get_different_versions() -> None:
    seats = {(row, place): f"{'ABCDEFGH'[row]}{place}" for row in range(8) for place in range(1, 9)}
    students = [Student(seat, seat=seat) for seat in seats.values()]
    for count, steps in ((2, [(0, 1), (1, 0)]), (4, [(0, 1), (1, 0), (1, 1), (1, -1)])):
        got = dict(zip(seats, (s.version for s in with_versions(students, count)), strict=True))
        assert set(got.values()) == set("ABCD"[:count])
        for (row, place), version in got.items():
            for down, right in steps:
                assert got.get((row + down, place + right)) != version


def test_without_seats_versions_follow_the_roster() -> None:
    students = [Student(name) for name in "abcd"]
    assert [s.version for s in with_versions(students, 3)] == ["A", "B", "C", "A"]
