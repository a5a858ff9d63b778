"""The store: what is in it after crashes, poison, and troubles with the database."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from examgen.folder.key import AnswerKey
from examgen.ground.errors import ExamgenError
from grader.grade import grade, open_store
from grader.records.submissions import Doubt, Submission
from grader.results.read import read_results
from grader.store.appeals import Appeal, add_appeals, add_decisions
from grader.store.database import Database
from grader.store.marks import PersonMark, add_marks
from grader.store.people import Ruling, What, add_rulings
from grader.store.proposals import Proposal, add_proposals
from grader.store.steps import STEPS, TABLES
from grader.store.store import Store
from grader.store.tables import METADATA
from tests.bundled import LONG
from tests.grader.exams import RUBRIC, class_of, hand_in, write_exam
from tests.in_process import run

# whatever a file can hold: no quote, no line end and no half of a character is lost
TEXTS = ["", " 1 ", "'; DROP TABLE mark; --", "a\0b", "\ud800", "é\r\n\t", "\u202e", '"\\u0000"']


def exam_of(folder: Path, count: int) -> tuple[Path, Path]:
    """An exam folder and a table with what its class hands in: right, wrong and no answers."""
    keys = class_of(count)
    rows = {}
    for number, key in enumerate(keys):
        answers = {a.id: a.expected for a in key.answers if isinstance(a, AnswerKey)}
        if number % 3 == 1:
            answers |= {"1a.size": "7x7x7", "1a.parameters": "what?", "2a.name": ""}
        if number % 7:
            rows[key.student] = answers
    return write_exam(folder / "exam", keys), hand_in(folder / "answers.csv", rows)


def content(exam: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the store but the times of its log, and that nothing is damaged."""
    with sqlite3.connect(exam / "gradebook.sqlite") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert not database.execute("PRAGMA foreign_key_check").fetchall()
        columns = dict.fromkeys(TABLES, "*") | {"log": "id, who, what"}
        queries = {name: f"SELECT {c} FROM {name}" for name, c in columns.items()}  # noqa: S608
        return {name: sorted(database.execute(query)) for name, query in queries.items()}


def start(exam: Path, *words: str, command: str = "grade") -> subprocess.Popen[bytes]:
    arguments = [sys.executable, "-m", "examgen", command, str(exam), *words]
    quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "PYTHONPATH": str(Path.cwd())}}
    return subprocess.Popen(arguments, **quiet)  # type: ignore[call-overload, no-any-return] # noqa: S603


def finish(command: str, exam: Path, *words: str | Path) -> None:
    """Run a command to its end, in this process."""
    done = run(command, str(exam), *map(str, words))
    assert done.returncode == 0, done.stderr


def kill_after(process: subprocess.Popen[bytes], exam: Path, kept: int) -> None:
    """Kill a process as soon as the store holds so many results; it may have ended before."""
    while process.poll() is None and results_in(exam) < kept:
        time.sleep(0.01)
    process.kill()
    process.wait()


def results_in(exam: Path) -> int:
    """Return how many papers' results are kept."""
    with suppress(sqlite3.Error), sqlite3.connect(exam / "gradebook.sqlite") as database:
        return int(database.execute("SELECT count(*) FROM paper").fetchone()[0])
    return -1


def test_kills_lose_nothing(tmp_path: Path) -> None:
    exam, table = exam_of(tmp_path, 80)
    shutil.copytree(exam, tmp_path / "undisturbed")
    finish("grade", tmp_path / "undisturbed", table)
    dice = random.Random(20)  # noqa: S311 - moments, not secrets
    for kept in sorted(dice.randint(0, 80) for _ in range(20 if LONG else 8)):
        kill_after(start(exam, str(table)), exam, kept)
    finish("grade", exam, table)
    assert content(exam) == content(tmp_path / "undisturbed")
    results = [list(read_results(e / "grades")) for e in (exam, tmp_path / "undisturbed")]
    assert results[0] == results[1]
    assert not list(exam.glob(".grades-*"))


