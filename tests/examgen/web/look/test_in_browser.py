"""A person at the pages, in Chromium: a made-up class on paper is settled, and graded as its truth.

The pages are driven by keys alone.
"""

from __future__ import annotations

import json
import shutil
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

pytest.importorskip("playwright")
pytest.importorskip("zxingcpp")

import uvicorn
from playwright.sync_api import Page, expect, sync_playwright

from examgen.simulation.folder import class_of, simulate
from examgen.simulation.scans.stack import INK, write_stacks
from examgen.simulation.truth import compare
from examgen.web.look import verdicts
from examgen.web.look.look import views_of
from examgen.web.look.views import Views
from examgen.web.people import People
from generator.exams.exam_file import read_exam
from generator.folder.make import Job, make
from generator.pdf.pdflatex import engine
from generator.variants.assemble import copies
from grader.grade import grade
from grader.scan.scan import scan, sum_up
from tests.conftest import CHROMIUM, TAGS, axe_source
from tests.examgen.web.look.scanned import QuickWorkers

pytestmark = [
    pytest.mark.tex,
    pytest.mark.skipif(engine() is None, reason="no TeX engine is installed"),
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium"),
]
EXAM = """course: c
title: t
code: tiny
layout: worksheet
questions: [{title: Counting, parts: [own/count]}]
"""
QUESTION = r"""---
title: Weights
vary: {k: [3, 5, 7, 9], c: [16, 32, 64, 128]}
values: {n: k**2 * c, m: 2 * n}
answers:
  n: {integer: n, marks: 2}
  m: {integer: m, marks: 2}
  kind: {choice: dense, marks: 1, options: [dense, sparse, neither]}
mistakes:
  once: {n: k * c, says: the kernel is squared, share: 1/2}
---
A filter of \V{k} rows has \V{c} channels. Give its weights. \answer{n}

Give the weights of two such filters. \answer{m}

Which kind is it? \answer{kind}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two papers that a made-up class wrote on, as they come from a scanner."""
    place = tmp_path_factory.mktemp("tiny")
    (place / "own").mkdir()
    (place / "own" / "count.tex").write_text(QUESTION)
    (place / "exam.yaml").write_text(EXAM)
    found = place / "tiny"
    make(Job(read_exam(place / "exam.yaml"), "1", copies(2), found, pdf="yes", workers=1))
    made = simulate(found, "3").folder
    papers = ((one.paper, one.handed_in[0]) for one in class_of(found, "3"))
    write_stacks(found, papers, made, "3")
    return found


def truth(folder: Path) -> Mapping[tuple[int, str], str]:
    """What is written in the boxes, by the number of the image and the answer."""
    lines = map(json.loads, (folder / "simulated" / INK).read_text().splitlines())
    return {
        (line["number"], name): meant["text"]
        for line in lines
        for name, meant in line["meant"].items()
    }


