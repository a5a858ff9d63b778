"""The base of all pages: who is let in, what is refused, and what every answer carries."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Mapping

import pytest

pytest.importorskip("httpx2")

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from examgen.ground.errors import ToolError
from examgen.web.leases import Leases
from examgen.web.messages import MAX_BYTES, Sent, read_message
from examgen.web.people import People
from examgen.web.serving import serve
from examgen.web.site import Site, page

PORT = 8123
HERE = f"http://127.0.0.1:{PORT}"
JSON = {"content-type": "application/json", "origin": HERE}


class Word(Sent):
    text: str
    times: int = 1


async def repeat(request: Request) -> Response:
    word = await read_message(request, Word)
    return JSONResponse({"said": word.text * word.times, "by": request.state.person})


def greet(request: Request) -> Response:
    return page(request, "web/problem.html.j2", detail=request.query_params.get("text", ""))


SITE = Site("web", (Route("/", greet), Route("/repeat", repeat, methods=["POST"])))


def client_of(people: People) -> TestClient:
    return TestClient(SITE.application(people, PORT), base_url=HERE)


@pytest.fixture
def client() -> TestClient:
    """A person's browser that was let in."""
    people = People.of(["Grace"])
    (token,) = people.tokens
    own = client_of(people)
    assert own.get(f"/enter?token={token}").status_code == 200
    return own


def test_a_link_opens_one_browser_once() -> None:
    people = People.of(["Grace", "Alan"])
    first, second = people.tokens
    grace, stranger = client_of(people), client_of(people)
    assert grace.get("/").status_code == 403
    entered = grace.get(f"/enter?token={first}")
    cookie = entered.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert grace.get("/").status_code == 200
    assert stranger.get(f"/enter?token={first}").status_code == 403
    assert stranger.head(f"/enter?token={second}").status_code == 403
    assert stranger.get("/enter").status_code == 403
    forged = {b"cookie": f"examgen_{PORT}=\xfc".encode("latin-1")}
    assert stranger.get("/", headers=forged).status_code == 403
    assert stranger.get(f"/enter?token={second}").status_code == 200
    said = stranger.post("/repeat", json={"text": "a"}, headers=JSON)
    assert said.json() == {"said": "a", "by": "Alan"}


# what a request says of where it comes from, and what it gets
FROM: list[tuple[str, str, Mapping[str, str], int]] = [
    ("our page", "POST", {"origin": HERE}, 200),
    ("our page by its other name", "POST", {"origin": f"http://localhost:{PORT}"}, 200),
    ("no origin", "POST", {}, 403),
    ("another site", "POST", {"origin": "https://evil.example"}, 403),
    ("another port", "POST", {"origin": "http://127.0.0.1:1"}, 403),
    ("a sandboxed frame", "POST", {"origin": "null"}, 403),
    ("a name that was bent", "POST", {"origin": HERE, "host": f"evil.example:{PORT}"}, 421),
    ("another site that reads", "GET", {"origin": "https://evil.example"}, 403),
    ("a name that was bent, reading", "GET", {"host": "evil.example"}, 421),
    ("another port of this name, reading", "GET", {"host": "127.0.0.1:80"}, 421),
    ("a link", "GET", {}, 200),
]


@pytest.mark.parametrize(
    ("method", "headers", "status"), [f[1:] for f in FROM], ids=[f[0] for f in FROM]
)
def test_where_a_request_comes_from(
    method: str, headers: Mapping[str, str], status: int, client: TestClient
) -> None:
    path, body = ("/repeat", {"text": "a"}) if method == "POST" else ("/", None)
    assert client.request(method, path, json=body, headers=headers).status_code == status


def test_every_answer_is_closed(client: TestClient) -> None:
    for path, status in (("/", 200), ("/own/base.css", 200), ("/nowhere", 404)):
        answer = client.get(path)
        assert answer.status_code == status
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert "unsafe" not in policy
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert client_of(People()).get("/").headers["cache-control"] == "no-store"


def test_what_is_put_into_a_page_is_escaped(client: TestClient) -> None:
    text = client.get("/", params={"text": "<script>alert(1)</script>"}).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script>" not in text


NAMES = ["../base.css", "..%2Fbase.css", "web/base.css", "base.html.j2", "%2e%2e%2f__init__.py"]


@pytest.mark.parametrize("name", NAMES)
def test_only_known_files_are_given(name: str, client: TestClient) -> None:
    assert client.get(f"/own/{name}").status_code == 404


# what a page sends that it should not, and what it is told
SENT: list[tuple[str, bytes, str, int]] = [
    ("no JSON", b"text", "application/json", 400),
    ("another type", b"{}", "text/plain", 415),
    ("a form", b"text=a", "application/x-www-form-urlencoded", 415),
    ("a number for a text", b'{"text": 1}', "application/json", 400),
    ("a text for a number", b'{"text": "a", "times": "2"}', "application/json", 400),
    ("a key too many", b'{"text": "a", "path": "/etc"}', "application/json", 400),
    ("too long", json.dumps({"text": "a" * MAX_BYTES}).encode(), "application/json", 413),
    ("too deep", b"[" * 60_000, "application/json", 400),
    ("half a character", b'{"text": "\\ud800"}', "application/json", 400),
]


@pytest.mark.parametrize(
    ("body", "kind", "status"), [s[1:] for s in SENT], ids=[s[0] for s in SENT]
)
def test_what_is_no_message(body: bytes, kind: str, status: int, client: TestClient) -> None:
    answer = client.post("/repeat", content=body, headers={**JSON, "content-type": kind})
    assert answer.status_code == status
    assert answer.json()["error"]


def test_a_lease_ends_unless_its_person_goes_on() -> None:
    now = [0.0]
    leases = Leases(60, clock=lambda: now[0])
    assert leases.take(["a", "b"], "Grace", 2) == ["a", "b"]
    assert leases.take(["a", "b"], "Alan", 2) == []
    now[0] = 50
    leases.keep("Grace")
    now[0] = 100
    assert not leases.is_free("a", "Alan")
    leases.give_back(["b"])
    assert leases.take(["a", "b"], "Alan") == ["b"]
    now[0] = 111
    assert leases.take(["a", "b"], "Alan", 2) == ["a", "b"]
    assert not leases.is_free("a", "Grace")


def test_a_port_that_is_taken_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ToolError, match=f"port {port} cannot be used.*--port"):
            serve(SITE, ["Grace"], port, print)


RUN = """
import os, signal, threading, urllib.request
from examgen.web.serving import serve
from examgen.web.site import Site

def say(line):
    if "token" in line:
        link = line.partition(": ")[2]
        def visit():
            print(urllib.request.urlopen(link).status, link.partition("/enter")[0])
            os.kill(os.getpid(), signal.SIGINT)
        threading.Timer(0.1, visit).start()

serve(Site("web", ()), ["Grace"], 0, say)
print("ended")
"""


def test_ctrl_c_ends_a_server_that_is_reached_on_this_machine_only() -> None:
    words = [sys.executable, "-c", RUN]
    ran = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603
    first, *more = ran.stdout.splitlines()
    assert first.startswith("200 http://127.0.0.1:")
    assert (more, ran.stderr, ran.returncode) == (["ended"], "", 0)