def test_a_regrade_that_was_killed_goes_on(tmp_path: Path) -> None:
    exam, table = exam_of(tmp_path, 40)
    grade(exam, [table])
    shutil.copytree(exam, tmp_path / "undisturbed")
    words = ("--drop", "1b", "--full-marks", "2a.name", "--never-lower")
    finish("regrade", tmp_path / "undisturbed", *words)
    for kept in (40, 50, 60, 80):
        kill_after(start(exam, *words, command="regrade"), exam, kept)
    finish("regrade", exam, *words)
    assert content(exam) == content(tmp_path / "undisturbed")


def test_two_runs_at_once_give_the_same(tmp_path: Path) -> None:
    exam, table = exam_of(tmp_path, 60)
    shutil.copytree(exam, tmp_path / "alone")
    processes = [start(exam, str(table), "--jobs", "2") for _ in range(2)]
    assert [process.wait() for process in processes] == [0, 0]
    assert start(tmp_path / "alone", str(table)).wait() == 0
    assert content(exam) == content(tmp_path / "alone")


def test_several_programs_may_open_a_new_database_at_once(tmp_path: Path) -> None:
    def opened(number: int) -> None:
        path = tmp_path / f"{number // 4}.sqlite"
        Database(f"sqlite:///{path}", str(path)).close()

    with ThreadPoolExecutor(4) as programs:
        list(programs.map(opened, range(80)))


@pytest.mark.processes
def test_the_same_command_again_adds_nothing(tmp_path: Path) -> None:
    exam, table = exam_of(tmp_path, 10)
    first = list(grade(exam, [table]).papers)
    before = content(exam)
    assert list(grade(exam, [table], jobs=2).papers) == first
    assert content(exam) == before


def test_the_store_says_who_did_what(tmp_path: Path) -> None:
    exam, table = exam_of(tmp_path, 4)
    grade(exam, [table])
    said = [str(what).split()[0].strip('"') for _, _, what in content(exam)["log"]]
    assert said == ["took", "began", "run"]


def test_what_was_handed_in_before_and_is_absent_now_is_named(tmp_path: Path) -> None:
    exam, table = exam_of(tmp_path, 4)
    grade(exam, [table])
    report = grade(exam, [hand_in(tmp_path / "late.csv", {"s0001": {"1a.size": "1"}})])
    assert "were handed in before and are absent now: p002, p003, p004" in str(report.notices[-1])
    assert len(content(exam)["intake"]) == 2


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_what_was_handed_in_comes_back_verbatim(text: str, tmp_path: Path) -> None:
    doubt = Doubt(text, (text, "other"))
    given = Submission("p1", text, {"1a.size": text, "1b.area": doubt}, (f"{text!a}:1",))
    with Store.of_folder(tmp_path) as store:
        intake = store.keep([given])
        assert intake == store.keep([given])
        ids = store.submission_ids(intake)
        assert list(store.submissions(ids.values())) == [(ids["p1"], given)]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("change", ["UPDATE {} SET {}", "DELETE FROM {}"])
def test_rows_are_never_changed(change: str, table: str, tmp_path: Path) -> None:
    exam, answers = exam_of(tmp_path, 2)
    (exam / "exam.json").write_text('{"seed": "1"}')
    grade(exam, [answers])
    with open_store(exam) as store:
        run = store.current()
        assert run
        add_rulings(store, run, [Ruling(What.DROP, "1a.size")])
        add_marks(store, [PersonMark("p001", "1a.size", "", Fraction(1), "Ada")], [RUBRIC.criteria])
        add_proposals(store, [Proposal("p001", "1a.size", "", "", 1, "", Fraction(1), "Bob")])
        asked = Appeal("p001", "1a.size", "", "why?", "2026-12-01", Fraction(0))
        add_appeals(store, [asked])
        add_decisions(store, [replace(asked, number=1, outcome="kept", answered="no")], "Cleo")
    with sqlite3.connect(exam / "gradebook.sqlite") as database:
        column = database.execute(f"SELECT name FROM pragma_table_info('{table}')").fetchone()[0]  # noqa: S608
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            database.execute(change.format(table, f"{column} = 0"))


