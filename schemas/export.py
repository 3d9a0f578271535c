"""The contract as JSON Schema 2020-12, made from the models."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from pydantic import BaseModel

from .article import Article
from .envelope import CloudEvent, Retraction
from .event import Event
from .failure import Failure
from .names import CE_EVENT, CE_FAILURE, CE_RESULT, CE_RETRACTED
from .result import Result

MAJOR = "v1"

MODELS: Mapping[str, type[BaseModel]] = {
    "article": Article,
    "event": Event,
    "failure": Failure,
    "result": Result,
    "retraction": Retraction,
}
MESSAGES: Mapping[str, tuple[type[BaseModel], str]] = {
    "event-message": (CloudEvent[Event], CE_EVENT),
    "failure-message": (CloudEvent[Failure], CE_FAILURE),
    "result-message": (CloudEvent[Result], CE_RESULT),
    "retraction-message": (CloudEvent[Retraction], CE_RETRACTED),
}


def json_schemas() -> dict[str, dict[str, Any]]:
    """Give every schema of the contract by its name, in alphabetical order."""
    schemas = {name: _schema(name, model) for name, model in MODELS.items()}
    for name, (model, type_name) in MESSAGES.items():
        schema = _schema(name, model)
        schema["title"] = name
        schema["properties"]["type"] = {"const": type_name, "description": "CloudEvents type.", "type": "string"}
        schemas[name] = schema
    return dict(sorted(schemas.items()))


def _schema(name: str, model: type[BaseModel]) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:depesche:{MAJOR}:{name}",
        **model.model_json_schema(),
    }


def as_text(schema: Mapping[str, Any]) -> str:
    """Write a schema as it stands in its file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def exported(name: str) -> str:
    """Read the exported file of a schema, as shipped.

    Raises:
        FileNotFoundError: No schema of that name is shipped.
    """
    return (files(__package__) / "jsonschema" / MAJOR / f"{name}.json").read_text(encoding="utf-8")
