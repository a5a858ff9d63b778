"""Modules that are found without being listed anywhere, so that one feature is one file."""

from __future__ import annotations

import importlib
import pkgutil
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from examgen.ground.errors import ExamgenError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType


def modules_below(package: ModuleType, without: tuple[str, ...] = ()) -> Iterator[ModuleType]:
    """Import and yield the modules of a package and of its folders.

    Args:
        package: the package.
        without: names in it, as `graph`, of modules and folders that are not imported.
    """
    prefix = f"{package.__name__}."
    for info in pkgutil.walk_packages(package.__path__, prefix):
        if not info.ispkg and info.name.removeprefix(prefix).partition(".")[0] not in without:
            yield importlib.import_module(info.name)


def load_entry_points(group: str) -> Iterator[tuple[str, object]]:
    """Import and yield what installed packages offer under a group of entry points, by its name.

    Raises:
        ExamgenError: a package offers what cannot be imported.
    """
    for point in sorted(entry_points(group=group), key=lambda one: (one.name, one.value)):
        try:
            yield point.name, point.load()
        except (ImportError, AttributeError) as error:
            what = f"the plugin {point.name} = {point.value} ({group}) cannot be loaded: {error}"
            raise ExamgenError(f"{what}; mend or uninstall its package") from error