@contextmanager
def served(views: Views) -> Iterator[str]:
    """Serve the pages from a thread, and give Grace's link."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port, people = listening.getsockname()[1], People.of(["Grace"])
        (token,) = people.tokens
        config = uvicorn.Config(views.site().application(people, port), log_level="warning")
        server = uvicorn.Server(config)
        thread = Thread(target=server.run, args=([listening],))
        thread.start()
        try:
            yield f"http://127.0.0.1:{port}/enter?token={token}"
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def browsed(link: str, faults: list[str]) -> Iterator[Page]:
    """Open a link in Chromium; what the console or a script complains of is a fault."""
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        shown = browser.new_page()
        shown.on("console", lambda message: faults.append(message.text))
        shown.on("pageerror", lambda error: faults.append(str(error)))
        shown.goto(link)
        expect(shown.get_by_text("From a mark back to the ink")).to_be_visible()
        yield shown
        browser.close()


def assert_accessible(shown: Page, *names: str) -> None:
    """Nothing of WCAG 2 AA is violated on pages, and none is wider than a phone."""
    source = axe_source()
    for name in names:
        shown.goto(shown.url.rpartition("/")[0] + name)
        shown.set_viewport_size({"width": 390, "height": 844})
        assert shown.evaluate("document.documentElement.scrollWidth") <= 390
        shown.set_viewport_size({"width": 1280, "height": 900})
        if source is not None:
            shown.evaluate(source)
            found = shown.evaluate("tags => axe.run({runOnly: tags})", TAGS)
            assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
            assert len(found["passes"]) > 10


def confirm_sheets(shown: Page, name: str) -> None:
    """Say of what a rule decided that it is right, screen by screen."""
    shown.goto(shown.url.rpartition("/")[0] + name)
    while shown.locator(".crop").count():
        for picture in shown.locator(".crop img").all():
            expect(picture).to_have_js_property("complete", value=True)
        before = shown.locator(".crop").count()
        shown.keyboard.press("Enter")
        expect(shown.locator(".crop")).not_to_have_count(before)


def confirm_keys(shown: Page, written: Mapping[tuple[int, str], str]) -> list[str]:
    """Take out what is not written as its key, and confirm the rest; return the confirmed keys."""
    shown.goto(shown.url.rpartition("/")[0] + "/keys")
    confirmed = []
    for box in shown.locator(".out").all():
        image, name, letter, text = (
            box.get_attribute(f"data-{what}") or ""
            for what in ("image", "answer", "letter", "text")
        )
        if written[int(image.partition("#")[2]), name].replace(",", "").strip() == text:
            confirmed.append(text)
        else:
            shown.keyboard.press(letter)
    for picture in shown.locator(".crop img").all():
        expect(picture).to_have_js_property("complete", value=True)
    shown.keyboard.press("Enter")
    expect(shown.get_by_text("Everything here is confirmed")).to_be_visible()
    return confirmed


def leave_covers_blank(shown: Page) -> None:
    """Say of covers that may have something elsewhere that nobody is named on them."""
    shown.goto(shown.url.rpartition("/")[0] + "/people")
    while shown.locator("#cover").count():
        before = shown.locator("h2").text_content() or ""
        shown.keyboard.press("Enter")
        expect(shown.get_by_role("heading", name=before)).to_have_count(0)


def type_answers(shown: Page, written: Mapping[tuple[int, str], str]) -> int:
    """Type what is written in each box; return how many keys it took."""
    shown.goto(shown.url.rpartition("/")[0] + "/typing")
    keys, now = 0, shown.locator(".row.now")
    while True:
        expect(now.or_(shown.get_by_text("Nothing is left here"))).to_be_visible()
        if not now.count():
            return keys
        image, name = (now.get_attribute(f"data-{what}") or "" for what in ("image", "answer"))
        keys += answer(shown, now, written[int(image.partition("#")[2]), name])
        done = shown.locator(f'.row.now[data-image="{image}"][data-answer="{name}"]')
        expect(done).to_have_count(0)


def answer(shown: Page, row: Any, text: str) -> int:  # noqa: ANN401 - a locator
    """Answer a row by the fewest keys; return how many."""
    for proposed in row.locator("[data-text]").all():
        if proposed.get_attribute("data-text") == text:
            shown.keyboard.press(proposed.get_attribute("data-key"))
            return 1
    if not text.strip():
        shown.keyboard.press("b")
        return 1
    shown.keyboard.press("t")
    shown.keyboard.type(text)
    expect(row.locator(".verdict")).not_to_be_empty()
    shown.keyboard.press("Enter")
    return len(text) + 2


def test_what_is_typed_at_the_pages_is_graded_as_the_truth(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verdicts, "Workers", QuickWorkers)
    exam, faults = shutil.copytree(folder, tmp_path / "tiny"), list[str]()
    scan(exam, [exam / "simulated" / "scans"])
    with views_of(exam, (), 1) as views, served(views) as link, browsed(link, faults) as shown:
        assert_accessible(shown, "/", "/blanks", "/keys", "/typing", "/people")
        confirm_sheets(shown, "/blanks")
        confirm_sheets(shown, "/ticks")
        # 10,368 is as its key; " 160 " is typed, 80 and 2304 are mistakes, a key each
        assert confirm_keys(shown, truth(exam)) == ["10368"]
        assert type_answers(shown, truth(exam)) == 9
        leave_covers_blank(shown)
        assert_accessible(shown, "/ink?paper=001&answer=1a.n")
    assert faults == []
    assert sum_up(exam).waiting == 0
    found = compare(exam / "simulated", grade(exam, [exam / "scans"]).folder)
    # What was confirmed is stored as the key that a person saw, not letter by letter.
    assert [
        (one.written.text, one.marked and one.marked.text, one.marked and one.marked.verdict)
        for one in found.differences
    ] == [("10,368", "10368", "correct")]
    assert found.papers == 2
