"""The store in a PostgreSQL server: the same code, the same content as in SQLite."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from examgen.ground.errors import ExamgenError
from grader.grade import grade
from grader.store.database import Database
from grader.store.personal import delete_rows, papers_of, rows_of
from tests.grader.store.test_store import exam_of, start

if TYPE_CHECKING:
    from collections.abc import Iterator

pytest.importorskip("psycopg")
QUERIES = [
    "SELECT * FROM submission ORDER BY id",
    "SELECT * FROM response ORDER BY submission, answer",
    "SELECT * FROM paper ORDER BY run, place",
    "SELECT * FROM verdict ORDER BY run, paper_place, place",
    "SELECT who, what FROM log ORDER BY id",
]


def program(name: str) -> str | None:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The URL of a server that runs for these tests, where one is installed."""
    initdb, control = program("initdb"), program("pg_ctl")
    if not (initdb and control):
        pytest.skip("no PostgreSQL server is installed")
    folder = tempfile.mkdtemp(prefix="examgen-postgres-")
    as_user: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        shutil.chown(folder, "postgres")
        as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    run([*as_user, initdb, "--auth=trust", "--username=examgen", "-E", "UTF8", f"{folder}/data"])
    options = f"-k {folder} -c listen_addresses="
    server = [*as_user, control, "-D", f"{folder}/data", "-w"]
    run([*server, "-l", f"{folder}/log", "-o", options, "start"])
    yield f"postgresql+psycopg://examgen@/postgres?host={folder}"
    run([*server, "-m", "immediate", "stop"])
    shutil.rmtree(folder)


def run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")  # noqa: S603


@pytest.fixture
def url(server: str) -> str:
    """A schema of its own on the server."""
    database = Database(server, "the server")
    with closing(database), database.connection("write") as connection:
        connection.exec_driver_sql("DROP SCHEMA IF EXISTS exam CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA exam")
    return f"{server}&options=-csearch_path%3Dexam"


FIRST = "SELECT student FROM submission ORDER BY paper LIMIT 1"


def content(url: str) -> list[list[tuple[object, ...]]]:
    database = Database(url, "the store")
    with closing(database), database.connection("read") as connection:
        return [[tuple(r) for r in connection.exec_driver_sql(query)] for query in QUERIES]


def test_postgres_holds_what_sqlite_holds(url: str, tmp_path: Path) -> None:
    exam, table = exam_of(tmp_path, 20)
    table.write_text(table.read_text().replace("what?", "\u202e é"))
    first = list(grade(exam, [table]).papers)
    assert list(grade(exam, [table], database=url).papers) == first
    assert content(url) == content(f"sqlite:///{exam}/gradebook.sqlite")


def test_two_runs_at_once_on_a_server(url: str, tmp_path: Path) -> None:
    exam, table = exam_of(tmp_path, 40)
    processes = [start(exam, str(table), "--database", url) for _ in range(2)]
    assert [process.wait() for process in processes] == [0, 0]
    grade(exam, [table])
    assert content(url) == content(f"sqlite:///{exam}/gradebook.sqlite")


def test_a_run_that_was_killed_goes_on(url: str, tmp_path: Path) -> None:
    exam, table = exam_of(tmp_path, 40)
    for _ in range(3):
        process = start(exam, str(table), "--database", url)
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.7)
        process.kill()
        process.wait()
    grade(exam, [table], database=url)
    grade(exam, [table])
    assert content(url) == content(f"sqlite:///{exam}/gradebook.sqlite")


@pytest.mark.parametrize("table", ["response", "verdict", "log"])
def test_rows_are_never_changed(table: str, url: str, tmp_path: Path) -> None:
    exam, answers = exam_of(tmp_path, 3)
    grade(exam, [answers], database=url)
    database = Database(url, "the store")
    with (
        closing(database),
        pytest.raises(ExamgenError, match="never changed"),
        database.connection("write") as connection,
    ):
        connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608


def test_a_person_is_deleted_and_rows_are_guarded_again(url: str, tmp_path: Path) -> None:
    exam, answers = exam_of(tmp_path, 3)
    grade(exam, [answers], database=url)
    with closing(Database(url, "the store")) as database:
        with database.connection("read") as connection:
            student = json.loads(connection.exec_driver_sql(FIRST).scalar_one())
        (paper,) = papers_of(database, student)
        assert delete_rows(database, student, (paper,)) > 3
        assert not any(rows_of(database, student, (paper,)).values())
        with (
            pytest.raises(ExamgenError, match="never changed"),
            database.connection("write") as connection,
        ):
            connection.exec_driver_sql("DELETE FROM verdict")
