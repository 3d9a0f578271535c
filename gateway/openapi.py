"""The OpenAPI document: what FastAPI writes, with the schemas of the contract and without what does not hold."""

from __future__ import annotations

from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, Field
from pydantic.json_schema import models_json_schema

from gateway.articles import ArticleState
from gateway.problems import Problem
from gateway.routes.failures import FailureList, ListedFailure
from gateway.routes.health import Health
from gateway.routes.overview import Overview
from schemas.article import Article
from schemas.envelope import CloudEvent
from schemas.event import Event

DESCRIPTION: Final = """Reads news articles and gives back their events (meetings, talks, offers) as validated JSON.

Hand articles in with `POST /v1/articles`, ask for results with `GET /v1/articles/{id}`, for events with
`GET /v1/events`, and get events as they come from `GET /v1/events/stream`.

Every error is a problem (RFC 9457) with a stable `code`; `family` says whether another try may help."""

TAGS: Final = [
    {"name": "articles", "description": "Articles in, results out."},
    {"name": "events", "description": "The events that hold, and those announced now."},
    {"name": "failures", "description": "Articles that could not be processed."},
    {"name": "contract", "description": "The JSON Schemas of all that travels."},
    {"name": "health", "description": "For load balancers and supervisors."},
]


class EventPage(BaseModel):
    """A page of events, the one announced last first."""

    events: tuple[CloudEvent[Event], ...]
    next_cursor: str | None = Field(description="For the next page; null on the last.")


_MODELS: Final[tuple[type[BaseModel], ...]] = (
    Article,
    ArticleState,
    EventPage,
    FailureList,
    Health,
    ListedFailure,
    Overview,
    Problem,
)


def document(app: FastAPI) -> dict[str, Any]:
    """Write the document of an app, once."""
    if app.openapi_schema is None:
        written = get_openapi(
            title=app.title,
            version=app.version,
            description=DESCRIPTION,
            routes=app.routes,
            tags=TAGS,
            license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        )
        _add_schemas(written)
        _drop_generated_validation(written)
        app.openapi_schema = written
    return app.openapi_schema


def _add_schemas(written: dict[str, Any]) -> None:
    _, definitions = models_json_schema(
        [(model, "validation") for model in _MODELS], ref_template="#/components/schemas/{model}"
    )
    written["components"]["schemas"] = dict(sorted(definitions["$defs"].items()))


def _drop_generated_validation(written: dict[str, Any]) -> None:
    """FastAPI promises a 422 of its own wherever there are parameters; here these are problems with 400."""
    for path in written["paths"].values():
        for operation in path.values():
            content = operation["responses"].get("422", {}).get("content", {})
            if "application/json" in content:
                del operation["responses"]["422"]
