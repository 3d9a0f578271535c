"""Builds the gateway's web app."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version

from fastapi import FastAPI

from gateway.bootstrap import Parts
from gateway.guard import Guard
from gateway.observed import Observed
from gateway.openapi import document
from gateway.page import router as page
from gateway.problems import answer_with_problems
from gateway.routes import articles, contract, events, failures, health, metrics, overview, stream, submit


def create_app(parts: Parts) -> FastAPI:
    """Build the app around its parts; they start and stop with it.

    Args:
        parts: What it is made of; see ``gateway.bootstrap``.
    """

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        parts.start()
        try:
            yield
        finally:
            await parts.stop()

    # No /docs: its page loads scripts from elsewhere.
    app = FastAPI(title="Depesche", version=_version(), docs_url=None, redoc_url=None, lifespan=lifespan)
    app.state.parts = parts
    for each in (submit, articles, stream, events, failures, contract, health, metrics, overview, page):
        app.include_router(each.router)
    answer_with_problems(app)
    app.add_middleware(Guard)
    app.add_middleware(Observed, meter=parts.metrics.meter)
    app.openapi = lambda: document(app)  # type: ignore[method-assign]  # as FastAPI has it
    return app


def _version() -> str:
    try:
        return version("depesche")
    except PackageNotFoundError:
        return "0"
