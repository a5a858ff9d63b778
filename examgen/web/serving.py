"""Running a site on this machine until Ctrl-C, for the people whose links are printed."""

from __future__ import annotations

import socket
from contextlib import suppress
from typing import TYPE_CHECKING

import uvicorn

from examgen.ground.errors import ToolError
from examgen.web.guard import ENTER
from examgen.web.people import People

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from examgen.web.site import Site

HERE = "127.0.0.1"
AT_ONCE, GRACE = 256, 3  # connections, and seconds for what is being answered when it ends


def serve(site: Site, names: Sequence[str], port: int, say: Callable[[str], None]) -> None:
    """Serve a site until Ctrl-C.

    Args:
        site: its pages.
        names: who may open it; each gets a link of their own.
        port: on which; 0 for any that is free.
        say: called with each line for the terminal.

    Raises:
        ToolError: the port is not free.
    """
    people = People.of(names)
    with _listening(port) as listening, suppress(KeyboardInterrupt):
        port = listening.getsockname()[1]
        for token, name in people.tokens.items():
            say(f"{name}: http://{HERE}:{port}{ENTER}?token={token}")
        say("Each link opens one browser, once. Ctrl-C ends; what was decided is kept.")
        config = uvicorn.Config(
            site.application(people, port),
            log_level="warning",
            access_log=False,  # links are secret
            server_header=False,
            limit_concurrency=AT_ONCE,
            timeout_graceful_shutdown=GRACE,
        )
        uvicorn.Server(config).run(sockets=[listening])


def _listening(port: int) -> socket.socket:
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HERE, port))
        listening.listen(AT_ONCE)  # who opens a link before the server answers waits for it
    except OSError as error:
        listening.close()
        why = (error.strerror or str(error)).lower()
        raise ToolError(f"port {port} cannot be used: {why}; choose another with --port") from error
    return listening
