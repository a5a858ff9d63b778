r"""Landlock: a process that can open nothing but the TeX installation and its own folder.

pdfTeX can embed any file that the user can read (`\pdfobj stream file`), whatever its own settings
say. On Linux from 5.13 on, the kernel can forbid it, without privileges. The rule set is prepared
before the fork; between fork and exec only two system calls are left.
"""

from __future__ import annotations

import ctypes
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_CREATE, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_PATH_BENEATH, _NO_NEW_PRIVILEGES = 1, 38
_EVERYTHING = (1 << 13) - 1
_EXECUTE, _READ_FILE, _READ_DIR = 1, 4, 8
_FOLDERS = (
    "/usr", "/lib", "/lib64", "/bin", "/opt", "/etc/texmf", "/etc/alternatives", "/etc/fonts",
    "/var/lib/texmf", "/var/cache/fontconfig", "/Library/TeX",
)  # fmt: skip
_FILES = ("/etc/ld.so.cache",)


class _Ruleset(ctypes.Structure):
    _fields_ = [("handled_access_fs", ctypes.c_uint64)]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32)]


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def ruleset(folder: Path) -> int | None:
    """Return a rule set that allows reading the installation and everything in one folder.

    Returns:
        A file descriptor, to be closed by the caller; None where the kernel has no Landlock.
    """
    if sys.platform != "linux":
        return None
    libc = _libc()
    rules = _Ruleset(_EVERYTHING)
    found: int = libc.syscall(_CREATE, ctypes.byref(rules), ctypes.sizeof(rules), 0)
    if found < 0:
        return None
    for name in _FOLDERS:
        _allow(libc, found, name, _EXECUTE | _READ_FILE | _READ_DIR)
    for name in _FILES:
        _allow(libc, found, name, _READ_FILE)
    _allow(libc, found, str(folder), _EVERYTHING)
    return found


def _allow(libc: ctypes.CDLL, rules: int, name: str, access: int) -> None:
    try:
        place = os.open(name, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # not every system has every folder
    try:
        rule = _PathBeneath(access, place)
        libc.syscall(_ADD_RULE, rules, _PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(place)


def restrict(rules: int) -> None:
    """Apply a rule set to the calling process, for good."""
    libc = _libc()
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    if libc.syscall(_RESTRICT_SELF, rules, 0) != 0:
        raise OSError(ctypes.get_errno(), "landlock_restrict_self")


def available() -> bool:
    """Return whether the kernel has Landlock.

    >>> available() in {True, False}
    True
    """
    if sys.platform != "linux":
        return False
    version: int = _libc().syscall(_CREATE, None, 0, 1)
    return version > 0
