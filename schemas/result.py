"""The result: everything found in one revision of one article."""

from __future__ import annotations

from typing import Annotated

from pydantic import AwareDatetime, Field, StringConstraints

from .article import ArticleInfo, Language
from .event import Event
from .model import SCHEMA_VERSION, NonEmpty, Open

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class ExtractorInfo(Open):
    """What made the result; equal values give equal events."""

    name: NonEmpty = "depesche"
    version: NonEmpty = Field(description="Version of the extractor; a new one may re-extract an article.")
    language_pack: NonEmpty = Field(description="Fingerprint of the language pack's data.")
    model: NonEmpty = Field(description="Name and fingerprint of the language pipeline.")


class Result(Open):
    """The events of one article and revision, in text order; the list may be empty."""

    schema_version: NonEmpty = SCHEMA_VERSION
    article_id: NonEmpty
    revision: int = Field(
        ge=1, description="1 for the first content under this id; counts up when the content changes."
    )
    content_hash: Sha256
    article: ArticleInfo
    language: Language
    events: tuple[Event, ...] = ()
    warnings: tuple[NonEmpty, ...] = ()
    extractor: ExtractorInfo
    extracted_at: AwareDatetime
    elapsed_ms: int = Field(ge=0)
