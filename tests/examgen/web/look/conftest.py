"""The pages of a small exam, and two people at them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.examgen.web.look.scanned import (
    HERE,
    PORT,
    ROSTER,
    Person,
    QuickWorkers,
    make_exam,
    scanned,
)

if TYPE_CHECKING:
    from examgen.web.look.views import Views


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return scanned(make_exam(tmp_path_factory.mktemp("made")))


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "quiz")


@pytest.fixture
def views(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Views]:
    # Imported here: without the extras, the tests themselves are skipped.
    from examgen.web.look import verdicts  # noqa: PLC0415
    from examgen.web.look.look import views_of  # noqa: PLC0415

    monkeypatch.setattr(verdicts, "Workers", QuickWorkers)
    with views_of(folder, ROSTER, 1) as found:
        yield found


@pytest.fixture
def people(views: Views) -> dict[str, Person]:
    from starlette.testclient import TestClient  # noqa: PLC0415

    from examgen.web.people import People  # noqa: PLC0415

    known = People.of(["Grace", "Alan"])
    app, found = views.site().application(known, PORT), {}
    for token, name in list(known.tokens.items()):
        client = TestClient(app, base_url=HERE)
        assert client.get(f"/enter?token={token}").status_code == 200
        found[name] = Person(client)
    return found


@pytest.fixture
def grace(people: dict[str, Person]) -> Person:
    return people["Grace"]
