"""Question files to begin with: a template of each kind in `templates/new`."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def starter_kinds() -> list[str]:
    """Return the kinds of question files that there are templates of."""
    names = (one.name for one in (files("templates") / "new").iterdir())
    return sorted(name.removesuffix(".tex") for name in names if name.endswith(".tex"))


def write_starter(path: Path, kind: str) -> None:
    """Write a question file of a kind, and the code beside it where its kind has some."""
    path.parent.mkdir(parents=True, exist_ok=True)
    title = path.stem.replace("_", " ").capitalize()
    for suffix in (".tex", ".py"):
        template = files("templates") / "new" / f"{kind}{suffix}"
        if template.is_file():
            text = template.read_text(encoding="utf-8")
            filled = text.replace("title: TITLE", f"title: {title}")
            filled = filled.replace("topic: TOPIC", f"topic: {path.parent.name}")
            path.with_suffix(suffix).write_text(filled, encoding="utf-8")
