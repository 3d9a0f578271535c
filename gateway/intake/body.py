"""Reads a request's body, never more of it than is allowed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Final, Literal

from starlette.requests import ClientDisconnect, Request

from gateway.errors import BodyTooLarge, MediaTypeUnsupported, RequestInvalid, RequestTimeout

ONE: Final = frozenset({"application/json"})
MANY: Final = frozenset({"application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines"})
DRAIN_BYTES: Final = 16 * 1024 * 1024
"""So much of a refused body is still read: a client that writes all before it reads would else see no answer."""


def kind_of_body(request: Request) -> Literal["one", "many"]:
    """Say by its media type whether a body holds one article or one a line.

    Raises:
        MediaTypeUnsupported: It is neither, not in UTF-8, or compressed.
    """
    media_type, _, parameters = request.headers.get("content-type", "").lower().partition(";")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise MediaTypeUnsupported("Content-Encoding: expected none, found one")
    if "charset=" in parameters and "utf-8" not in parameters and "utf8" not in parameters:
        raise MediaTypeUnsupported("Content-Type: expected UTF-8, found another charset")
    if media_type.strip() in ONE:
        return "one"
    if media_type.strip() in MANY:
        return "many"
    raise MediaTypeUnsupported("Content-Type: expected application/json or application/x-ndjson, found another")


async def read_pieces(request: Request, *, max_bytes: int, patience_s: float) -> AsyncIterator[bytes]:
    """Give the body piece by piece.

    Raises:
        BodyTooLarge: It is, or says that it is, longer than allowed.
        RequestTimeout: Nothing came for too long.
        RequestInvalid: The connection ended in the middle.
    """
    _check_length(request, max_bytes)
    size = 0
    pieces = aiter(request.stream())
    while True:
        try:
            async with asyncio.timeout(patience_s):
                piece = await anext(pieces)
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise RequestTimeout(f"expected the next piece of the body within {patience_s:g} s, found none") from None
        except ClientDisconnect:
            raise RequestInvalid("expected the whole body, found that the connection ended") from None
        size += len(piece)
        if size > max_bytes:
            raise BodyTooLarge(f"expected at most {max_bytes:,} bytes, found more")
        if piece:
            yield piece


async def read_body(request: Request, *, max_bytes: int, patience_s: float) -> bytes:
    """Give the whole body.

    Raises:
        BodyTooLarge: See ``read_pieces``.
        RequestTimeout: Likewise.
    """
    return b"".join([piece async for piece in read_pieces(request, max_bytes=max_bytes, patience_s=patience_s)])


async def drain(request: Request, *, patience_s: float = 2.0) -> None:
    """Read on for a while without keeping anything, so that the client gets to read the answer."""
    left = DRAIN_BYTES
    try:
        async with asyncio.timeout(patience_s):
            async for piece in request.stream():
                left -= len(piece)
                if left < 0:
                    return
    except (TimeoutError, ClientDisconnect, RuntimeError):
        return  # RuntimeError: the stream was read to its end already


def _check_length(request: Request, max_bytes: int) -> None:
    declared = request.headers.get("content-length", "")
    if declared.isascii() and declared.isdecimal() and int(declared[:18]) > max_bytes:
        raise BodyTooLarge(f"expected at most {max_bytes:,} bytes, found {int(declared[:18]):,}")
