"""The history of the store's tables: numbered steps, each applied once and never changed.

A new step is added at the end. The steps are plain SQL for SQLite and PostgreSQL; `{number}` is a
column that numbers its rows. Rows of every table are only ever added: triggers refuse the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

TABLES = (
    "submission",
    "response",
    "intake",
    "intake_submission",
    "run",
    "paper",
    "verdict",
    "result",
    "ruling",
    "mark",
    "log",
    "exam",
    "rubric",
    "proposal",
    "appeal",
    "decision",
)
_OF_FIRST = TABLES[:12]
_FIRST = """
CREATE TABLE exam (id TEXT PRIMARY KEY);
CREATE TABLE submission (
    id TEXT PRIMARY KEY,
    paper TEXT NOT NULL,
    student TEXT NOT NULL,
    sources TEXT NOT NULL
);
CREATE TABLE response (
    submission TEXT NOT NULL REFERENCES submission (id),
    answer TEXT NOT NULL,
    given TEXT NOT NULL,
    PRIMARY KEY (submission, answer)
);
CREATE TABLE intake (id TEXT PRIMARY KEY, submissions INTEGER NOT NULL);
CREATE TABLE intake_submission (
    intake TEXT NOT NULL,
    submission TEXT NOT NULL REFERENCES submission (id),
    PRIMARY KEY (intake, submission)
);
CREATE TABLE run (
    id {number},
    kind TEXT NOT NULL,
    intake TEXT NOT NULL REFERENCES intake (id),
    key TEXT NOT NULL,
    rules TEXT NOT NULL,
    options TEXT NOT NULL,
    after INTEGER NOT NULL,
    UNIQUE (kind, intake, key, rules, options, after)
);
CREATE TABLE paper (
    run INTEGER NOT NULL REFERENCES run (id),
    place INTEGER NOT NULL,
    paper TEXT NOT NULL,
    student TEXT NOT NULL,
    name TEXT NOT NULL,
    key TEXT NOT NULL,
    submission TEXT REFERENCES submission (id),
    PRIMARY KEY (run, place),
    UNIQUE (run, paper)
);
CREATE TABLE verdict (
    run INTEGER NOT NULL,
    paper_place INTEGER NOT NULL,
    place INTEGER NOT NULL,
    answer TEXT NOT NULL,
    verdict TEXT NOT NULL,
    mistake TEXT NOT NULL,
    marks TEXT,
    out_of TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (run, paper_place, place),
    FOREIGN KEY (run, paper_place) REFERENCES paper (run, place)
);
CREATE TABLE result (id {number}, run INTEGER NOT NULL REFERENCES run (id));
CREATE TABLE ruling (
    run INTEGER NOT NULL REFERENCES run (id),
    target TEXT NOT NULL,
    paper TEXT NOT NULL,
    what TEXT NOT NULL,
    marks TEXT,
    PRIMARY KEY (run, target, paper)
);
CREATE TABLE mark (
    id {number},
    paper TEXT NOT NULL,
    answer TEXT NOT NULL,
    response TEXT NOT NULL,
    marks TEXT NOT NULL,
    criteria TEXT NOT NULL,
    remark TEXT NOT NULL,
    marker TEXT NOT NULL,
    second INTEGER NOT NULL
);
CREATE INDEX mark_of ON mark (paper, answer);
CREATE TABLE log (
    id {number},
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL
);
"""
_SQLITE_GUARD = """
CREATE TRIGGER {table}_{event} BEFORE {event} ON {table}
BEGIN SELECT RAISE(ABORT, 'rows of this store are never changed'); END
"""
_POSTGRES_FUNCTION = """
CREATE FUNCTION examgen_refuse() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'rows of this store are never changed'; END $$ LANGUAGE plpgsql
"""
_POSTGRES_GUARD = """
CREATE TRIGGER {table}_{event} BEFORE {event} ON {table}
FOR EACH ROW EXECUTE FUNCTION examgen_refuse()
"""
_EVENTS = ("UPDATE", "DELETE")
_NUMBER = {
    "sqlite": "INTEGER PRIMARY KEY AUTOINCREMENT",
    "postgresql": "INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
}


def _first(dialect: str) -> tuple[str, ...]:
    tables = _FIRST.format(number=_NUMBER[dialect]).split(";")[:-1]
    return (
        *tables,
        *(() if dialect == "sqlite" else (_POSTGRES_FUNCTION,)),
        *set_guards(dialect, _OF_FIRST),
    )


def _rubrics(dialect: str) -> tuple[str, ...]:
    """Return the statements by which a mark says by which criteria it was given."""
    return (
        "ALTER TABLE mark ADD COLUMN rubric TEXT",
        "ALTER TABLE mark ADD COLUMN comments TEXT",
        "CREATE TABLE rubric (id TEXT PRIMARY KEY, criteria TEXT NOT NULL)",
        *set_guards(dialect, ("rubric",)),
    )


def _opinions(_: str) -> tuple[str, ...]:
    """Return the statement by which a mark says whose opinion it is, of more than two."""
    return ("ALTER TABLE mark ADD COLUMN opinion TEXT",)


def _proposals(dialect: str) -> tuple[str, ...]:
    """Return the statements by which proposals from outside are kept beside the marks."""
    return (
        f"""CREATE TABLE proposal (
            id {_NUMBER[dialect]},
            paper TEXT NOT NULL,
            answer TEXT NOT NULL,
            response TEXT NOT NULL,
            rubric TEXT NOT NULL,
            criterion INTEGER NOT NULL,
            evidence TEXT NOT NULL,
            confidence TEXT NOT NULL,
            proposer TEXT NOT NULL
        )""",
        "CREATE INDEX proposal_of ON proposal (paper, answer)",
        *set_guards(dialect, ("proposal",)),
    )


def _appeals(dialect: str) -> tuple[str, ...]:
    """Return the statements by which appeals are kept, and what became of each."""
    return (
        f"""CREATE TABLE appeal (
            id {_NUMBER[dialect]},
            paper TEXT NOT NULL,
            answer TEXT NOT NULL,
            response TEXT NOT NULL,
            reason TEXT NOT NULL,
            received TEXT NOT NULL,
            marks TEXT NOT NULL,
            refused TEXT NOT NULL
        )""",
        """CREATE TABLE decision (
            appeal INTEGER PRIMARY KEY REFERENCES appeal (id),
            paper TEXT NOT NULL,
            outcome TEXT NOT NULL,
            reason TEXT NOT NULL,
            decider TEXT NOT NULL
        )""",
        "CREATE INDEX appeal_of ON appeal (paper, answer)",
        *set_guards(dialect, ("appeal", "decision")),
    )


def set_guards(dialect: str, tables: Sequence[str] = TABLES) -> tuple[str, ...]:
    """Return the statements after which rows of these tables are never changed."""
    guard = _SQLITE_GUARD if dialect == "sqlite" else _POSTGRES_GUARD
    return tuple(guard.format(table=table, event=event) for table in tables for event in _EVENTS)


def lift_guards(dialect: str) -> tuple[str, ...]:
    """Return the statements that undo those of `set_guards`."""
    of_table = "" if dialect == "sqlite" else " ON {table}"
    lift = "DROP TRIGGER {table}_{event}" + of_table
    return tuple(lift.format(table=table, event=event) for table in TABLES for event in _EVENTS)


STEPS = (_first, _rubrics, _opinions, _proposals, _appeals)
