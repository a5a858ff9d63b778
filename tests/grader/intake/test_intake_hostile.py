"""Files made to do harm, or broken: each is named in one line, and everything else is taken in."""

from __future__ import annotations

import io
import json
import stat
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest

from grader.intake import reading
from grader.intake.formats import archives
from tests.grader.handed_in import answers, counts, said, taken, zipped

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

GOOD = '{"student": "s0003", "answers": {"1a.size": "7x7x7"}}'
ROW = "student,1a.size\ns0001,1x1\n"


def tarred(members: Mapping[str, str | bytes], mode: str = "w:gz") -> bytes:
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            data = content.encode() if isinstance(content, str) else content
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return raw.getvalue()


def tar_of(*infos: tarfile.TarInfo) -> bytes:
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as archive:
        for info in infos:
            archive.addfile(info)
    return raw.getvalue()


def special(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def zip_link() -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        info = zipfile.ZipInfo("link.csv")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    return raw.getvalue()


def zip_locked() -> bytes:
    raw = bytearray(zipped({"a.csv": ROW}))
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        raw[raw.index(mark) + place] |= 1
    return bytes(raw)


def zip_damaged() -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("a.csv", ROW)
    return raw.getvalue().replace(b"1x1", b"2x2")


def nested(depth: int, inner: str = ROW) -> bytes:
    raw: bytes = zipped({"a.csv": inner})
    for _ in range(depth):
        raw = zipped({"inner": raw})
    return raw


def yaml_bomb() -> str:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 20)]
    return "\n".join([*lines, "student: s0001", "answers: {1a.size: *a19}"])


# name, bytes, what is said of it
FILES: list[tuple[str, str | bytes, str]] = [
    ("a line of 100 MB", b"student,1a.size\ns0001," + b"9" * 100_000_000, "the file is too large"),
    ("NUL bytes", b"\0" * 5_000, "this is not a text"),
    ("NUL in an answer", "student,1a.size\ns0001,a\0b\n", "an answer holds NUL characters"),
    ("UTF-16 without its mark", ROW.encode("utf-16-le"), "this is not a text"),
    ("latin-1", "student,1a.size\ns0001,1µ1\n".encode("latin-1"), "this is not UTF-8"),
    ("a picture", b"\x89PNG\r\n\x1a\n", "this is a picture"),
    ("a workbook", zipped({"[Content_Types].xml": "<x/>"}), "this is an Office document"),
    ("XML entities", '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
     "this is a page (HTML or XML) that names no answer"),
    ("deep JSON", "[" * 100_000, ":1: the JSON is nested too deeply"),
    ("deep YAML", "answers: " + "[" * 1_000, "nest"),
    ("YAML tags", "student: s0001\nanswers: {1a.size: !!python/object/apply:os.system [id]}\n",
     ":2: this is not YAML that is read: the tag tag:yaml.org,2002:python/object/apply:os.system"),
    ("YAML anchors", yaml_bomb(), ":1: this is not YAML that is read: anchors and aliases are"),
    ("broken YAML", "student: s0001\nanswers: {1a.size: [}\n", ":2: this is not YAML"),
    ("a name that leads out", zipped({"../../a.csv": ROW}), "its name leads out of the archive"),
    ("an absolute name", zipped({"/etc/a.csv": ROW}), "its name leads out of the archive"),
    ("a name of Windows", zipped({"C:\\a.csv": ROW}), "its name leads out of the archive"),
    ("a tar that leads out", tarred({"../a.csv": ROW}), "its name leads out of the archive"),
    ("a link in a zip", zip_link(), "this is a link or a device"),
    ("a link in a tar", tar_of(special("a", tarfile.SYMTYPE, "/etc/passwd")),
     "this is a link or a device"),
    ("a device in a tar", tar_of(special("a", tarfile.CHRTYPE)), "this is a link or a device"),
    ("a pipe in a tar", tar_of(special("a", tarfile.FIFOTYPE)), "this is a link or a device"),
    ("a locked member", zip_locked(), "it is locked with a password"),
    ("a damaged member", zip_damaged(), "the member is damaged: Bad CRC-32"),
    ("a cut zip", zipped({"a.csv": ROW})[:60], "the archive is damaged"),
    ("a cut tar", tarred({"a.csv": ROW})[:60], "the archive is damaged"),
    ("a bomb", zipped({"a.csv": b"0" * 12_000_000}), "may be a bomb"),
    ("a bomb in a tar", tarred({f"{i}": b"0" * 2**22 for i in range(9)}, "w:xz"), "too much data"),
    ("archives in archives", nested(3), "archives are nested too deeply"),
    ("too many members", zipped({f"{i}.csv": "" for i in range(40)}), "it holds too many files"),
    ("many columns", "a," * 2**19, "more than 5,000 columns"),
    ("many bad rows", "student,1a.size\n" + "x,y,z\n" * 2_000, "too much wrong with this file"),
    ("many bad records", "[" + "1," * 2_000 + "1]", "too much wrong with this file"),
    ("many rows in a cell", 'student,1a.size\ns0001,"' + "a,b\n" * 2**18 + '"\n',
     "the answer has 1,048,576 characters"),
    ("many names twice", '{"answers": {' + '"a": 1, ' * 2_000 + '"a": 1}, "student": "s0001"}',
     "too much wrong with this file"),
    ("a page that never ends", "<p>" + "<a " * 2**18, "names no answer"),
    ("a page that is no page", "<p>" + "<![" * 2**18, "names no answer"),
    ("a YAML file of empty lines", "student: x\n" + "\n" * 2**16, "no column is called student"),
    ("a page", "<html><body>hello</body></html>", "names no answer"),
    ("terminal codes in a name", zipped({"\x1b[2J.csv": "x"}), "\\u001b[2J.csv"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "what"), [f[1:] for f in FILES], ids=[f[0] for f in FILES])
