"""The grammar of answers, from the docstrings of the functions that read it.

Run: python -m benchmarks.grammar, which writes docs/grammar.md
"""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING

from answers.syntax import arithmetic, names, numerals, parser
from examgen.ground.record import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

    from answers.syntax.cursor import Cursor
    from answers.syntax.names import FunctionName
    from answers.syntax.nodes import Node

PAGE = Path(__file__).parents[1] / "docs" / "grammar.md"
MODULES = (parser, arithmetic, numerals, names)
_RULE = re.compile(r"^(\w+) *:= .*(?:\n +\| .*)*", re.MULTILINE)
_HEAD = """# The grammar of answers

How the judge reads plain text, Unicode and LaTeX. `python -m benchmarks.grammar` writes this page
from the docstrings of the functions that read each rule; a test compares it with them.

`"="` is a sign, `[a]` is optional, `{a}` is repeated zero or more times, `a | b` is one of both. In
capitals are tokens that have a meaning of their own: a NUMBER and its first DIGIT; a VARIABLE, a
CONSTANT, a FUNCTION of `answers/syntax/functions/table.py`, or one that is UNKNOWN, such as f; the
name of an environment for a MATRIX. A command of LaTeX for a sign, such as `\\cdot` or `\\cup`, is
that sign. How a text is split into tokens is in `answers/syntax/tokenizer.py`.
"""


@record
class Rule:
    """One rule of the grammar, and the function that reads it."""

    name: str
    text: str
    says: str
    function: Callable[[Cursor], Node | FunctionName]


def rules(module: ModuleType) -> Iterator[Rule]:
    """Give the rules of a module in its order."""
    for function in vars(module).values():
        if not inspect.isfunction(function) or function.__module__ != module.__name__:
            continue
        documented = inspect.getdoc(function) or ""
        for found in _RULE.finditer(documented):
            yield Rule(found[1], found[0], documented.partition("\n")[0], function)


def page() -> str:
    """Return the page with all rules."""
    return _HEAD + "".join(map(_section, MODULES))


def _section(module: ModuleType) -> str:
    documented = inspect.getdoc(module) or ""
    title, _, rest = documented.partition("\n\n")
    lines, said = [], ""
    for rule in rules(module):
        lines += [] if rule.says == said else ["", f"    # {rule.says}"]
        lines += [f"    {line}" for line in rule.text.splitlines()]
        said = rule.says
    return f"\n## {title.rstrip('.')}\n\n{rest}\n" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
