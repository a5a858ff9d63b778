"""What tests share: how many examples Hypothesis draws, and what axe-core says of a page.

`HYPOTHESIS_PROFILE=fuzz` looks longer than CI does.
"""

from __future__ import annotations

import gc
import html
import importlib.util
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import settings

from grader.processes.pool import Workers
from tests.in_process import InlinePool, InlineWorkers

settings.register_profile("ci", max_examples=200, deadline=None)
settings.register_profile("fuzz", max_examples=20_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "google-chrome", "chrome"))), None)
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """<script>%s</script><script>axe.run({runOnly: %s}).then((found) => {
  document.body.innerHTML = "<pre id=found></pre>";
  document.getElementById("found").textContent = JSON.stringify(
    [found.passes.length, found.violations.map((v) => [v.id, v.nodes.map((n) => n.html)])]);
});</script></body>"""


def axe_source() -> str | None:
    """Return the source of axe-core, as a package of PyPI carries it."""
    spec = importlib.util.find_spec("axe_playwright_python")
    places = spec.submodule_search_locations if spec is not None else None
    return (Path(places[0]) / "axe.min.js").read_text(encoding="utf-8") if places else None


def _found(page: str, script: str, folder: Path) -> str:
    """What a script leaves in `<pre id="found">` of a page, in headless Chromium."""
    assert CHROMIUM is not None
    open_page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    copy = folder / "page.html"
    copy.write_text(open_page.replace("</body>", script), encoding="utf-8")
    words = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=60000"]
    words += [f"--user-data-dir={folder / 'profile'}", "--dump-dom", copy.as_uri()]
    shown = subprocess.run(  # noqa: S603 - the browser by its path
        words, capture_output=True, text=True, check=True, timeout=120
    ).stdout
    found = re.search(r'<pre id="found">(.*?)</pre>', shown, re.DOTALL)
    assert found, shown[:2_000]
    return html.unescape(found[1])


def _violations(page: str, folder: Path) -> tuple[int, list[object]]:
    """How many rules hold for a page, and what violates the others."""
    passes, violated = json.loads(_found(page, RUN % (axe_source(), json.dumps(TAGS)), folder))
    return passes, violated


def pytest_collection_finish() -> None:
    """Keeps the collector from walking thousands of tests while an answer is judged."""
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _in_process() -> Iterator[None]:
    """Let this process do what processes of their own do: each takes a second to begin."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("examgen.ground.processes.ProcessPoolExecutor", InlinePool)
        patch.setattr("grader.grade.Workers", InlineWorkers)
        yield


@pytest.fixture(autouse=True)
def _in_processes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let processes of their own work where that is what a test is about."""
    if "processes" in request.keywords:
        monkeypatch.setattr("examgen.ground.processes.ProcessPoolExecutor", ProcessPoolExecutor)
        monkeypatch.setattr("grader.grade.Workers", Workers)


Browser: TypeAlias = Callable[[str, str], str]


@pytest.fixture
def browser(tmp_path: Path) -> Browser:
    """Runs a script on a page and gives what it leaves in `<pre id="found">`."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium")
    return lambda page, script: _found(page, script, tmp_path)


Violations: TypeAlias = Callable[[str], tuple[int, list[object]]]


@pytest.fixture
def violations(tmp_path: Path) -> Violations:
    """Gives how many rules of WCAG 2 AA hold for a page, and what violates the others."""
    if CHROMIUM is None or axe_source() is None:
        pytest.skip("there is no Chromium, or no axe-core")
    return lambda page: _violations(page, tmp_path)
