"""Opening the store's database: SQLite in the exam folder, or another one by its URL."""

from __future__ import annotations

import sqlite3
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from sqlalchemy import Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from examgen.ground.errors import ExamgenError
from grader.store.steps import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    Mode = Literal["read", "write"]

GRADEBOOK = "gradebook.sqlite"
BUSY_SECONDS = 60
_LOCK = 0x6578616D  # any number that no other program takes: "exam"
_NEWER = "was written by a newer version of examgen; update examgen"
_DAMAGED = "is damaged; restore it from a copy, or move it away and grade again"
_SQLITE_FAULTS = {
    sqlite3.SQLITE_BUSY: "is locked by another program; close it and run the command again",
    sqlite3.SQLITE_LOCKED: "is locked by another program; close it and run the command again",
    sqlite3.SQLITE_READONLY: "cannot be written; make the file and its folder writable",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; check that its folder exists and is writable",
    sqlite3.SQLITE_PERM: "cannot be opened; you have no permission for it",
    sqlite3.SQLITE_AUTH: "cannot be opened; you have no permission for it",
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: "is no database; move it away and grade again",
    sqlite3.SQLITE_FULL: "cannot grow: the disk is full; make room and run the command again",
    sqlite3.SQLITE_IOERR: "cannot be read or written: the disk fails or is full",
}


class Database:
    """The store's database, with its tables brought up to date."""

    def __init__(self, url: str | URL, shown: str) -> None:
        """Open a database.

        Raises:
            ExamgenError: it cannot be opened, is damaged, or is from a newer version.
        """
        self.shown = shown
        self._engine = self._opened(url)
        try:
            self._bring_up_to_date()
        except ExamgenError:
            self.close()
            raise

    def close(self) -> None:
        """Close the database."""
        self._engine.dispose()

    def compact(self) -> None:
        """Write the file anew, so that what was deleted is in it no more.

        Raises:
            ExamgenError: it is locked by another program.
        """
        if self._engine.dialect.name != "sqlite":
            return  # PostgreSQL's own VACUUM does it
        with self._clear("write"):
            connection = self._engine.raw_connection()
            try:
                for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                    connection.cursor().execute(statement)
            finally:
                connection.close()

    @contextmanager
    def connection(self, mode: Mode) -> Iterator[Connection]:
        """Open one transaction, which is done whole or not at all; writers wait for each other.

        Raises:
            ExamgenError: the database is locked, read-only, damaged, full or out of reach.
        """
        engine = self._engine.execution_options(writes=mode == "write")
        with self._clear(mode), engine.begin() as connection:
            if mode == "write" and connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            yield connection

    def _opened(self, url: str | URL) -> Engine:
        try:
            return _engine(make_url(url))
        except (NoSuchModuleError, ModuleNotFoundError) as error:
            how = "install it: pip install 'examgen-toolkit[postgres]'"
            raise ExamgenError(f"{self.shown}: its driver is missing; {how}") from error
        except (ArgumentError, ValueError) as error:
            example = "write postgresql+psycopg://user@host/database"
            raise ExamgenError(f"{self.shown} is no database URL; {example}") from error

    def _bring_up_to_date(self) -> None:
        with self.connection("read") as connection:
            version = _version(connection)
        if version > len(STEPS):
            raise ExamgenError(f"{self.shown} {_NEWER}")
        if version == len(STEPS):
            return
        with self.connection("write") as connection:
            for number in range(_version(connection), len(STEPS)):
                if number == 0:
                    connection.exec_driver_sql("CREATE TABLE step (number INTEGER PRIMARY KEY)")
                for statement in STEPS[number](connection.dialect.name):
                    connection.exec_driver_sql(statement)
                connection.execute(text("INSERT INTO step VALUES (:n)"), {"n": number + 1})

    @contextmanager
    def _clear(self, mode: Mode) -> Iterator[None]:
        """Say what is wrong with a database in one line; of damage, a reader sees nonsense."""
        try:
            yield
        except DBAPIError as error:
            raise ExamgenError(f"{self.shown} {_said(error)}") from error
        except SQLAlchemyError as error:
            raise ExamgenError(f"{self.shown}: {error}") from error
        except (sqlite3.Error, UnicodeError) as error:  # while it was being opened
            raise ExamgenError(f"{self.shown} {_DAMAGED}") from error
        except (TypeError, ValueError, LookupError) as error:
            if mode == "write":
                raise
            raise ExamgenError(f"{self.shown} {_DAMAGED}") from error


def _said(error: DBAPIError) -> str:
    if isinstance(error.orig, sqlite3.Error):
        code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
        return _SQLITE_FAULTS.get(code) or f"cannot be used: {error.orig}"
    first, *_ = str(error.orig).strip().splitlines() or [type(error.orig).__name__]
    return f"cannot be used: {first}"


def _version(connection: Connection) -> int:
    if not inspect(connection).has_table("step"):
        return 0
    return int(connection.exec_driver_sql("SELECT max(number) FROM step").scalar_one() or 0)


def _engine(url: URL) -> Engine:
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise ArgumentError(url.get_backend_name())
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # transactions are begun by `_begin` alone
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    _write_ahead(connection)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Set the journal's mode, for which SQLite does not wait where another program sets it too."""
    until = time.monotonic() + BUSY_SECONDS
    while not _is_write_ahead(connection, until):
        time.sleep(0.02)


def _is_write_ahead(connection: sqlite3.Connection, until: float) -> bool:
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
            raise
        return False
    return True


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
