"""Answers under nearly right names: taken where one answer fits, else left to a person."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from grader.intake.names import Names
from tests.grader.handed_in import KEYS, answers, said, taken

if TYPE_CHECKING:
    from pathlib import Path

    from grader.records.submissions import Submissions

IDS = [answer.id for answer in KEYS[0].answers]

# a name, and the answer of the sample exam that it fits
NAMES: list[tuple[str, str | None]] = [
    ("1a.size", "1a.size"), ("1A.SIZE", "1a.size"), (" 1a.size ", "1a.size"),
    ("1a size", "1a.size"), ("1a_size", "1a.size"), ("1a-size", "1a.size"), ("1a/size", "1a.size"),
    ("1aSize", "1a.size"), ("１ａ．ｓｉｚｅ", "1a.size"), ("1a . size", "1a.size"),
    ("1a.size:", "1a.size"), ("(1a) size", "1a.size"), ("Question 1a.size", "1a.size"),
    ("Soru 1a: size", "1a.size"), ("1a) size: output dimensions", "1a.size"),
    ("1a.size - output dimensions (height x width x channels)", "1a.size"),
    ("1a.parameters [number of parameters]", "1a.parameters"),
    ("1a.parameters\\nnumber of parameters".replace("\\n", "\n"), "1a.parameters"),
    ("1a.parameters, as a number", "1a.parameters"), ("2b", "2b.why"), ("2b) Why?", "2b.why"),
    ("1a", None), ("1a.size.1", None), ("1a.size_2", None), ("1a.size2", None), ("1a.sizes", None),
    ("size", None), ("1a.sze", None), ("comments", None), ("", None), ("2c.why", None),
]  # fmt: skip


@pytest.mark.parametrize(("name", "wanted"), NAMES)
def test_a_name_fits_one_answer_or_none(name: str, wanted: str | None) -> None:
    assert Names(IDS).find(name) == wanted


def test_what_fits_two_answers_fits_none() -> None:
    names = Names(["1a.b_c", "1a.b.c", "1a.bc_d"])
    assert names.find("1a bc") is None
    assert names.find("1a.BC_D") == "1a.bc_d"


def as_json(pairs: list[tuple[str, str]]) -> tuple[str, str]:
    inner = ", ".join(f"{json.dumps(name)}: {json.dumps(text)}" for name, text in pairs)
    return "a.json", f'{{"student": "s0001", "answers": {{{inner}}}}}'


def as_yaml(pairs: list[tuple[str, str]]) -> tuple[str, str]:
    lines = (f"  {json.dumps(name)}: {json.dumps(text)}" for name, text in pairs)
    return "a.yaml", "\n".join(["student: s0001", "answers:", *lines])


def as_table(pairs: list[tuple[str, str]]) -> tuple[str, str]:
    text = io.StringIO()
    rows = (["student", "1b.area", *(name for name, _ in pairs)],
            ["s0001", "121", *(value for _, value in pairs)])  # fmt: skip
    csv.writer(text).writerows(rows)
    return "a.csv", text.getvalue()


def as_long_table(pairs: list[tuple[str, str]]) -> tuple[str, str]:
    text = io.StringIO()
    rows = (["s0001", name, value] for name, value in pairs)
    csv.writer(text).writerows([["student", "answer", "response"], *rows])
    return "a.csv", text.getvalue()


def as_lines(pairs: list[tuple[str, str]]) -> tuple[str, str]:
    return "a.txt", "\n".join(["student: s0001", *(f"{name}: {text}" for name, text in pairs)])


FORMATS = [as_json, as_yaml, as_table, as_long_table, as_lines]
NEAR = [("1A.SIZE", "112x112x64"), ("1a parameters", "9728"), ("1b_cost", "5")]


@pytest.mark.parametrize("written", FORMATS)
def test_nearly_right_names_are_taken(written: type, tmp_path: Path) -> None:
    own = answers(taken(tmp_path, dict([written(NEAR)])))
    assert [own[name] for name in ("1a.size", "1a.parameters", "1b.cost")] == [
        "112x112x64", "9728", "5",
    ]  # fmt: skip


def waiting(found: Submissions) -> list[tuple[str, str, tuple[tuple[str, str], ...]]]:
    return [(one.student, one.paper, one.answers) for one in found.waiting]


@pytest.mark.parametrize("written", FORMATS)
def test_a_text_under_no_name_waits_with_its_student(written: type, tmp_path: Path) -> None:
    pairs = [("1a.parameters", "9728"), ("1a.szie", "112x112x64")]
    found = taken(tmp_path, dict([written(pairs)]))
    assert ("s0001", "p001", (("1a.szie", "112x112x64"),)) in waiting(found)
    own = answers(found)
    assert own["1a.parameters"] == "9728"
    assert own["1a.size"] is None  # so it waits, and is not absent
    assert found.files[0].unreadable == 1
    assert "did you mean 1a.size?" in said(found)


def test_an_equation_in_a_text_is_no_name(tmp_path: Path) -> None:
    text = "student: s0001\n1a.size = 5\n2b = 4, so x = 2\n1b.area: 7\n2b: because\n"
    own = answers(taken(tmp_path, {"a.txt": text}))
    assert (own["1a.size"], own["1b.area"]) == ("5\n2b = 4, so x = 2", "7")
    assert own["2b.why"] == "because"


LISTS = ["- {}: {}", "* **{}**: {}", "• {} = {}", "`{}`: {}", "## {}: {}", "> {}: {}"]


@pytest.mark.parametrize("line", LISTS)
def test_a_line_of_a_list_is_a_line(line: str, tmp_path: Path) -> None:
    pairs = [("student", "s0001"), ("1a.size", "5"), ("1a.parameters", "-6")]
    text = "\n".join(line.format(*pair) for pair in pairs)
    assert answers(taken(tmp_path, {"a.txt": text})) == {"1a.size": "5", "1a.parameters": "-6"}


def test_a_text_that_resembles_nothing_waits(tmp_path: Path) -> None:
    pairs = [("1a.parameters", "9728"), ("My answer", "112x112x64"), ("other", " ")]
    found = taken(tmp_path, dict([as_json(pairs)]))
    assert waiting(found) == [("s0001", "p001", (("My answer", "112x112x64"),))]


# texts under names of one answer, what is taken (None: it waits), and how many texts wait
CLAIMS: list[tuple[str, list[tuple[str, str]], str | None, int]] = [
    ("the id itself comes first", [("1a.size", "5"), ("1A.SIZE", "6")], "5", 1),
    ("alike", [("1a.size", "5"), ("1A.SIZE", "5")], "5", 0),
    ("the id is blank", [("1a.size", ""), ("1A.SIZE", "6")], "6", 0),
    ("neither is the id", [("1a size", "5"), ("1A.SIZE", "6")], None, 2),
    ("neither is the id, alike", [("1a size", "5"), ("1A.SIZE", "5")], "5", 0),
]


@pytest.mark.parametrize("written", [as_json, as_yaml])
@pytest.mark.parametrize(
    ("pairs", "wanted", "count"), [c[1:] for c in CLAIMS], ids=[c[0] for c in CLAIMS]
)
def test_who_claims_an_answer(
    pairs: list[tuple[str, str]], wanted: str | None, count: int, written: type, tmp_path: Path
) -> None:
    found = taken(tmp_path, dict([written(pairs)]))
    assert answers(found)["1a.size"] == wanted
    assert len(found.waiting) == count


def test_google_forms(tmp_path: Path) -> None:
    head = ["Timestamp", "student", "1a.size - output dimensions (height x width x channels)",
            "1a.size - output dimensions (height x width x channels) [Score]",
            "1a.parameters [number of parameters]", "Any comments?"]  # fmt: skip
    row = ["2025/09/27 9:00:00 AM GMT+3", "s0001", "112x112x64", "0 / 4", "9728", "thanks"]
    text = io.StringIO()
    csv.writer(text).writerows([head, row])
    found = taken(tmp_path, {"a.csv": text.getvalue()})
    own = answers(found)
    assert (own["1a.size"], own["1a.parameters"]) == ("112x112x64", "9728")
    assert not found.waiting
    assert "2 unknown columns" in said(found)


def test_a_second_column_of_an_answer_waits(tmp_path: Path) -> None:
    table = "student,1a.size,1a.size (second try)\ns0001,5,6\ns0002,5,\n"
    found = taken(tmp_path, {"a.csv": table})
    assert answers(found)["1a.size"] == answers(found, "p002")["1a.size"] == "5"
    assert waiting(found) == [("s0001", "p001", (("1a.size (second try)", "6"),))]


def test_an_item_is_settled_in_the_exception_file(tmp_path: Path) -> None:
    files = dict([as_json([("1a.parameters", "9728"), ("1a.szie", "5")])])
    head = "problem,student,paper,answer,response,suggestion,source\n"
    row = "unreadable: x,s0001,p001,1a.size,5,,{}/a.json:1\n"
    found = taken(tmp_path, {**files, "e.csv": head + row.format(tmp_path)})
    assert (answers(found)["1a.size"], answers(found)["1a.parameters"]) == ("5", "9728")
    assert not found.waiting
