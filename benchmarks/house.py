"""The structure of the house: siblings that import each other, crowded folders, circles.

    python -m benchmarks.house

Each import counts once, between the two siblings below the nearest folder that holds both modules.
It fails where a figure is over its bar.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PACKAGES = ("examgen", "generator", "grader", "answers", "solvers", "templates")
MOST_SIBLINGS = 15
MOST_PAIRS = {"answers": 50, "grader": 46, "generator": 20}


def modules(root: Path = Path()) -> dict[str, Path]:
    """Return the modules of the packages by their dotted names."""
    paths = (path for name in PACKAGES for path in sorted((root / name).rglob("*.py")))
    return {_dotted(path.relative_to(root)): path for path in paths}


def _dotted(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> Iterator[str]:
    """Give the dotted names that a file imports, also those for types alone."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def sibling_pairs(known: Mapping[str, Path]) -> dict[str, set[tuple[str, str]]]:
    """Return, by folder, the pairs of what lies in it of which one imports the other."""
    pairs = defaultdict(set)
    for name, path in known.items():
        for other in set(imports(path)) & known.keys():
            ours, theirs = name.split("."), other.split(".")
            same = next(
                (i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), 0
            )
            if same:
                pairs[".".join(ours[:same])].add((ours[same], theirs[same]))
    return dict(pairs)


def circles(pairs: set[tuple[str, str]]) -> set[str]:
    """Return the siblings that lie on a circle of imports."""
    left = {name for pair in pairs for name in pair}
    while True:
        used = {b for a, b in pairs if a in left and b in left}
        users = {a for a, b in pairs if a in left and b in left}
        if left == (left := used & users):
            return left


def crowded_folders(known: Mapping[str, Path]) -> dict[str, int]:
    """Return the folders with too many modules side by side."""
    counts = Counter(str(p.parent) for p in known.values() if p.name != "__init__.py")
    return {folder: count for folder, count in counts.items() if count > MOST_SIBLINGS}


def main() -> int:
    """Print the figures; return 1 where one is over its bar."""
    known = modules()
    pairs = sibling_pairs(known)
    faults = []
    for name in PACKAGES:
        count, most = len(pairs.get(name, ())), MOST_PAIRS.get(name)
        bar = "" if most is None else f" (at most {most})"
        print(f"{name}: {count} pairs of siblings import each other{bar}")
        if most is not None and count > most:
            faults.append(name)
    for folder, count in crowded_folders(known).items():
        faults.append(folder)
        print(f"{folder}: {count} modules side by side (at most {MOST_SIBLINGS})")
    for folder, found in sorted(pairs.items()):
        if on_circle := circles(found):
            faults.append(folder)
            print(f"{folder}: a circle of imports through {', '.join(sorted(on_circle))}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
