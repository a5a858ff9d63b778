"""A site: the pages of a room, with their own scripts and style sheets, nothing from outside."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from examgen.ground.html.script_words import script_words
from examgen.ground.html.templates import environment, named_source, script_json
from examgen.ground.translator import ENGLISH, Translator
from examgen.web.guard import Guard

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request

    from examgen.web.people import People

ROOM = "web"
BASE = tuple(f"{ROOM}/{name}" for name in ("base.css", "base.js", "icon.svg"))
SAY = "shared/say.js"
_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


@dataclass(frozen=True)
class Site:
    """The pages of a room of `templates`.

    Attributes:
        room: where its templates, scripts and style sheets are.
        routes: what it answers.
        own: the scripts and style sheets, which pages have as `/own/NAME`.
        shown: what every page is given, by name.
        say: the language of the pages.
    """

    room: str
    routes: Sequence[Route]
    own: Sequence[str] = ()
    shown: Mapping[str, object] = field(default_factory=dict)
    say: Translator = ENGLISH

    @property
    def files(self) -> Sequence[str]:
        """Return the scripts and style sheets of its pages."""
        return (*BASE, SAY, *self.own)

    def application(self, people: People, port: int) -> Guard:
        """Return the site, closed to all but these people."""
        app = Starlette(
            routes=[*self.routes, Route("/own/{name}", self._file)],
            exception_handlers={HTTPException: _say},
        )
        app.state.templates = environment(self.room, {})
        scripts = " ".join(name for name in self.files if name.endswith(".js"))
        known = script_json(script_words(self.room, scripts, self.say))
        app.state.shown = {**self.shown, "_": self.say, "words": known}
        return Guard(app, people, port)

    def _file(self, request: Request) -> Response:
        """Return a script or style sheet; a name only ever picks one of those that are known."""
        known = {name.rpartition("/")[2]: name for name in self.files}
        name = known.get(request.path_params["name"])
        if name is None:
            raise HTTPException(404, "There is no such file.")
        return Response(named_source(self.room, name), media_type=_TYPES[name.rpartition(".")[2]])


def page(request: Request, template: str, **shown: object) -> HTMLResponse:
    """Return a page of the site; what is put into it is escaped."""
    state = request.app.state
    known = {**state.shown, "person": request.state.person, **shown}
    return HTMLResponse(state.templates.get_template(template).render(known))


def _say(request: Request, error: Exception) -> Response:
    """Return what a page or a person is told that asked for what cannot be."""
    status, detail = (
        (error.status_code, error.detail) if isinstance(error, HTTPException) else (500, "")
    )
    if request.method == "POST":
        return JSONResponse({"error": detail}, status)
    response = page(request, f"{ROOM}/problem.html.j2", detail=detail)
    response.status_code = status
    return response
