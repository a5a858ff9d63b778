"""Names without their `_`: `Whx x1` for W_hx*x_1, `kBT` for k_B*T, `Lk0` for L*k0, `h_t-1`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from answers.ambiguities.base import COLLECTIONS, SYMBOLIC, Ambiguity, Reading
from answers.syntax.errors import Unreadable
from answers.syntax.functions.table import FUNCTIONS
from answers.syntax.normalize import normalize
from answers.syntax.vocabulary import CONSTANT_NAMES, GREEK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from answers.ambiguities.base import Setting

MOST_LETTERS = 24
_RUN = re.compile(r"(?<![A-Za-z0-9_\\])[A-Za-z][A-Za-z0-9_]*(?:\((\d+)\))?")
_OPEN_INDEX = re.compile(r"_(\w[-+]\d)(?![\w}])")


def _readings(text: str, setting: Setting) -> Iterator[Reading]:
    spellings = _spellings(setting.names)
    if not spellings:
        return
    try:
        clean = normalize(text)
    except Unreadable:
        return
    closed = _OPEN_INDEX.sub(r"_{\1}", clean)
    if closed != clean and any("-" in n or "+" in n for n in setting.names):
        yield Reading(closed, is_settled=True, how="with the whole index")
    plain = setting.names
    doubts: list[bool] = []
    changed = _RUN.sub(lambda found: _name(found, spellings, plain, doubts), clean)
    if changed != clean:
        yield Reading(changed, is_settled=not any(doubts), how="with the names of the question")


@lru_cache(1_024)
def _spellings(names: frozenset[str]) -> dict[str, str]:
    """Return the names by how they are written without `_`; only those that have one."""
    found = {}
    for name in sorted(names):
        if "_" in name or name[-1:].isdigit():
            found[name.replace("_", "").replace("{", "").replace("}", "")] = name
    return found


def _name(
    found: re.Match[str], spellings: dict[str, str], names: frozenset[str], doubts: list[bool]
) -> str:
    """Return a run of letters as known names; as it is where it is no row of them."""
    run = found[0]
    if run in names or run in FUNCTIONS or run in GREEK or run in CONSTANT_NAMES:
        return run
    if found[1] is not None:  # h(0) for h_0
        bare = run[: run.index("(")] + found[1]
        return spellings.get(bare, run)
    parts = _parts(run, spellings, names) if len(run) <= MOST_LETTERS else None
    if parts is None or (len(parts) > 1 and not any(part in spellings for part in parts)):
        return run
    if len(parts) == 1 and parts[0] == run and run not in spellings:
        return run
    doubts.append(all(letter in names for letter in run if letter.isalpha()) and run not in names)
    return "*".join(f"{spellings.get(part, part)}" for part in parts)


def _parts(run: str, spellings: dict[str, str], names: frozenset[str]) -> list[str] | None:
    """Return known names of which a run is made, the longest first; None where it is not."""
    if not run:
        return []
    for end in range(len(run), 0, -1):
        part = run[:end]
        if part in spellings or (part in names and len(part) == 1) or part.isdecimal():
            rest = _parts(run[end:], spellings, names)
            if rest is not None:
                return [part, *rest]
    return None


AMBIGUITY = Ambiguity(
    "glued_names",
    SYMBOLIC | COLLECTIONS,
    _readings,
    rank=32,
    occurs=_RUN,
    signs="a",
)