def test_the_tables_are_what_the_steps_make(tmp_path: Path) -> None:
    Store.of_folder(tmp_path).close()
    with sqlite3.connect(tmp_path / "gradebook.sqlite") as database:
        made = {
            name: [row[1] for row in database.execute(f"PRAGMA table_info({name})")]
            for name in TABLES
        }
    assert made == {name: list(METADATA.tables[name].columns.keys()) for name in TABLES}
    assert set(METADATA.tables) == set(TABLES)


def test_a_store_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    Store.of_folder(tmp_path).close()
    with sqlite3.connect(tmp_path / "gradebook.sqlite") as database:
        database.execute("INSERT INTO step VALUES (?)", (len(STEPS) + 1,))
    with pytest.raises(ExamgenError, match="newer version"):
        Store.of_folder(tmp_path)


def test_a_store_belongs_to_one_exam(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/shared.sqlite"
    for seed in "12":
        (tmp_path / seed).mkdir()
        (tmp_path / seed / "exam.json").write_text(f'{{"seed": "{seed}"}}')
    open_store(tmp_path / "1", url).close()
    with pytest.raises(ExamgenError, match="another exam"):
        open_store(tmp_path / "2", url)


# what was done to the database, and what is said
TROUBLES = [
    ("no database", lambda path: path.write_bytes(b"thesis" * 1000), "is no database"),
    ("a folder", lambda path: path.mkdir(), "cannot be opened"),
    ("cut off", lambda path: path.write_bytes(path.read_bytes()[:9000]), "damaged"),
]


def schema_overwritten(path: Path) -> None:
    """Puts bytes that are no text over the names of the tables."""
    raw = path.read_bytes()
    path.write_bytes(raw[:16] + raw[16:4096].replace(b"TABLE", b"\xff\xfeBLE") + raw[4096:])


def rows_overwritten(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'["', b"\xff\xfe"))


@pytest.mark.parametrize(
    ("trouble", "said"), [t[1:] for t in TROUBLES], ids=[t[0] for t in TROUBLES]
)
def test_a_database_that_cannot_be_used_is_one_clear_line(
    trouble: object, said: str, tmp_path: Path
) -> None:
    exam, table = exam_of(tmp_path, 2)
    if said == "damaged":
        grade(exam, [table])
    assert callable(trouble)
    trouble(exam / "gradebook.sqlite")
    with pytest.raises(ExamgenError, match=said) as caught:
        grade(exam, [table])
    assert "\n" not in str(caught.value)


def test_a_locked_database_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exam, table = exam_of(tmp_path, 2)
    grade(exam, [table])
    monkeypatch.setattr("grader.store.database.BUSY_SECONDS", 0)
    other = sqlite3.connect(exam / "gradebook.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(ExamgenError, match="is locked by another program"):
            grade(exam, [table])
    finally:
        other.close()


def test_a_full_disk_is_one_clear_line(tmp_path: Path) -> None:
    with Store.of_folder(tmp_path) as store:
        given = Submission("p1", "s1", {"1a.size": "9" * 200_000})
        with store.database.connection("write") as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(ExamgenError, match="the disk is full"):
            store.keep([given])


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://localhost/x", "is no database URL"),
        ("nonsense", "is no database URL"),
        ("postgresql+psycopg://localhost:1/x", "cannot be used"),
    ],
)
def test_a_database_that_is_not_there_is_one_clear_line(url: str, said: str) -> None:
    with pytest.raises(ExamgenError, match=said):
        Database(url, "the database")


def test_writers_undo_what_they_could_not_finish(tmp_path: Path) -> None:
    with Store.of_folder(tmp_path) as store:
        with suppress(ExamgenError), store.database.connection("write") as connection:
            connection.exec_driver_sql("INSERT INTO exam VALUES ('mine')")
            connection.exec_driver_sql("INSERT INTO nothing VALUES (1)")
        with store.database.connection("read") as connection:
            assert connection.exec_driver_sql("SELECT * FROM exam").all() == []
