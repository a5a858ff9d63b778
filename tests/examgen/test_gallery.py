"""The gallery: it shows the whole bank, and is complete in itself."""

from __future__ import annotations

import re

import pytest

from examgen.gallery import gallery
from examgen.proof import bank
from examgen.proof.files import name_of


@pytest.fixture(scope="module")
def page() -> str:
    return gallery(bank())


def test_it_shows_every_question(page: str) -> None:
    for path in bank():
        assert f'<h2 id="{name_of(path)}">' in page


def test_it_needs_nothing_else(page: str) -> None:
    assert not re.search(r'(?:src|href)="(?!#)', page)
    assert page.count("<script") == page.count("script-src 'sha256-") == 1
    assert r"\frac" not in re.sub(r"<(code|pre)>.*?</\1>", "", page, flags=re.DOTALL)
