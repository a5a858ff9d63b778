"""Rosters as people write them, and every fault with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from examgen.folder.students import Student
from examgen.ground.errors import InputError
from generator.variants.roster import read_roster, with_versions
from tests.grader.intake.test_intake_spreadsheets import workbook
from tests.grader.ods import ods

if TYPE_CHECKING:
    from pathlib import Path

    from examgen.ground.errors import Fault

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


SAVED = [
    "Vorname,Nachname,ID-Nummer\nİpek,Şahin,2019001\n",
    "Adı;Soyadı;Öğrenci No\nİpek;Şahin;2019001\n",
    "Ad Soyad\tÖĞRENCİ NUMARASI\nİpek Şahin\t2019001\n",
    "Prénom;Nom;Numéro d'étudiant\nİpek;Şahin;2019001\n",
    "Nombre,Apellido(s),Número de ID\nİpek,Şahin,2019001\n",
    "Name,Vorname,Matrikel-Nr.\nŞahin,İpek,2019001\n",
    "sep=;\nid;name\n2019001;İpek Şahin\n",
    "CENG 403;\nFall 2025;\n;\nStudent No;Name\n2019001;İpek Şahin\n",
    "ID,Vollständiger Name,ID-Nummer\nTeilnehmer/in 11,İpek Şahin,2019001\n",
    "name,id\nİpek Şahin,'2019001\n",
    "Student,ID,SIS User ID,SIS Login ID,Section,Final (7)\n,,,,,Manual Posting\n"
    '    Points Possible,,,,,60\nİpek Şahin,9,2019001,ipek,C,\n"Student, Test",8,,x,C,\n',
    "Student,ID,SIS Login ID,Section\n    Points Possible,,,\nİpek Şahin,9,2019001,C\n",
    "Estudiante,ID,SIS User ID\n    Puntos posibles,,\nİpek Şahin,9,2019001\nTest Student,8,\n",
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1254"])
@pytest.mark.parametrize("text", SAVED)
def test_a_roster_is_read_as_it_was_saved(text: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_bytes(text.replace("é", "e").encode(encoding))
    notices: list[Fault] = []
    found = read_roster(path, notices.append)
    assert [(student.id, student.name) for student in found] == [("2019001", "İpek Şahin")]
    assert ["read as Windows-1254 (Turkish)" in notice.what for notice in notices] == (
        [True] if encoding == "cp1254" else []
    )


def test_a_roster_may_be_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "roster.xlsx"
    rows: list[list[object]] = [
        ["CENG 403"],
        [],
        ["Öğrenci No", "Ad Soyad"],
        [12345, "İpek"],
        [2019001, "Ada"],
    ]
    path.write_bytes(workbook(rows, {"A4": "0000000"}))
    assert [(s.id, s.name) for s in read_roster(path)] == [("0012345", "İpek"), ("2019001", "Ada")]
    path.write_bytes(ods([["id", "name"], ["s1", "Ada"]]))
    assert [(s.id, s.name) for s in read_roster(path)] == [("s1", "Ada")]


DAMAGED = [
    ("1.00E+05", "digits that a spreadsheet cut off"),
    ("2,019E+06", "not usable"),
    ("20231234567.0", "a decimal point that a spreadsheet added"),
    ("ABC", "differs from 'abc' in line 2 only in case or in zeros"),
    ("01", "differs from '1' in line 3 only in case or in zeros"),
    ("001", "differs from '1' in line 3 only in case or in zeros"),
    *((name, "cannot be the name of a file everywhere") for name in ("CON", "nul", "x.", "Aux.1")),
    ("-2019015", "begin with a letter or digit"),
]


@pytest.mark.parametrize(("name", "said"), DAMAGED)
def test_a_damaged_id_is_refused(name: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(f'id,name\nabc,A\n1,B\n"{name}",C\n', encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_roster(path)
    assert [fault.line for fault in error.value.faults] == [4]
    assert said in str(error.value)


def test_ids_that_only_look_so_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    names = ["2E05", "e123456", "a.b", "con1", "1.5b", "20-01"]
    path.write_text("id\n" + "\n".join(names), encoding="utf-8")
    assert [student.id for student in read_roster(path)] == names


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
    (b"id,name,ID\ns1,A,s2\n", ":1: the column 'id' occurs twice"),
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
