"""The pages of scans without a browser: what is shown, what is taken, what is refused."""

from __future__ import annotations

import fcntl
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

pytest.importorskip("httpx2")
pytest.importorskip("zxingcpp")

import typer

from examgen.commands.scanning import _name
from examgen.folder.key import AnswerKey
from examgen.ground.errors import ExamgenError
from examgen.web.look.look import look
from examgen.web.look.owners import owners
from examgen.web.look.views import Views
from grader.scan.records import append, read_journal
from grader.scan.scan import sum_up
from tests.examgen.web.look.scanned import ROSTER, Person, image, reads


def answers(folder: Path, paper: str) -> Any:  # noqa: ANN401
    sum_up(folder)
    records = json.loads((folder / "scans" / "answers.json").read_text())
    return next(one for one in records if one["paper"] == paper)["answers"]


def test_the_overview_counts_and_says_where_prose_goes(grace: Person) -> None:
    text = " ".join(grace.get("/").split())
    for count, what in ((1, "pages"), (3, "people"), (3, "blanks"), (3, "ticks"), (3, "typing")):
        assert f'<td class="count">{count}</td><td><a href="/{what}">' in text
    assert "Answers of prose and drawings are not typed here: 3." in text
    assert "examgen mark" in text


def test_what_is_typed_is_a_line_at_once(grace: Person, folder: Path) -> None:
    grace.settle(1, "1a.n", "47 11")
    record = read_journal(folder / "scans").settled[image(1), "1a.n"]
    assert (record.state, record.text, record.by, record.paper, record.page) == (
        "typed", "47 11", "Grace", "001", 1,
    )  # fmt: skip
    assert record.when.endswith("+00:00")
    assert answers(folder, "001")["1a.n"] == "47 11"
    ink = grace.get("/ink?paper=001&answer=1a.n")
    for what in ("47 11", "by Grace", "a" * 64, "image 1 of s.pdf", "1 1 9 1 9 5 1 5"):
        assert what in ink


def test_student_text_is_text(grace: Person) -> None:
    grace.settle(1, "1a.n", "<script>alert(1)</script>")
    ink = grace.get("/ink?paper=001&answer=1a.n")
    assert "&lt;script&gt;alert(1)" in ink
    assert "<script>alert" not in ink


# what is taken back: what was decided, and what counts before and afterwards
STEPS: list[tuple[str, str, str, object]] = [
    ("typing", "1a.n", "5", {"waits": "it is written by hand and not transcribed yet"}),
    ("blank", "1a.n", "", {"waits": "it is written by hand and not transcribed yet"}),
    ("a tick confirmed", "1a.kind", "dense", "dense"),
    ("a tick corrected", "1a.kind", "sparse", "dense"),
]


@pytest.mark.parametrize(
    ("answer", "text", "before"), [s[1:] for s in STEPS], ids=[s[0] for s in STEPS]
)
def test_a_step_is_taken_back(
    answer: str, text: str, before: object, grace: Person, folder: Path
) -> None:
    assert answers(folder, "001")[answer] == before
    grace.settle(1, answer, text)
    assert answers(folder, "001")[answer] == text
    grace.settle(1, answer, "something else")
    assert grace.post("/undo") == {"page": "/typing"}
    assert answers(folder, "001")[answer] == text
    grace.post("/undo")
    assert answers(folder, "001")[answer] == before
    assert "nothing of yours" in grace.post("/undo", 409)["error"]


def test_two_people_never_get_the_same(people: dict[str, Person], views: Views) -> None:
    now = [0.0]
    views.desk.leases.clock = lambda: now[0]
    grace, alan = people["Grace"], people["Alan"]
    hers = [n for n in (1, 2, 3) if f"Paper {n:03}, page 1" in grace.get("/typing")]
    assert hers == [1, 2, 3]
    assert "Somebody else has what is left" in alan.get("/typing")
    assert "somebody else is at this" in alan.settle(1, "1a.n", "5", 409)["error"]
    now[0] = 100
    grace.settle(1, "1a.n", "5")
    now[0] = 200  # longer than a lease since the page was opened, not since she did something
    assert "Somebody else has what is left" in alan.get("/typing")
    now[0] = 281
    assert "Paper 002, page 1" in alan.get("/typing")
    assert "somebody else is at this" in grace.settle(2, "1a.n", "5", 409)["error"]
    assert "Image 9 of s.pdf" in grace.get("/pages")
    assert "somebody else has them" in alan.get("/pages")


def test_nobody_decides_over_somebody_else_unasked(people: dict[str, Person]) -> None:
    grace, alan = people["Grace"], people["Alan"]
    grace.settle(1, "1a.n", "5")
    assert "Grace decided this meanwhile" in alan.settle(1, "1a.n", "6", 409)["error"]
    grace.settle(1, "1a.n", "7")
    alan.settle(1, "1a.n", "", state="open", page="/ink")
    alan.settle(1, "1a.n", "6")
    assert "Alan decided this since" in grace.post("/undo", 409)["error"]
    alan.post("/place", image=image(9), said="blank")
    assert (
        "Alan settled this meanwhile"
        in grace.post("/place", 409, image=image(9), said="2")["error"]
    )