def test_it_is_named_and_the_rest_is_taken(
    raw: str | bytes, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MAX_TOTAL", 20 * 2**20)
    monkeypatch.setattr(archives, "MAX_MEMBERS", 30)
    monkeypatch.setattr(reading, "MAX_NOTICES", 1_000)
    found = taken(tmp_path, {"bad": raw, "good": GOOD})
    assert what in said(found)
    assert answers(found, "p003") == {"1a.size": "7x7x7"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad", "good"]


GOOD_FILES: list[tuple[str, str | bytes]] = [
    ("UTF-16", ROW.encode("utf-16")),
    ("YAML", "student: s0001\nanswers:\n  1a.size: 1x1\n"),
    ("YAML list", "# answers\n- student: 's0001'\n  answers: {1a.size: \"1x1\"}\n"),
    ("YAML documents",
     "---\nstudent: s0002\nanswers: {}\n---\nstudent: s0001\nanswers: {1a.size: 1x1}\n"),
    ("lines", "student: s0001\n1a.size: 1x1\n"),
    ("zip", zipped({"folder/x.pdf": ROW})),
    ("zip in a zip", nested(1)),
    ("tar", tarred({"x": ROW}, "w")),
    ("tar.gz", tarred({"x": ROW}, "w:gz")),
    ("tar.bz2", tarred({"x": ROW}, "w:bz2")),
    ("tar.xz", tarred({"x": ROW}, "w:xz")),
]  # fmt: skip


@pytest.mark.parametrize("raw", [f[1] for f in GOOD_FILES], ids=[f[0] for f in GOOD_FILES])
@pytest.mark.parametrize("name", ["a.csv", "a.json", "a"])
def test_the_name_of_a_file_means_nothing(name: str, raw: str | bytes, tmp_path: Path) -> None:
    found = taken(tmp_path, {name: raw})
    assert answers(found) == {"1a.size": "1x1"}
    assert said(found).count("\n") == 0


@pytest.mark.parametrize("text", ["0x10", "1_000", "null", "yes", "012", "1e3", "~", "2024-01-10"])
def test_yaml_is_texts_only(text: str, tmp_path: Path) -> None:
    found = taken(tmp_path, {"a": f"student: s0001\nanswers:\n  1a.size: {text}\n"})
    assert answers(found) == {"1a.size": text}


def test_rows_are_counted_for_an_archive_as_a_whole(tmp_path: Path) -> None:
    found = taken(
        tmp_path,
        {
            "class.zip": zipped({
                "1": GOOD,
                "2": GOOD,
                "3": json.dumps({"student": "s0009", "answers": {"1a.size": "5"}}),
                "4": b"\x89PNG",
                "5": "student: s0002\nanswers: {1a.size: 3}\n",
            })
        },
    )  # fmt: skip
    assert counts(found.files[0]) == {
        "imported": 2, "unmatched": 1, "duplicate": 1, "unreadable": 1,
    }  # fmt: skip
    assert found.files[0].formats == ("JSON", "another kind of file", "YAML")
