r"""The tables of verdicts: one file for each kind, one case a line.

A case is `verdict ¦ expected ¦ answer ¦ option=value ¦ option=value`; a line that begins with `#`
is a heading: the rule that the cases below it follow from. `\n`, `\t` and `\uXXXX` stand for the
characters that a line cannot show. The kind is the name of the file.
"""

from __future__ import annotations

import re
from pathlib import Path

Option = str | list[str]
TABLES = Path(__file__).with_name("tables")
# What the judge should know and does not yet, each with the verdict that is wanted.
WANTED = Path(__file__).with_name("wanted")
ESCAPE = re.compile(r"\\(?:u([0-9A-F]{4})|([nt])(?![a-zA-Z]))")

LISTS = {"variables": ",", "choices": "|"}


def cases(folder: Path = TABLES) -> list[tuple[str, str, str, str, str, dict[str, Option]]]:
    """All cases: name, kind, verdict, expected, answer, options."""
    return [
        (f"{path.stem}:{number}", path.stem, *case(line))
        for path in sorted(folder.glob("*.txt"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if line and not line.startswith("#")
    ]


def case(line: str) -> tuple[str, str, str, dict[str, Option]]:
    """One line of a table."""
    verdict, expected, answer, *options = line.split(" ¦ ")
    pairs = (option.strip().split("=", 1) for option in options)
    given: dict[str, Option] = {
        name: value.split(LISTS[name]) if name in LISTS else value for name, value in pairs
    }
    return verdict.strip(), expected.strip(), ESCAPE.sub(_character, answer), given


def _character(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else {"n": "\n", "t": "\t"}[found[2]]
