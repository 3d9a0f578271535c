"""``/health``: whether the gateway lives, and whether the whole service is ready."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field
from starlette.responses import Response

from gateway.bootstrap import Parts
from gateway.documentation import answer, problems, reference
from gateway.errors import NotReady
from gateway.problems import respond
from gateway.requests import PartsDependency
from schemas.errors import DepescheError

router = APIRouter(prefix="/health", tags=["health"])


class Health(BaseModel):
    """How the service is."""

    status: Literal["live", "ready"]
    checks: dict[str, str] = Field(default_factory=dict, description="What was looked at, and what was found.")


@router.get(
    "/live",
    summary="Does the gateway live?",
    response_class=Response,
    responses={200: answer("It does.", reference("Health"), example={"status": "live", "checks": {}}), **problems()},
)
async def live() -> Response:
    """Say that this process answers; nothing else is asked, so an outage elsewhere does not restart it."""
    return _answer(Health(status="live"))


@router.get(
    "/ready",
    summary="Is the service ready?",
    response_class=Response,
    responses={200: answer("It takes articles, and works on them.", reference("Health")), **problems(s503="not_ready")},
)
def ready(parts: PartsDependency) -> Response:
    """Say whether Redis answers and is fit, a worker is alive, there is room for more articles, and most end well."""
    checks = {name: _look(look) for name, look in _looks(parts)}
    bad = ", ".join(f"{name}: {found}" for name, found in checks.items() if not found.startswith("ok"))
    if not bad:
        return _answer(Health(status="ready", checks=checks))
    return respond(NotReady(f"expected all checks to pass, found {bad}"), checks=checks)


def _looks(parts: Parts) -> list[tuple[str, Callable[[], str]]]:
    def broker() -> str:
        parts.monitor.check()
        return "ok"

    def workers() -> str:
        count = parts.monitor.workers()
        return f"ok, {count} alive" if count else "none alive"

    def queue() -> str:
        waiting, limit = parts.monitor.waiting(), parts.settings.gateway_max_waiting
        return f"ok, {waiting:,} waiting" if waiting < limit else f"full, {waiting:,} waiting"

    def failures() -> str:
        settings = parts.settings
        ends = parts.ledger.outcomes(window_s=settings.gateway_failure_window_s)
        is_bad = ends.bad >= settings.gateway_failure_least and ends.bad > settings.gateway_failure_share * ends.judged
        found = f"{ends.bad:,} of {ends.judged:,} articles failed in {settings.gateway_failure_window_s / 60:g} min"
        return f"too many, {found}" if is_bad else f"ok, {found}"

    return [("broker", broker), ("workers", workers), ("queue", queue), ("failures", failures)]


def _look(look: Callable[[], str]) -> str:
    try:
        return look()
    except DepescheError as error:
        return error.code


def _answer(health: Health) -> Response:
    return Response(health.model_dump_json(), media_type="application/json", headers={"cache-control": "no-store"})
