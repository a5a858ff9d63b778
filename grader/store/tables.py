"""The store's tables as they are now; `steps` says how they came to be."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import Column, Integer, MetaData, Table, Text
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Dialect

    Json: TypeAlias = str | int | bool | Sequence["Json"] | Mapping[str, "Json"] | None


def json_text(value: Json) -> str:
    r"""Return JSON that every database can hold: readable, with half characters and NUL escaped.

    >>> json_text("é\0"), json_text("é\ud800")
    ('"é\\u0000"', '"\\u00e9\\ud800"')
    """
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value)
    return text


class Written(TypeDecorator["Json"]):
    """A column of JSON, which comes back exactly as it was written."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Json, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write a value to the database; None is no value, not the JSON null."""
        return None if value is None else json_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Json:  # noqa: ARG002
        """Read a value from the database."""
        found: Json = None if value is None else json.loads(value)
        return found


class Flag(TypeDecorator[bool]):
    """Yes or no as 1 or 0, which SQLite and PostgreSQL hold alike."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int:  # noqa: ARG002, FBT001
        """Write a value to the database."""
        return int(bool(value))

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool:  # noqa: ARG002
        """Read a value from the database."""
        return bool(value)


METADATA = MetaData()


def _table(name: str, /, **columns: type) -> Table:
    types = {str: Text, int: Integer, bool: Flag, dict: Written}
    return Table(name, METADATA, *(Column(c, types[kind]) for c, kind in columns.items()))


EXAM = _table("exam", id=str)
SUBMISSION = _table("submission", id=str, paper=str, student=dict, sources=dict)
RESPONSE = _table("response", submission=str, answer=str, given=dict)
INTAKE = _table("intake", id=str, submissions=int)
INTAKE_SUBMISSION = _table("intake_submission", intake=str, submission=str)
RUN = _table("run", id=int, kind=str, intake=str, key=str, rules=str, options=dict, after=int)
PAPER = _table(
    "paper", run=int, place=int, paper=str, student=dict, name=dict, key=str, submission=str
)
VERDICT = _table(
    "verdict",
    run=int,
    paper_place=int,
    place=int,
    answer=str,
    verdict=str,
    mistake=str,
    marks=str,
    out_of=str,
    detail=dict,
)
RESULT = _table("result", id=int, run=int)
RULING = _table("ruling", run=int, target=str, paper=str, what=str, marks=str)
MARK = _table(
    "mark",
    id=int,
    paper=str,
    answer=str,
    response=str,
    marks=str,
    criteria=dict,
    remark=dict,
    marker=dict,
    second=bool,
    rubric=str,
    comments=dict,
    opinion=str,
)
APPEAL = _table(
    "appeal",
    id=int,
    paper=str,
    answer=str,
    response=str,
    reason=dict,
    received=str,
    marks=str,
    refused=str,
)
DECISION = _table("decision", appeal=int, paper=str, outcome=str, reason=dict, decider=dict)
PROPOSAL = _table(
    "proposal",
    id=int,
    paper=str,
    answer=str,
    response=str,
    rubric=str,
    criterion=int,
    evidence=dict,
    confidence=str,
    proposer=dict,
)
RUBRIC = _table("rubric", id=str, criteria=str)
LOG = _table("log", id=int, at=str, who=dict, what=dict)
