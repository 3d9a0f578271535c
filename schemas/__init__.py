"""The contract of Depesche: what goes in, what comes out.

The package needs pydantic alone and imports only relatively, so a consumer may vendor it under a name of its own.
"""

from .article import Article, ArticleInfo, Language
from .catalogue import EVENT_TYPES, EventType
from .envelope import CloudEvent, Retraction
from .errors import Defect, DepescheError, Invalid, InvalidArticle, Transient
from .event import Cameo, Event, EventTime, Interval, Mention, Participant, Place, Plover, Source, Topic
from .failure import Failure
from .failure_codes import FAILURE_CODES, FailureCode
from .identity import article_id, content_hash, event_id
from .model import SCHEMA_VERSION, Extent, Span
from .reading import build_article, read_article
from .result import ExtractorInfo, Result

__all__ = [
    "EVENT_TYPES",
    "FAILURE_CODES",
    "SCHEMA_VERSION",
    "Article",
    "ArticleInfo",
    "Cameo",
    "CloudEvent",
    "Defect",
    "DepescheError",
    "Event",
    "EventTime",
    "EventType",
    "Extent",
    "ExtractorInfo",
    "Failure",
    "FailureCode",
    "Interval",
    "Invalid",
    "InvalidArticle",
    "Language",
    "Mention",
    "Participant",
    "Place",
    "Plover",
    "Result",
    "Retraction",
    "Source",
    "Span",
    "Topic",
    "Transient",
    "article_id",
    "build_article",
    "content_hash",
    "event_id",
    "read_article",
]