def test_a_sheet_is_confirmed_at_once_and_what_is_taken_out_is_typed(
    grace: Person, folder: Path
) -> None:
    sheet = grace.get("/ticks")
    assert sheet.count('class="out"') == 3
    assert "<q>dense</q> is ticked" in sheet
    lines = [
        {"image": image(1), "answer": "1a.kind", "state": "typed", "text": "dense"},
        {"image": image(2), "answer": "1a.kind", "state": "open"},
    ]
    grace.post("/settle", page="/ticks", decisions=lines)
    assert answers(folder, "001")["1a.kind"] == "dense"
    assert answers(folder, "002")["1a.kind"] == {
        "waits": "it is written by hand and not transcribed yet"
    }
    assert grace.get("/ticks").count('class="out"') == 1
    grace.settle(2, "1a.n", "1")
    grace.settle(1, "1a.n", "1")
    grace.settle(3, "1a.n", "1")
    typing = grace.get("/typing")
    assert "Paper 002, page 1" in typing
    assert 'data-text="sparse"' in typing
    assert "Key:" not in typing  # the eye is not led to an option
    assert grace.post("/undo") == {"page": "/typing"}


def test_what_the_judge_says_while_it_is_typed(grace: Person, views: Views) -> None:
    own = next(answer for answer in views.desk.key("001").answers if answer.id == "1a.n")
    assert isinstance(own, AnswerKey)
    key = own.expected
    said = grace.post("/judge", image=image(1), answer="1a.n", text=key)
    assert (said["verdict"], said["marks"]) == ("correct", "2 of 2")
    page = grace.get("/typing")
    assert f'data-key="k" data-text="{key}" class="right"' in page
    row = page.partition('aria-label="Paper 001"')[2]
    mistake = row.partition('data-key="1" data-text="')[2].partition('"')[0]
    said = grace.post("/judge", image=image(1), answer="1a.n", text=mistake)
    assert (said["verdict"], said["marks"]) == ("mistake", "1 of 2")
    assert said["says"] == "the kernel is squared"
    assert (
        grace.post("/judge", image=image(1), answer="1a.n", text="((5")["verdict"] == "unreadable"
    )
    assert grace.get("/typing").count("by hand and not") == 0  # nothing of it is kept


def test_what_follows_from_another_answer_is_judged_with_it(grace: Person) -> None:
    grace.settle(1, "1a.n", "7")
    said = grace.post("/judge", image=image(1), answer="1a.m", text="14")
    assert said["verdict"] == "follow_through"


