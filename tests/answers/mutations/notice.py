"""Puts wrong rules in the place of right ones, and prints the first verdict that shows each.

Run in a process of its own, which has none of the judge when it begins: each rule is tried in a
fork of it.
"""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

# Loaded once, before the forks: nothing of these imports a module with rules.
import flint

import answers.syntax.latex_printer
import answers.syntax.parser
import solvers.graph.printing.notation
from tests.answers.cases import cases
from tests.answers.comparison.identities import IDENTITIES
from tests.answers.mutations.table import MUTATIONS, Mutation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.answers.cases import Option

    Case = tuple[str, str, str, str, dict[str, Option]]

LOADED = (
    flint,
    answers.syntax.parser,
    answers.syntax.latex_printer,
    solvers.graph.printing.notation,
)
ALIKE = "all verdicts are as they should be"


def source_of(module: str) -> Path:
    """Where a module below `answers` stands."""
    return Path("answers", *module.split(".")).with_suffix(".py")


def put_in_place(mutation: Mutation) -> None:
    """Makes a module from its text with another piece in it, before anything imports it."""
    path, name = source_of(mutation.module), f"answers.{mutation.module}"
    spec = importlib.util.spec_from_file_location(name, path.resolve())
    assert spec is not None
    made = sys.modules[name] = importlib.util.module_from_spec(spec)
    text = path.read_text(encoding="utf-8").replace(mutation.old, mutation.new)
    exec(compile(text, path.name, "exec"), vars(made))  # noqa: S102 - our own text


def all_cases() -> Iterator[Case]:
    """Identities, then the tables of formulas and numbers."""
    for left, right in IDENTITIES:
        yield "expression", "correct", left, right, {}
    for table in ("number", "expression", "equation"):
        for _, kind, verdict, expected, answer, options in cases():
            if kind == table:
                yield kind, verdict, expected, answer, options


def first_noticed() -> str:
    """The first case that is judged in another way."""
    from answers.judge import Options, judge  # noqa: PLC0415 - after a rule was put in place

    for kind, verdict, expected, answer, options in all_cases():
        try:
            found = judge(kind, expected, answer, Options.from_mapping({**options})).verdict.value
        except Exception as error:  # noqa: BLE001 - a rule that fails is noticed, too
            found = type(error).__name__
        if found != verdict:
            return f"{kind}: {expected} | {answer}: {found}"
    return ALIKE


def main() -> None:
    """Prints a line for the rules as they are, and one for each wrong one."""
    for mutation in (None, *MUTATIONS):
        if not os.fork():
            if mutation is not None:
                put_in_place(mutation)
            print(first_noticed(), flush=True)
            os._exit(0)
        os.wait()


if __name__ == "__main__":
    main()
