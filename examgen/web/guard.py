"""The guard of every request: it must come from this machine's own pages, and from a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from examgen.web.people import People

ENTER = "/enter"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
READING = {"GET", "HEAD"}
STRANGER = "Open this with the link that examgen printed; each link opens one browser, once.\n"
# A browser that followed a link from another site sends the cookie only with what the page itself
# asks for next.
_WELCOME = (
    '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>examgen</title>'
    '<link rel="icon" href="/own/icon.svg" type="image/svg+xml">'
    '<meta http-equiv="refresh" content="0; url=/"><p><a href="/">Go on</a></p></html>'
)


@dataclass(frozen=True)
class Guard:
    """Lets requests through to an application.

    Attributes:
        app: what answers them; `request.state.person` says whose they are.
        people: who may.
        port: on which it is reached.
    """

    app: ASGIApp
    people: People
    port: int

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            request = Request(scope)
            answer = self._refusal(request) or self._entrance(request) or self._known(request)
            await (answer or self.app)(scope, receive, _with_headers(send))

    @property
    def hosts(self) -> tuple[str, str]:
        """Return by what names the server may be called; others lead here by a trick."""
        return f"127.0.0.1:{self.port}", f"localhost:{self.port}"

    def _refusal(self, request: Request) -> Response | None:
        """Return why a request is none of our own pages; None where it is."""
        if request.headers.getlist("host") not in [[host] for host in self.hosts]:
            return PlainTextResponse("This server has another name.\n", 421)
        origins = request.headers.getlist("origin")
        ours = [[f"http://{host}"] for host in self.hosts]
        if origins not in ours and (origins or request.method not in READING):
            return PlainTextResponse("This was asked for by another site.\n", 403)
        return None

    def _entrance(self, request: Request) -> Response | None:
        """Return what somebody sees who comes with a link; None for all other requests."""
        if request.url.path != ENTER or request.method != "GET":
            return None
        cookie = self.people.enter(request.query_params.get("token", ""))
        if cookie is None:
            return PlainTextResponse(STRANGER, 403)
        answer = HTMLResponse(_WELCOME)
        answer.set_cookie(self._cookie, cookie, httponly=True, samesite="strict")
        return answer

    def _known(self, request: Request) -> Response | None:
        """Note whose request it is; return a refusal where it is nobody's."""
        person = self.people.person(request.cookies.get(self._cookie, ""))
        if person is None:
            return PlainTextResponse(STRANGER, 403)
        request.state.person = person
        return None

    @property
    def _cookie(self) -> str:
        return f"examgen_{self.port}"  # cookies of a machine are shared by all of its ports


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(HEADERS)
        await send(message)

    return sending
