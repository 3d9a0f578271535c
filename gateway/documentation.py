"""Building blocks of the OpenAPI document: answers, problems, examples."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from gateway.problems import MEDIA_TYPE as PROBLEM
from schemas.failure_codes import FAILURE_CODES

JSON: Final = "application/json"

ARTICLE: Final[dict[str, Any]] = {
    "id": "bote-2025-11-05-17",
    "text": "Außenministerin Nora Feldt hat am Dienstag in Bern ihren Kollegen Luca Arnaud getroffen.",
    "published": "2025-11-05T09:30:00+01:00",
    "language": "de",
}

QUEUED: Final[dict[str, Any]] = {"id": ARTICLE["id"], "status": "queued", "revision": 1, "is_new": True}
"""The state of an article that was just handed in."""

LOCATION: Final = {"Location": {"description": "Where to ask for the result.", "schema": {"type": "string"}}}

_TITLES: Final = {
    400: "Bad request",
    401: "No valid token",
    403: "Not allowed",
    404: "Nothing under this id",
    405: "Not for this method",
    408: "The body did not arrive",
    409: "The text is no longer kept",
    413: "Too large",
    415: "Another media type",
    422: "Not what the contract says",
    429: "Too much is waiting; see Retry-After",
    500: "A fault of ours",
    503: "Redis is away or full; see Retry-After",
}


def reference(name: str) -> dict[str, str]:
    """Point to a schema of the document."""
    return {"$ref": f"#/components/schemas/{name}"}


def answer(
    description: str, schema: Mapping[str, Any], *, media_type: str = JSON, example: Any = None, **more: Any
) -> dict[str, Any]:
    """Describe an answer."""
    content: dict[str, Any] = {"schema": dict(schema)}
    if example is not None:
        content["example"] = example
    return {"description": description, "content": {media_type: content}, **more}


def problems(*statuses: int, **examples: str) -> dict[int | str, dict[str, Any]]:
    """Describe the problems of an operation; every operation may also fail by 500 and 503.

    Args:
        statuses: Of problems.
        examples: Code of an example, by ``s`` and the status, for instance ``s422="text_empty"``.
    """
    return {status: _problem(status, examples.get(f"s{status}")) for status in sorted({*statuses, 500, 503})}


def _problem(status: int, code: str | None) -> dict[str, Any]:
    content: dict[str, Any] = {"schema": reference("Problem")}
    if code is not None:
        entry = FAILURE_CODES[code]
        content["example"] = {
            "type": f"urn:depesche:problem:{code}",
            "title": entry.meaning,
            "status": status,
            "detail": entry.meaning,
            "code": code,
            "family": entry.family,
            "remedy": entry.remedy,
        }
    found: dict[str, Any] = {"description": _TITLES[status], "content": {PROBLEM: content}}
    if status in {429, 503}:
        found["headers"] = {
            "Retry-After": {"description": "When to try again, in seconds.", "schema": {"type": "integer"}}
        }
    return found
