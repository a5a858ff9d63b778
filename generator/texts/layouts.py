"""The layouts of papers: those that come with examgen, and those of other packages."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING

from examgen.ground.errors import ExamgenError
from examgen.ground.plugins import load_entry_points

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

PLUGINS = "examgen.layouts"  # entry points of packages that hold NAME.tex.j2
OWN = ("exam", "worksheet")
_SUFFIX = ".tex.j2"


@cache
def layout_files() -> Mapping[str, Traversable]:
    """Return the templates of whole papers by the names of their layouts.

    >>> list(layout_files())[:2]
    ['exam', 'worksheet']

    Raises:
        ExamgenError: a plugin has a layout of a name that is taken.
    """
    room = files("templates") / "papers"
    taken = {item.name for item in room.iterdir()}
    found = {name: room / f"{name}{_SUFFIX}" for name in OWN}
    for plugin, package in load_entry_points(PLUGINS):
        inside = files(package).iterdir() if isinstance(package, ModuleType) else ()
        for item in sorted(inside, key=lambda one: one.name):
            if not item.name.endswith(_SUFFIX):
                continue
            if item.name in taken:
                what = f"the plugin {plugin} has a layout {item.name}, which is taken; rename it"
                raise ExamgenError(what)
            taken.add(item.name)
            found[item.name.removesuffix(_SUFFIX)] = item
    return MappingProxyType(found)


def template_text(name: str) -> str:
    """Return a layout, or a template that layouts include, by its place below `templates`."""
    layout = name.removeprefix("papers/").removesuffix(_SUFFIX)
    if name.startswith("papers/") and layout in layout_files():
        return layout_files()[layout].read_text("utf-8")
    return (files("templates") / name).read_text("utf-8")
