"""Permissions of what a command writes: for the owner alone or, if asked for, a group too.

Keys, rosters, answers and marks are secret. While a command works on an exam folder, every
file that it creates, also those of a database and of other programs, is closed to other accounts.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import update_wrapper
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Given = ParamSpec("Given")
Result = TypeVar("Result")

OWNER, GROUP = 0o077, 0o027  # what is taken away: files get 0600 or 0640, folders 0700 or 0750
_OWN_BITS, _OTHERS_BITS, _GROUP_READS = 0o700, 0o077, 0o050


@contextmanager
def private(*, group: bool = False) -> Iterator[None]:
    """Create files and folders that other accounts cannot read.

    Args:
        group: whether the owner's group may read them.
    """
    before = os.umask(OWNER)
    os.umask((before & _OWN_BITS) | (GROUP if group else OWNER))
    try:
        yield
    finally:
        os.umask(before)


def is_for_group(folder: Path) -> bool:
    """Return whether an exam folder, or the one around it, is open to the owner's group alone."""
    there = next(one for one in (folder, *folder.absolute().parents) if one.is_dir())
    return there.stat().st_mode & _OTHERS_BITS == _GROUP_READS


def keeps_private(
    work: Callable[Concatenate[Path, Given], Result],
) -> Callable[Concatenate[Path, Given], Result]:
    """Let a function that works on an exam folder create files as private as the folder is."""

    def work_privately(folder: Path, /, *args: Given.args, **more: Given.kwargs) -> Result:
        with private(group=is_for_group(folder)):
            return work(folder, *args, **more)

    return update_wrapper(work_privately, work)
