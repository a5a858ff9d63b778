"""Messages of a page: JSON of a known shape, within limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.exceptions import HTTPException

if TYPE_CHECKING:
    from starlette.requests import Request

MAX_BYTES = 64 * 2**10


class Sent(BaseModel):
    """A message of a page: exactly the keys that are known, of exactly their types."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


_Sent = TypeVar("_Sent", bound=Sent)


async def read_message(request: Request, shape: type[_Sent]) -> _Sent:
    """Read what a page sent.

    Raises:
        HTTPException: it is no JSON of this shape, or too long.
    """
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise HTTPException(415, "JSON is expected")
    raw = bytearray()
    async for piece in request.stream():
        raw += piece
        if len(raw) > MAX_BYTES:
            raise HTTPException(413, f"more than {MAX_BYTES} bytes were sent")
    try:
        return shape.model_validate_json(bytes(raw))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise HTTPException(400, ": ".join(filter(None, (place, first["msg"])))) from error
