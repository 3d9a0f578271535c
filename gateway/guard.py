"""What stands around every request: the last resort for errors, headers that keep browsers safe, one line of log."""

from __future__ import annotations

import time
import traceback
from pathlib import Path
from typing import Final

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.problems import respond
from schemas.errors import Defect

HEADERS: Final = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
}
"""Set where a route does not set its own."""

log = structlog.get_logger(__name__)


class Guard:
    """Wraps an app.

    Args:
        app: The app within.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answered = _Answered(send)
        began = time.monotonic()
        try:
            await self._app(scope, receive, answered)
        except Exception as error:  # noqa: BLE001 - the outermost border: everything becomes a problem
            log.error("request failed", error=type(error).__name__, place=_place(error))  # noqa: TRY400 - holds text
            if answered.status is None:
                place = f"{type(error).__name__} {_place(error)}"
                await respond(Defect(place))(scope, receive, answered)
        finally:
            _write_line(scope, answered.status, began)


class _Answered:
    """Passes the answer on, with the headers, and remembers its status."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status: int | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await self._send(message)


def _write_line(scope: Scope, status: int | None, began: float) -> None:
    """Log a request by its route, never with its query or headers: they may hold names and tokens."""
    route = getattr(scope.get("route"), "path", None)
    is_quiet = route is None or str(route).startswith(("/health", "/page"))
    (log.debug if is_quiet else log.info)(
        "request",
        method=scope["method"],
        route=route,
        status=status,
        elapsed_ms=round((time.monotonic() - began) * 1000),
    )


def _place(error: Exception) -> str:
    """Say where an error came from: file and line, never its message, which may quote the article."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else "somewhere"
