"""What travels on the streams: CloudEvents 1.0 in structured JSON."""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

from pydantic import AwareDatetime, Field

from .model import NonEmpty, Open
from .names import CE_SOURCE

T = TypeVar("T", bound=Open)


class CloudEvent(Open, Generic[T]):
    """A CloudEvent around an event, a retraction, a result or a failure.

    Source: https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
    """

    specversion: Literal["1.0"] = "1.0"
    id: NonEmpty = Field(description="Unique per source; a consumer that has seen it may skip it.")
    source: NonEmpty = CE_SOURCE
    type: NonEmpty
    subject: NonEmpty = Field(description="The article id.")
    time: AwareDatetime
    datacontenttype: Literal["application/json"] = "application/json"
    data: T


class Retraction(Open):
    """An event of an earlier revision or extractor version no longer holds."""

    event_id: NonEmpty
    article_id: NonEmpty
    revision: int = Field(ge=1, description="The revision that the event belonged to.")
    replaced_by: int | None = Field(
        default=None,
        ge=1,
        description="The revision that takes its place; null when the article was deleted.",
    )
