"""Modules that are found without being listed anywhere, so that one feature is one file."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING

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
