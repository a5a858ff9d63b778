"""Code beside a question before any of it is run: its functions, and what it must not take.

That is whatever gives something else at every run, as chance and time do.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from examgen.ground.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

VARIANT, ORACLE = "variant", "oracle"
# Modules, and names in them, that give something else at every run.
_CHANGING = frozenset(
    {"random", "secrets", "uuid", "time", "datetime", "numpy.random", "os.urandom"}
)
_FIX = "take random numbers from draw: draw.integers(1, 6), draw.normal(50, 8, n=12), ..."
_WRITE = "write def oracle(...): it computes the answers from what is given, in another way"


@dataclass(frozen=True)
class Functions:
    """The functions of a file: the lines where they begin, and what the oracle takes.

    Attributes:
        variant: None where the question's values come from its front matter.
    """

    variant: int | None
    oracle: int
    takes: tuple[str, ...]


def read_functions(text: str, file: str) -> Functions | list[Fault]:
    """Return the functions of a file, or what is wrong with it."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        what = f"this is not Python: {getattr(error, 'msg', error)}"
        return [Fault(file, line, what, "mend it here")]
    faults = [Fault(file, line, what, _FIX) for line, what in _changing(tree)]
    found = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    variant, oracle = found.get(VARIANT), found.get(ORACLE)
    if oracle is None:
        return [*faults, Fault(file, 1, "there is no oracle to prove the answers by", _WRITE)]
    if variant is not None and [arg.arg for arg in variant.args.args] != ["draw"]:
        what = "variant takes draw and nothing else"
        faults.append(Fault(file, variant.lineno, what, "write def variant(draw):"))
    if oracle.args.vararg or oracle.args.kwarg or not _named(oracle):
        what = "oracle takes values of the question by their names"
        faults.append(Fault(file, oracle.lineno, what, "write def oracle(n, p):"))
    if faults:
        return faults
    line = None if variant is None else variant.lineno
    return Functions(line, oracle.lineno, tuple(_named(oracle)))


def _named(function: ast.FunctionDef) -> list[str]:
    return [arg.arg for arg in (*function.args.args, *function.args.kwonlyargs)]


def _changing(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the lines where something is taken that is another one at every run."""
    modules = {"numpy": "numpy", "np": "numpy", "os": "os"}
    for node in ast.walk(tree):
        for name in _taken(node, modules):
            if name in _CHANGING or any(name.startswith(f"{one}.") for one in _CHANGING):
                yield node.lineno, f"{name} gives other numbers at every run"  # type: ignore[attr-defined]
                break


def _taken(node: ast.AST, modules: dict[str, str]) -> list[str]:
    """Return the modules and names that a part of the file takes, by their whole names."""
    match node:
        case ast.Import(names=names):
            modules |= {one.asname: one.name for one in names if one.asname}
            return [one.name for one in names]
        case ast.ImportFrom(module=str(module), names=names):
            return [f"{module}.{one.name}" for one in names] + [module]
        case ast.Attribute(value=ast.Name(id=of), attr=attribute) if of in modules:
            return [f"{modules[of]}.{attribute}"]
        case _:
            return []
