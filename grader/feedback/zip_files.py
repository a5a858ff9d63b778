"""Files of many students in one zip, under names that nobody can abuse."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections import Counter
from typing import TYPE_CHECKING, BinaryIO

from examgen.folder.key_file import SAFE_ID
from examgen.ground.tables.labels import is_file_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MAX_NAME = 80
_FIRST_DATE = (1980, 1, 1, 0, 0, 0)  # of the zip format: equal content gives equal bytes
_FORBIDDEN = re.compile(r'[\\/:*?"<>|_\s]+')  # Moodle splits a name at each underscore


def file_stems(owners: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Return the stem of each paper's file: the student's id, else the paper's.

    Args:
        owners: the ids of student and paper.

    >>> file_stems([("ada", "001"), ("../x", "002"), ("Bob", "003"), ("bob", "004")])
    {'001': 'ada', '002': '002', '003': '003', '004': '004'}
    """
    pairs = list(owners)
    students = Counter(student.casefold() for student, _ in pairs)
    taken = {paper.casefold() for _, paper in pairs}
    stems = {}
    for student, paper in pairs:
        own = student.casefold()
        is_free = students[own] == 1 and (own not in taken or student == paper)
        is_safe = SAFE_ID.fullmatch(student) and is_file_name(student)
        stems[paper] = student if is_free and is_safe else paper
    return stems


def safe_name(name: str) -> str:
    r"""Return a person's name as a part of a file's name.

    >>> safe_name("../Ada_Lovelace\u202e"), safe_name("Ayşe Öztürk"), safe_name("/")
    ('Ada Lovelace', 'Ayşe Öztürk', 'student')
    """
    kept = "".join(c for c in name if c.isspace() or unicodedata.category(c)[0] not in "CZ")
    plain = _FORBIDDEN.sub(" ", unicodedata.normalize("NFC", kept)).strip(" .")
    return plain[:MAX_NAME].rstrip(" .") or "student"


def write_zip(target: BinaryIO, files: Iterable[tuple[str, bytes]]) -> None:
    """Write a zip of files by their names; equal files give equal bytes."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, _FIRST_DATE), content, zipfile.ZIP_DEFLATED)
