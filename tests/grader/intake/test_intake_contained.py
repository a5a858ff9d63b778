"""Whatever reading one file raises costs that file: it is named, waits, and the rest is graded."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from examgen.ground.errors import ExamgenError
from grader.intake import detect
from grader.intake.formats import archives
from tests.grader.handed_in import answers, said, taken, zipped
from tests.grader.intake.test_intake_pdf import HOW, whole
from tests.grader.pdf_files import form, written
from tests.grader.pdf_files import text as text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grader.intake.reading import Reading

GOOD = '{"student": "s0003", "answers": {"1a.size": "7x7x7"}}'
OURS = written(form(whole(**{"1a_size": text_of("48×48×128")})))


@pytest.mark.parametrize(
    "error",
    [MemoryError(), RecursionError("deep"), KeyError("/V"), OSError(5, "Input/output error"),
     UnicodeError("x"), AssertionError(), ImportError("cryptography")],
    ids=lambda error: type(error).__name__,
)  # fmt: skip
@pytest.mark.parametrize("place", ["read_pdf", "read_json", "read_table", "decode_table"])
def test_any_error_costs_one_file(
    error: Exception, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = getattr(detect, place)

    def failing(raw: object, *rest: Reading) -> object:
        if "bad" in str(raw) or "bad" in "".join(one.name for one in rest):
            raise error
        return real(raw, *rest)

    monkeypatch.setattr(detect, place, failing)
    files: dict[str, str | bytes] = {"bad.pdf": OURS, "bad.json": GOOD, "bad.csv": "student\n"}
    files |= {"good.json": GOOD}
    found = taken(tmp_path, files, HOW)
    assert answers(found, "p003")["1a.size"] == "7x7x7"
    own = [line for line in said(found).splitlines() if "reading this file failed" in line]
    assert own
    assert all(type(error).__name__ in line for line in own)
    assert len(found.waiting) >= len(own)


def test_a_file_in_an_archive_waits_with_its_sender(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(detect, "read_pdf", failing)
    download = zipped({
        "Student 1_31_assignsubmission_file/form.pdf": OURS,
        "Student 3_33_assignsubmission_file/a.json": GOOD,
    })  # fmt: skip
    found = taken(tmp_path, {"download.zip": download}, HOW)
    assert set(answers(found).values()) == {None}
    assert [(one.student, one.paper) for one in found.waiting] == [("s0001", "p001")]
    assert answers(found, "p003")["1a.size"] == "7x7x7"


def test_an_archive_that_fails_keeps_what_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = archives._zip_members

    def failing(*words: Any) -> Iterator[object]:  # noqa: ANN401
        yield from real(*words)
        raise RuntimeError("it turns out to be strange")

    monkeypatch.setattr(archives, "_zip_members", failing)
    found = taken(tmp_path, {"a.zip": zipped({"a.json": GOOD})}, HOW)
    assert answers(found, "p003")["1a.size"] == "7x7x7"
    assert "the archive is damaged: it turns out to be strange" in said(found)
    assert len(found.waiting) == 1


def test_a_full_disk_ends_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise ExamgenError("disk: cannot be written: no space left on device")

    monkeypatch.setattr(detect, "read_json", full)
    with pytest.raises(ExamgenError, match="no space left"):
        taken(tmp_path, {"a.json": GOOD})


def encrypted(raw: bytes, user: str, **how: int | bool) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        pdf.save(target, encryption=pikepdf.Encryption(owner="x", user=user, **how))  # type: ignore[arg-type]
    return target.getvalue()


LOCKS: list[tuple[str, dict[str, int | bool]]] = [
    ("AES-256", {"R": 6}),
    ("AES-128", {"R": 4}),
    ("RC4", {"R": 3, "aes": False, "metadata": False}),
]


@pytest.mark.parametrize("how", [lock[1] for lock in LOCKS], ids=[lock[0] for lock in LOCKS])
def test_an_encrypted_form_is_read_where_no_password_is_needed(
    how: dict[str, int | bool], tmp_path: Path
) -> None:
    files: dict[str, str | bytes] = {"a.pdf": encrypted(OURS, "", **how)}
    assert answers(taken(tmp_path, files, HOW))["1a.size"] == "48×48×128"
    files = {"b.pdf": encrypted(OURS, "secret", **how), "good.json": GOOD}
    found = taken(tmp_path, files, HOW)
    assert "b.pdf:1: the PDF is locked with a password" in said(found)
    assert answers(found, "p003")["1a.size"] == "7x7x7"


@pytest.mark.parametrize("name", ["JBIG2Decode", "Unheard"])
def test_a_field_that_cannot_be_unpacked_costs_itself(name: str, tmp_path: Path) -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(OURS)) as pdf:
        value = pdf.make_stream(b"\0\1nonsense", Filter=pikepdf.Name(f"/{name}"))
        pdf.Root.AcroForm.Fields[1].V = value
        pdf.save(target)
    found = answers(taken(tmp_path, {"a.pdf": target.getvalue()}, HOW))
    assert found["1a.size"] == "48×48×128"
    assert found["1a.parameters"] is None
    assert found["1b.area"] == ""
