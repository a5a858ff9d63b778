"""Reading the key of an exam folder: `key.jsonl`, one paper a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import ValidationError

from answers.key import SCHEMA, PaperKey
from grader.files import read_regular
from solvers.errors import Fault, InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_BYTES = 2**30
SAFE_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,63}")
_AGAIN = "make the exam folder again, or restore the file"


def read_keys(path: Path) -> tuple[PaperKey, ...]:
    """The keys of all papers.

    Raises:
        InputError: the file is missing, or lines of it are not keys; all of them at once.
    """
    content = read_regular(path, MAX_BYTES)
    if isinstance(content, Fault):
        raise InputError([Fault(content.file, 1, content.what, "name an exam folder")])
    keys: list[PaperKey] = []
    faults: list[Fault] = []
    papers: set[str] = set()
    for number, line in enumerate(content.raw.splitlines(), start=1):
        if line.strip():
            try:
                key = PaperKey.from_json(line)
            except ValidationError as error:
                faults.extend(Fault(path.name, number, text, _AGAIN) for text in _texts(error))
            else:
                faults.extend(
                    Fault(path.name, number, text, _AGAIN) for text in _wrong(key, papers)
                )
                keys.append(key)
                papers.add(key.paper)
    if not keys and not faults:
        faults.append(Fault(path.name, 1, "the key is empty", _AGAIN))
    if faults:
        raise InputError(faults)
    return tuple(keys)


def _texts(error: ValidationError) -> Iterator[str]:
    for item in error.errors(include_url=False, include_input=False)[:5]:
        place = ".".join(map(str, item["loc"]))
        yield f"{place}: {item['msg']}" if place else item["msg"]


def _wrong(key: PaperKey, before: set[str]) -> Iterator[str]:
    if key.schema != SCHEMA:
        yield f"the key has schema {key.schema}; this version of examgen reads {SCHEMA}"
    if not SAFE_ID.fullmatch(key.paper):
        yield f"{key.paper!r} cannot be a paper's id: letters, digits, dots, dashes only"
    if key.paper in before:
        yield f"the paper {key.paper!r} has a key already"
    ids = [answer.id for answer in key.answers]
    for twice in sorted({name for name in ids if ids.count(name) > 1}):
        yield f"the answer {twice!r} stands twice in the paper"
    for answer in key.answers:
        if answer.marks < 0:
            yield f"{answer.id} has negative marks"
