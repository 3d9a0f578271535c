"""``/v1/events``: ask for events."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Query
from starlette.responses import Response

from gateway.documentation import answer, problems, reference
from gateway.index.query import EventQuery, read_cursor, read_moment
from gateway.index.store import Page
from gateway.requests import PartsDependency, Reader
from schemas.article import ArticleId
from schemas.catalogue import EventTypeName
from schemas.event import Country, Factuality

router = APIRouter(prefix="/v1/events", tags=["events"])

LARGEST_PAGE: Final = 500
_DATE: Final = "ISO 8601 date or date-time; without an offset it counts as UTC."


@router.get(
    "",
    summary="Ask for events",
    response_class=Response,
    responses={
        200: answer("A page of events, the one announced last first.", reference("EventPage")),
        **problems(400, 401, 403, s400="request_invalid"),
    },
)
def find_events(
    *,
    parts: PartsDependency,
    _token: Reader,
    type: Annotated[tuple[EventTypeName, ...], Query(description="Event types; one of them.")] = (),  # noqa: A002
    factuality: Annotated[tuple[Factuality, ...], Query(description="One of them.")] = (),
    participant: Annotated[
        str | None, Query(min_length=1, max_length=200, description="Words of a name, in any order.")
    ] = None,
    country: Annotated[
        Country | None, Query(description="ISO 3166-1 alpha-3, of a participant or of the place.")
    ] = None,
    article: Annotated[ArticleId | None, Query(description="Id of the article.")] = None,
    from_: Annotated[
        str | None, Query(alias="from", max_length=40, description=f"The event's time ends after it. {_DATE}")
    ] = None,
    to: Annotated[
        str | None, Query(max_length=40, description=f"The event's time begins before it, a date included. {_DATE}")
    ] = None,
    since: Annotated[str | None, Query(max_length=40, description=f"Announced since then. {_DATE}")] = None,
    cursor: Annotated[
        str | None, Query(max_length=100, description="The next_cursor of the page before; the rest as there.")
    ] = None,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE, description="Events on a page.")] = 50,
) -> Response:
    """Give the events that hold, as the CloudEvents they were announced with.

    An event without a time of its own is left out where `from` or `to` is given.
    """
    query = EventQuery(
        types=type,
        factualities=factuality,
        participant=participant,
        country=country,
        article_id=article,
        start=read_moment(from_, where="from") if from_ is not None else None,
        end=read_moment(to, where="to", is_end=True) if to is not None else None,
        since=read_moment(since, where="since") if since is not None else None,
        before=read_cursor(cursor) if cursor is not None else None,
        limit=limit,
    )
    return Response(_as_json(parts.index.find(query)), media_type="application/json")


def _as_json(page: Page) -> str:
    """Put the page together from the JSON that is kept; nothing is parsed."""
    cursor = "null" if page.next_cursor is None else f'"{page.next_cursor}"'
    return f'{{"events":[{",".join(page.bodies)}],"next_cursor":{cursor}}}'
