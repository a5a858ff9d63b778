"""Answers beside the keys of their papers: shown, confirmed, and taken out."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

pytest.importorskip("httpx2")
pytest.importorskip("zxingcpp")

from examgen.folder.key import AnswerKey, OptionValue
from examgen.web.look.keys import AS_KEY, KEYS, LETTERS, key_to_show
from examgen.web.look.views import Views
from grader.scan.records import read_journal
from tests.examgen.web.look.scanned import Person, image

# kind, expected, options, and what is shown beside what is written; empty where it is typed
SHOWN: list[tuple[str, str, str, dict[str, OptionValue], str]] = [
    ("a number", "integer", "9472", {}, "9472"),
    ("a formula", "expression", "4*h*(h+x+1)", {}, "4*h*(h+x+1)"),
    ("a unit", "quantity", "45/2 m", {"rel": "1%"}, "22.5 m"),
    ("digits that do not end", "quantity", "130/7 m", {"rel": "1%"}, ""),
    ("digits that are asked for", "number", "130/7", {"sigfigs": 3}, "18.6"),
    ("a form that the key has not", "expression", "x**2-1", {"form": "factored"}, ""),
    ("capitals that matter", "text", "Co", {"case": "matter"}, "Co"),
    ("places that are asked for", "number", "2**(1/2)", {"decimals": 2}, "1.41"),
]


@pytest.mark.parametrize(
    ("kind", "expected", "options", "shown"), [s[1:] for s in SHOWN], ids=[s[0] for s in SHOWN]
)
def test_a_key_is_shown_that_is_right_as_it_is(
    kind: str, expected: str, options: dict[str, OptionValue], shown: str
) -> None:
    right = key_to_show(AnswerKey("1a.n", "n", Fraction(1), kind, expected, options))
    assert (right.text if right else "") == shown
    assert right is None or right.is_exact == bool(
        {"sigfigs", "decimals", "form", "case"} & options.keys()
    )


def test_a_choice_and_a_working_are_shown_without_key() -> None:
    about = ("1a.n", "n", Fraction(1))
    choice = AnswerKey(*about, "choice", "dense", choices=("dense", "sparse"))
    working = AnswerKey(*about, "integer", "9472", working={"n": Fraction(1)})
    assert (key_to_show(choice), key_to_show(working)) == (None, None)


def test_each_crop_has_a_letter_that_means_nothing_else() -> None:
    assert 20 <= KEYS == len(set(LETTERS)) <= 30
    assert not {"u", "x"} & set(LETTERS)


def shown(sheet: str) -> list[tuple[str, str, str]]:
    """Image, letter and key of each crop."""
    found = re.findall(r'data-image="(.*?)".*?data-text="(.*?)" data-letter="(.)"', sheet)
    return [(name, letter, text) for name, text, letter in found]


def test_answers_stand_beside_their_own_keys(grace: Person, views: Views) -> None:
    own = {image(n): views.desk.expected(f"{n:03}")["1a.n"] for n in (1, 2, 3)}
    crops = shown(grace.get("/keys"))
    assert {name: text for name, _, text in crops} == own
    assert [letter for _, letter, _ in crops] == ["a", "b", "c"]
    texts = [text for _, _, text in crops]
    assert [texts.index(text) for text in texts] == sorted(texts.index(text) for text in texts)
    assert '<td class="count">3</td><td><a href="/keys">' in " ".join(grace.get("/").split())


def confirm(person: Person, out: int) -> None:
    """Confirm what is shown but for one paper."""
    lines = [
        {"image": name, "answer": "1a.n", "state": "open"}
        if name == image(out)
        else {"image": name, "answer": "1a.n", "state": "typed", "text": text, "why": AS_KEY}
        for name, _, text in shown(person.get("/keys"))
    ]
    person.post("/settle", page="/keys", decisions=lines)


def test_what_is_confirmed_is_the_key_as_a_person_read_it(
    people: dict[str, Person], views: Views, folder: Path
) -> None:
    grace, alan = people["Grace"], people["Alan"]
    assert len(shown(grace.get("/keys"))) == 3
    assert "Somebody else has what is left" in alan.get("/keys")
    confirm(grace, out=2)
    line = read_journal(folder / "scans").settled[image(1), "1a.n"]
    key = views.desk.expected("001")["1a.n"]
    assert (line.state, line.text, line.why, line.by) == ("typed", key, AS_KEY, "Grace")
    assert "Everything here is confirmed" in grace.get("/keys")  # what differs is never asked again
    typing = grace.get("/typing")
    assert "Paper 002, page 1" in typing
    assert "Paper 001, page 1" not in typing
    assert f"({AS_KEY})" in grace.get("/ink?paper=001&answer=1a.n")
    assert grace.post("/undo") == {"page": "/keys"}
    assert len(shown(grace.get("/keys"))) == 3


# what a second person types of an answer that was confirmed as the key, and whether that is alike
SECOND = [("{key}", 1), ("+{key}", 1), ("{key}0", 0), ("", 0)]


@pytest.mark.parametrize(("text", "is_alike"), SECOND, ids=[s[0] or "nothing" for s in SECOND])
def test_a_second_reading_measures_what_was_confirmed(
    text: str,
    is_alike: int,
    people: dict[str, Person],
    views: Views,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("examgen.web.look.queues.SHARE", 100)
    grace, alan = people["Grace"], people["Alan"]
    confirm(grace, out=2)
    key = views.desk.expected("001")["1a.n"]
    again = alan.get("/second")
    assert f">{key}<" not in again
    assert f'"{key}"' not in again
    alan.settle(1, "1a.n", text.format(key=key), page="/second", again=True)
    assert f"read {is_alike} of 1 answers alike" in grace.get("/")
    assert ("Paper 001, page 1" in grace.get("/typing")) == (not is_alike)


def test_what_was_typed_by_hand_is_compared_by_its_letters(
    people: dict[str, Person], views: Views, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("examgen.web.look.queues.SHARE", 100)
    key = views.desk.expected("001")["1a.n"]
    people["Grace"].settle(1, "1a.n", key)
    people["Alan"].settle(1, "1a.n", f"+{key}", page="/second", again=True)
    assert "read 0 of 1 answers alike" in people["Grace"].get("/")
