"""Platforms' own files in the languages in which their users download them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from examgen.ground.errors import InputError
from grader.export.book import Wishes
from grader.export.export import export
from tests.grader.platforms import BLACKBOARD, MOODLE, WORKSHEET, graded_folder

if TYPE_CHECKING:
    from pathlib import Path

    from grader.export.export import ExportReport


@pytest.fixture
def exam(tmp_path: Path) -> Path:
    return graded_folder(tmp_path / "exam")


def exported(exam: Path, system: str, theirs: str, column: str = "") -> tuple[str, ExportReport]:
    into = exam / "theirs.csv"
    into.write_text(theirs, encoding="utf-8", newline="")
    report = export(exam, system, into, exam / "ours", Wishes(column, Fraction(60)))
    return report.file.read_text("utf-8-sig"), report


def translated(text: str, words: dict[str, str]) -> str:
    for word, other in words.items():
        assert word in text
        text = text.replace(word, other)
    return text


GRADES = [
    ("German", {"First name": "Vorname", "Last name": "Nachname", "ID number": "ID-Nummer",
                "Email address": "E-Mail-Adresse", "Quiz: One (Real)": "Test: Eins (Punkte)",
                "Course total (Real)": "Kurs gesamt (Punkte)",
                "Last downloaded from this course": "Letzter Download aus diesem Kurs"}),
    ("Turkish", {"First name": "Adı", "Last name": "Soyadı", "ID number": "ID numarası",
                 "Email address": "E-posta adresi",
                 "Last downloaded from this course": "Bu dersten son indirilme zamanı"}),
    ("Spanish", {"First name": "Nombre", "Last name": "Apellido(s)", "ID number": "Número de ID",
                 "Email address": "Dirección de correo"}),
    ("French", {"First name": "Prénom", "Last name": "Nom", "ID number": "Numéro d'identification",
                "Email address": "Adresse de courriel"}),
    ("shouted", {"First name": "ADI", "Last name": "SOYADI", "ID number": "KİMLİK NUMARASI"}),
]  # fmt: skip


@pytest.mark.parametrize("words", [words for _, words in GRADES], ids=[name for name, _ in GRADES])
def test_moodle_grades(words: dict[str, str], exam: Path) -> None:
    text, _ = exported(exam, "moodle", translated(MOODLE, words))
    header, *rows = text.splitlines()
    assert [word in header for word in words.values()][:3] == [True] * 3
    assert rows[0] == "Lovelace,Ada,1001,ada@uni.edu,42.33,42.3333 of 60 marks.,1767225600"


def test_moodle_grades_that_replace_others_are_said(exam: Path) -> None:
    _, report = exported(exam, "moodle", MOODLE, "One")
    said = [str(notice) for notice in report.notices]
    assert any("theirs.csv:2: 3 grades replace others; here 9.00 becomes 42.33" in s for s in said)
    _, report = exported(exam, "moodle", MOODLE)
    assert report.notices == ()


WORKSHEETS = [
    ("German", "Teilnehmer/in ", "Nein",
     {"Identifier": "ID", "Full name": "Vollständiger Name", "ID number": "ID-Nummer",
      "Email address": "E-Mail-Adresse", ",Grade,": ",Bewertung,", "Maximum grade": "Bestwertung",
      "Grade can be changed": "Bewertung kann geändert werden", "Yes": "Ja",
      "Last modified (submission)": "Zuletzt geändert (Abgabe)",
      "Last modified (grade)": "Zuletzt geändert (Bewertung)",
      "Feedback comments": "Feedback als Kommentar"}),
    ("Turkish", "Katılımcı ", "Hayır",
     {"Identifier": "Tanımlayıcı", "Full name": "Adı soyadı", "ID number": "Kimlik numarası",
      ",Grade,": ",Not,", "Yes": "Evet", "Grade can be changed": "Notun değişmesi mümkün",
      "Last modified (grade)": "Son değişiklik (Not)"}),
    ("Spanish", "Participante ", "No",
     {"Identifier": "Identificador", "Full name": "Nombre completo", "ID number": "Número de ID",
      ",Grade,": ",Calificación,", "Maximum grade": "Calificación máxima", "Yes": "Sí",
      "Grade can be changed": "La calificación puede ser cambiada",
      "Last modified (grade)": "Última modificación (calificación)"}),
]  # fmt: skip


@pytest.mark.parametrize(("participant", "no", "words"), [w[1:] for w in WORKSHEETS],
                         ids=[w[0] for w in WORKSHEETS])  # fmt: skip
def test_moodle_worksheet(participant: str, no: str, words: dict[str, str], exam: Path) -> None:
    theirs = translated(WORKSHEET.replace("Participant ", participant), words)
    text, _ = exported(exam, "moodle", theirs)
    assert f"{participant}11,Ada Lovelace,1001" in text
    assert ",42.33," in text
    with pytest.raises(InputError, match=f"says {no.lower()}; unlock it"):
        exported(exam, "moodle", theirs.replace(f",{words['Yes']},", f",{no},"))


TITLES = [
    ("English", "Final [Total Pts: 60 Score] |4711", {}),
    ("no type", "Final [Total Pts: 60] |4711", {}),
    ("a space", "Final [Total Pts: 60 ] |4711", {}),
    ("German", "Final [Gesamtpunktzahl: 60 Punktzahl] |4711",
     {"Last Name": "Nachname", "First Name": "Vorname", "Username": "Benutzername",
      "Student ID": "Studenten-ID", "Total Pts: up to": "Gesamtpunktzahl: bis zu"}),
    ("Spanish", "Final [Puntos totales: 60 Puntuación] |4711",
     {"Last Name": "Apellidos", "First Name": "Nombre", "Username": "Nombre de usuario",
      "Student ID": "ID del estudiante", "Total Pts: up to": "Puntos totales: hasta"}),
    ("Turkish", "Final [Toplam Puan: 60 Puan] |4711",
     {"Last Name": "Soyadı", "First Name": "Adı", "Username": "Kullanıcı adı",
      "Student ID": "Öğrenci No"}),
]  # fmt: skip


@pytest.mark.parametrize(("title", "words"), [t[1:] for t in TITLES], ids=[t[0] for t in TITLES])
def test_blackboard(title: str, words: dict[str, str], exam: Path) -> None:
    theirs = BLACKBOARD.replace("Final [Total Pts: 60 Score] |4711", title)
    text, report = exported(exam, "blackboard", translated(theirs, words))
    assert f'"{title}"' in text
    assert '"Lovelace","Ada","ada","1001","","Yes","42.33","90"' in text
    assert report.notices == ()


STATES = [
    ("Needs Grading", []),
    ("In Progress", []),
    ("Muss benotet werden", []),
    ("Necesita calificación", []),
    ("Needs Grading(7.5)", ["1 grade replaces another; here Needs Grading(7.5) becomes 42.33"]),
    ("In Progress(3.00)", ["1 grade replaces another; here In Progress(3.00) becomes 42.33"]),
    ("In Bearbeitung (3,00)", ["1 grade replaces another; here In Bearbeitung (3,00) becomes"]),
]


@pytest.mark.parametrize(("cell", "said"), STATES, ids=[cell for cell, _ in STATES])
def test_a_blackboard_cell_makes_room_for_a_grade(cell: str, said: list[str], exam: Path) -> None:
    ada = '"1001","","Yes",""'
    text, report = exported(exam, "blackboard", BLACKBOARD.replace(ada, f'{ada[:-1]}{cell}"'))
    assert '"1001","","Yes","42.33","90"' in text
    assert len(report.notices) == len(said)
    assert all(what in str(n) for what, n in zip(said, report.notices, strict=True))