def test_a_second_reading_is_blind_and_differences_are_settled(
    people: dict[str, Person], folder: Path, views: Views, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("examgen.web.look.queues.SHARE", 100)
    grace, alan = people["Grace"], people["Alan"]
    grace.settle(1, "1a.n", "4711")
    grace.settle(2, "1a.n", "12")
    assert "Nothing is left here" in grace.get("/second")
    page = alan.get("/second")
    assert page.count('class="row"') == 2
    assert "4711" not in page
    assert "Key:" not in page
    assert 'class="right"' not in page
    alan.settle(1, "1a.n", "4 711", page="/second", again=True)
    alan.settle(2, "1a.n", " 12 ", page="/second", again=True)
    assert "read 1 of 2 answers alike" in grace.get("/")
    assert answers(folder, "002")["1a.n"] == "12"
    assert answers(folder, "001")["1a.n"] == {
        "waits": "two people read differently what is written by hand"
    }
    again = grace.get("/typing")
    assert "Alan read: <code>4 711</code>" in again
    grace.settle(1, "1a.n", "4711")
    assert answers(folder, "001")["1a.n"] == "4711"
    assert "read 1 of 2 answers alike" in grace.get("/")
    reread = read_journal(folder / "scans")
    assert (reread.settled, reread.twice) == (views.desk.journal.settled, views.desk.journal.twice)
    assert alan.post("/undo") == {"page": "/second"}
    assert "read 0 of 1 answers alike" in grace.get("/")


def test_who_took_a_paper_is_proposed_and_never_chosen(grace: Person, folder: Path) -> None:
    assert "Paper 001" in grace.get("/people")
    found = grace.post("/owners", number="2019O03", name="")["owners"]
    assert [one["id"] for one in found] == ["2019003", "2019004"]
    grace.settle(1, "cover.number", "2019003", page="/people")
    grace.settle(1, "cover.name", "", page="/people")
    found = grace.post("/owners", number="2019O03", name="")["owners"]
    assert [(one["id"], one["has"]) for one in found] == [("2019004", ""), ("2019003", "001")]
    assert grace.post("/owners", number="", name="oz, ayse")["owners"][0]["name"] == "Ayşe Öz"
    assert grace.post("/owners", number="", name="")["owners"] == []
    assert "Paper 002" in grace.get("/people")
    sum_up(folder)
    records = json.loads((folder / "scans" / "answers.json").read_text())
    assert [one["student"] for one in records] == ["2019003", "002", "003"]


def test_of_equal_students_the_one_without_a_paper_comes_first() -> None:
    found = owners(ROSTER, "201900", "", {"2019003": "7"})
    assert [(one.student.id, one.has) for one in found] == [("2019004", ""), ("2019003", "7")]


# what is said of an image without a code, and what it is then
PLACES = [("blank", "blank"), ("foreign", "foreign"), ("002", "back")]


@pytest.mark.parametrize(("said", "kind"), PLACES)
def test_an_image_is_settled_and_taken_back(said: str, kind: str, grace: Person) -> None:
    assert "no code is found on it" in grace.get("/pages")
    assert grace.post("/place", image=image(9), said=said)["kind"] == kind
    assert "All images are settled" in grace.get("/pages")
    assert grace.post("/undo") == {"page": "/pages"}
    assert "no code is found on it" in grace.get("/pages")


def test_of_a_page_that_is_there_twice_a_person_chooses_one(grace: Person, folder: Path) -> None:
    first = read_journal(folder / "scans").pages[image(1)]
    append(folder / "scans", (), [replace(first, image=image(8), number=8)])
    page = grace.get("/pages?later=" + quote(image(9)))
    assert page.count("this one counts") == 2
    grace.post("/place", image=image(8), said="duplicate")
    assert "are left for later" in grace.get("/pages?later=" + quote(image(9)))


def test_what_another_command_adds_is_seen(grace: Person, folder: Path) -> None:
    grace.settle(1, "1a.n", "5")
    line = replace(next(one for one in reads() if one.answer == "1a.n"), state="typed", by="table")
    append(folder / "scans", [replace(line, text="6"), replace(line, image=image(2), text="7")], ())
    text = grace.get("/typing")
    assert "Paper 003, page 1" in text
    assert "Paper 002, page 1" not in text
    assert answers(folder, "001")["1a.n"] == "6"


# what a page sends that cannot be taken
REFUSED: list[tuple[str, str, dict[str, Any], int]] = [
    ("no such image", "/settle", {"image": "b#1"}, 409),
    ("no such answer", "/settle", {"answer": "../../etc/passwd"}, 409),
    ("typed, and nothing", "/settle", {"text": "  "}, 409),
    ("blank, and something", "/settle", {"state": "blank"}, 409),
    ("a state of the rules", "/settle", {"state": "ticked"}, 400),
    ("too long", "/settle", {"text": "1" * 4_001}, 409),
]


@pytest.mark.parametrize(
    ("path", "line", "status"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED]
)
def test_what_is_refused_changes_nothing(
    path: str, line: dict[str, Any], status: int, grace: Person, folder: Path
) -> None:
    before = (folder / "scans" / "reads.jsonl").read_bytes()
    good = {"image": image(1), "answer": "1a.n", "state": "typed", "text": "5"}
    grace.post(path, status, page="/typing", decisions=[good, {**good, **line}])
    grace.post("/settle", 409, page="/typing", decisions=[])
    grace.post("/place", 409, image=image(9), said="../../etc/passwd")
    grace.post("/place", 409, image=image(9), said="001/03")
    grace.post("/place", 409, image="/etc/passwd", said="blank")
    grace.post("/judge", 409, image="/etc/passwd", answer="1a.n", text="5")
    assert (folder / "scans" / "reads.jsonl").read_bytes() == before


MISSING = [
    "/picture?image=/etc/passwd&answer=1a.n",
    "/picture",
    "/whole?image=..",
    "/ink?paper=001&answer=x",
    f"/picture?image={'a' * 64}%231&answer=1a.n",
]


@pytest.mark.parametrize("path", MISSING)
def test_what_is_not_there_is_said(path: str, grace: Person) -> None:
    answer = grace.client.get(path)
    assert answer.status_code == 404
    assert "Overview" in answer.text


@pytest.mark.parametrize("name", ["", "  ", "rule"])
def test_a_person_has_a_name_that_no_rule_has(name: str) -> None:
    with pytest.raises(typer.BadParameter, match="nobody's name"):
        _name(name)


def test_the_pages_of_a_folder_are_open_once(folder: Path) -> None:
    handle = os.open(folder / "scans", os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    with pytest.raises(ExamgenError, match=r"open in another terminal.*--by A --by B"):
        look(folder, ["Grace"], (), 0, 1, print)
    os.close(handle)
