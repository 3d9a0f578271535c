"""Stands around every request and measures it: a count, a duration, and a span where tracing is on."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.metrics import DURATIONS, IN_PROGRESS, REQUESTS
from ledger.metrics import Meter
from ledger.tracing import CARRIED, span

METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
UNTRACED: Final = ("/health", "/metrics")
"""Asked for every few seconds, and of no interest."""


class Observed:
    """Wraps an app, its guard included.

    Args:
        app: The app within.
        meter: Takes the measurements.
    """

    def __init__(self, app: ASGIApp, meter: Meter) -> None:
        self._app = app
        self._meter = meter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        method = scope["method"] if scope["method"] in METHODS else "other"
        status = 500

        async def remember(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        began = time.perf_counter()
        self._meter.count(IN_PROGRESS)
        try:
            if scope["path"].startswith(UNTRACED):
                await self._app(scope, receive, remember)
            else:
                with span(
                    method, kind="server", parent=_came_with(scope), attributes={"http.request.method": method}
                ) as current:
                    await self._app(scope, receive, remember)
                    _describe(current, scope, method, status)
        finally:
            self._meter.count(IN_PROGRESS, by=-1)
            self._meter.count(REQUESTS, method, _route(scope), str(status))
            self._meter.observe(DURATIONS, time.perf_counter() - began, method, _route(scope))


def _describe(current: Any, scope: Scope, method: str, status: int) -> None:
    """Name the span by the route: paths and queries hold ids and names."""
    if current is None:
        return
    current.update_name(f"{method} {_route(scope)}")
    current.set_attribute("http.route", _route(scope))
    current.set_attribute("http.response.status_code", status)


def _route(scope: Scope) -> str:
    return str(getattr(scope.get("route"), "path", "") or "unmatched")


def _came_with(scope: Scope) -> Mapping[str, str]:
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    return {name: headers[name] for name in CARRIED if name in headers}
