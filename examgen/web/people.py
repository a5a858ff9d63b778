"""People who may open the pages: a link for each, used once, and the cookie that it becomes."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass
class People:
    """The people who were let in, and the links that nobody has used yet.

    Attributes:
        tokens: the person of each link that is still unused.
        sessions: the person of each cookie.
    """

    tokens: dict[str, str] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock, repr=False)

    @classmethod
    def of(cls, names: Iterable[str]) -> People:
        """Return people of whom each gets a link."""
        return cls({secrets.token_urlsafe(32): name for name in names})

    def enter(self, token: str) -> str | None:
        """Return the cookie for a link, which is used up by it; None where it is not known."""
        with self._lock:
            found = _found(self.tokens, token)
            if found is None:
                return None
            cookie = secrets.token_urlsafe(32)
            self.sessions[cookie] = self.tokens.pop(found)
            return cookie

    def person(self, cookie: str) -> str | None:
        """Return whose cookie it is; None where it is nobody's."""
        found = _found(self.sessions, cookie)
        return None if found is None else self.sessions[found]


def _found(known: Mapping[str, str], secret: str) -> str | None:
    """Return the known secret that one equals; the time this takes does not tell how near it is."""
    same = (one for one in list(known) if hmac.compare_digest(one.encode(), secret.encode()))
    return next(same, None)
