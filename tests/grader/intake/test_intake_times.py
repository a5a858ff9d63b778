"""Times as platforms write them, and which hand-in is the latest: where a time is known only."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from grader.intake import Intake
from grader.intake.times import read_time
from tests.grader.handed_in import answers, counts, said, taken, zipped

if TYPE_CHECKING:
    from pathlib import Path

LATEST = Intake(latest=True)

# a time as it is written, and when that is; None: not certain
TIMES: list[tuple[str, str | None]] = [
    ("2024-01-10T12:00", "2024-01-10 12:00"),
    ("2025-09-27T18:00:00.000Z", "2025-09-27 18:00+00:00"),
    ("2025-09-27 15:50:01 UTC", "2025-09-27 15:50+00:00"),
    ("2025-09-27 15:50:01 +0300", "2025-09-27 15:50+03:00"),
    ("2025-09-27 15:50 CEST", "2025-09-27 15:50+02:00"),
    ("2026/09/27 9:00:00 PM GMT+3", "2026-09-27 21:00+03:00"),
    ("2026/09/08 9:00:00 AM GMT-3", "2026-09-08 09:00-03:00"),
    ("9/27/2025 11:30:00 PM", "2025-09-27 23:30"),
    ("27/9/2025 9:00", "2025-09-27 09:00"),
    ("27.09.2025 15:50", "2025-09-27 15:50"),
    ("8.9.2025 15.50 Uhr", "2025-09-08 15:50"),
    ("25 September 2025  3:50 PM", "2025-09-25 15:50"),
    ("25 September 2025, 12:50 AM", "2025-09-25 00:50"),
    ("Sep 27, 2025 at 3:50 p. m.", "2025-09-27 15:50"),
    ("27-Sep-2025 15:50", "2025-09-27 15:50"),
    ("Sat Sep 27 2025 15:50:01 GMT+0300", "2025-09-27 15:50+03:00"),
    ("25. Eylül 2025 15:50", "2025-09-25 15:50"),
    ("25 ŞUBAT 2025 15:50", "2025-02-25 15:50"),
    ("3 Ağustos 2025, 3:50 ÖS", "2025-08-03 15:50"),
    ("Cumartesi, 27 Eylül 2025, 15:50", "2025-09-27 15:50"),
    ("1 Kasım 2025 15:50", "2025-11-01 15:50"),
    ("Donnerstag, 27. März 2025, 15:50", "2025-03-27 15:50"),
    ("27 de septiembre de 2025, 15:50", "2025-09-27 15:50"),
    ("samedi 1 août 2025 à 15h50", "2025-08-01 15:50"),
    ("27 febbraio 2025, 15:50", "2025-02-27 15:50"),
    ("27 de março de 2025, 15:50", "2025-03-27 15:50"),
    ("27 września 2025, 15:50", "2025-09-27 15:50"),
    ("27 maart 2025, 15:50", "2025-03-27 15:50"),
    ("yesterday", None), ("", None), ("-", None), ("2025-09-27", None), ("15:50", None),
    ("27 September 15:50", None), ("2025-02-30 10:00", None), ("2025-09-27 15:50 XYZ", None),
    ("9/27/25 11:30 PM", None), ("45927.99", None), ("27 Mumble 2025 10:00", None),
    ("32/33/2025 10:00", None), ("2025-09-27 25:50", None), ("9" * 500 + ":00", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), TIMES)
def test_a_time_is_read_or_not_known(text: str, wanted: str | None) -> None:
    found = read_time(text)
    assert (found and str(found)) == wanted


def column(*times: str) -> str:
    """A table in which s0001 handed in at each of these times: 0, then 1, then 2 ..."""
    rows = (f's0001,{place},"{time}"\n' for place, time in enumerate(times))
    return "student,1a.size,time\n" + "".join(rows)


# the times of two rows, the row that counts (None: they wait)
COLUMNS: list[tuple[str, tuple[str, ...], str | None]] = [
    ("am and pm", ("9/27/2025 11:30:00 PM", "9/27/2025 2:00:00 PM"), "0"),
    ("am and pm, Google", ("2026/09/27 9:00:00 PM GMT+3", "2026/09/27 10:00:00 AM GMT+3"), "0"),
    ("Turkish", ("25. Eylül 2025 15:50", "25. Eylül 2025 15:40"), "0"),
    ("zones", ("2024-01-10T12:00+03:00", "2024-01-10T11:00+00:00"), "1"),
    ("one order of day and month gives another winner", ("9/8/2025 9:00", "8/9/2025 9:00"), None),
    ("both orders give the same winner", ("9/8/2025 10:00", "9/8/2025 9:00"), "0"),
    ("the column decides: month first", ("9/8/2025 9:00", "8/9/2025 9:00", "7/30/2025 9:00"), "0"),
    ("the column decides: day first", ("9/8/2025 9:00", "8/9/2025 9:00", "30/7/2025 9:00"), "1"),
    ("the column has both orders", ("9/30/2025 9:00", "30/10/2025 9:00"), None),
    ("no time", ("", ""), None),
    ("one time", ("2024-01-10T12:00", "yesterday"), None),
    ("equal times", ("2024-01-10T12:00", "2024-01-10T12:00"), None),
    ("a zone, and none", ("2024-01-10T12:00", "2024-01-10T11:00+00:00"), None),
    ("a zone, and none, days apart", ("2024-01-12T12:00", "2024-01-10T11:00+00:00"), "0"),
]


@pytest.mark.parametrize(("times", "wanted"), [c[1:] for c in COLUMNS], ids=[c[0] for c in COLUMNS])
def test_the_latest_counts_where_it_is_known(
    times: tuple[str, ...], wanted: str | None, tmp_path: Path
) -> None:
    found = taken(tmp_path, {"a.csv": column(*times)}, LATEST)
    assert answers(found)["1a.size"] == wanted
    if wanted is None:
        assert "which one is later is not known" in said(found)
        assert len(found.waiting) == len(times)
    else:
        assert "the later one counts, as --latest says: this one, of " in said(found)
        assert counts(found.files[0]) == {"imported": 1, "duplicate": len(times) - 1}


def saved(text: str, time: str = "") -> str:
    record = {"student": "s0001", "paper": "p001", "answers": {"1a.size": text}}
    return json.dumps({**record, "saved": time} if time else record)


# the names of two files in which "old" and then "new" was saved
COPIES = [("001.json", "001 (1).json"), ("001.json", "001-1.json"), ("v9.json", "v10.json")]


@pytest.mark.parametrize(("old", "new"), COPIES)
def test_the_name_of_a_file_is_no_time(old: str, new: str, tmp_path: Path) -> None:
    found = taken(tmp_path, {old: saved("old"), new: saved("new")}, LATEST)
    assert answers(found)["1a.size"] is None
    assert "which one is later is not known" in said(found)
    again = taken(tmp_path, {old: saved("same"), new: saved("same")}, LATEST)
    assert answers(again)["1a.size"] == "same"


@pytest.mark.parametrize(("old", "new"), COPIES)
def test_the_time_that_a_page_saved_counts(old: str, new: str, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        new: saved("new", "2025-09-27T12:00:01+03:00"),
        old: saved("old", "2025-09-27T09:00:00Z"),
    }
    assert answers(taken(tmp_path, files, LATEST))["1a.size"] == "new"
    folder = {f"Student 1_31_assignsubmission_file/{name}": text for name, text in files.items()}
    found = taken(tmp_path, {"download.zip": zipped(folder)}, LATEST)
    assert answers(found)["1a.size"] == "new"


@pytest.mark.parametrize("latest", [True, False])
@pytest.mark.parametrize("times", ["2024-01-10T12:00 2024-01-11T12:00", "x y"])
def test_an_empty_attempt_wipes_nothing(times: str, latest: bool, tmp_path: Path) -> None:  # noqa: FBT001
    first, second = times.split()
    table = f"student,1a.size,1b.area,time\ns0001,5,,{first}\ns0001, ,,{second}\n"
    found = taken(tmp_path, {"a.csv": table}, Intake(latest=latest))
    assert answers(found)["1a.size"] == "5"
    assert "this attempt of s0001 is empty" in said(found)
    assert not found.waiting


def test_an_attempt_in_progress_beside_a_finished_one(tmp_path: Path) -> None:
    table = (
        "Last name,First name,ID number,State,Started on,Completed,Response 1,Response 2\n"
        "1,Student,s0001,Finished,27 September 2025  3:00 PM,27 September 2025  3:50 PM,5,6\n"
        "1,Student,s0001,In progress,27 September 2025  4:00 PM,-,-,-\n"
        "1,Student,s0001,In progress,27 September 2025  4:00 PM,27 September 2025  4:10 PM,-,-\n"
    )
    how = Intake(columns={"1": "1a.size", "2": "1b.area"})
    found = taken(tmp_path, {"a.csv": table}, how)
    assert answers(found) == {"1a.size": "5", "1b.area": "6"}
    assert not found.waiting
