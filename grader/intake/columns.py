"""Read `--columns map.yaml`, in which the user says what the column of a header holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examgen.ground.errors import Fault, InputError
from examgen.ground.files import read_regular
from grader.intake.formats.yaml_files import YamlFault, documents
from grader.intake.headers import Role
from grader.intake.pairs import Pairs
from grader.intake.platforms.base import fold_header
from grader.records.csv_tables import decode_table
from grader.records.submissions import excerpt

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from examgen.folder.key import PaperKey

_FIX = "write a line `Response 1: 1a.size` for each column"


def read_columns(path: Path, keys: tuple[PaperKey, ...]) -> Mapping[str, str]:
    """Read a mapping of headers to ids of answers or parts, or to words like `student`.

    Raises:
        InputError: it is no such mapping, or names what the exam does not have; all faults.
    """
    content = read_regular(path)
    if isinstance(content, Fault):
        raise InputError([content])
    try:
        found = list(documents(decode_table(content)[0]))
    except YamlFault as error:
        raise InputError([Fault(content.name, error.line, str(error), _FIX)]) from error
    pairs = found[0][1] if len(found) == 1 else None
    if not isinstance(pairs, Pairs):
        raise InputError([Fault(content.name, 1, "this is not one mapping", _FIX)])
    known = {fold_header(part.id) for key in keys for part in key.parts}
    known |= {fold_header(answer.id) for key in keys for answer in key.answers} | set(Role)
    columns = {name: value if isinstance(value, str) else "" for name, value in pairs}
    faults = [
        Fault(content.name, 1, f"{excerpt(value or name)} is no answer of this exam", _FIX)
        for name, value in columns.items()
        if fold_header(value) not in known
    ]
    if faults:
        raise InputError(faults)
    return columns
