"""The catalogue of event types: what each means and which roles and stages it has, read from data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import Annotated, Any, Self

from pydantic import Field, PlainValidator, ValidationError, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from .errors import Defect
from .model import Closed, NonEmpty


class CatalogueBroken(Defect):
    """A file of the catalogue does not keep its form; the installation is broken."""

    default_code = "data_file_invalid"


class Labels(Closed):
    """What a person reads, by language."""

    de: NonEmpty
    en: NonEmpty


class EventType(Closed):
    """An event type of the ontology."""

    name: NonEmpty
    description: NonEmpty
    roles: tuple[NonEmpty, ...] = Field(min_length=1)
    default_role: NonEmpty
    stages: tuple[NonEmpty, ...] = ()
    labels: Labels

    @model_validator(mode="after")
    def _default_role_is_listed(self) -> Self:
        if self.default_role not in self.roles:
            msg = f"default_role {self.default_role!r} is not among the roles"
            raise ValueError(msg)
        return self


def load_event_types() -> Mapping[str, EventType]:
    """Read every file of ``event_types/``, by name in alphabetical order.

    Raises:
        CatalogueBroken: A file is not valid; the message names the file and the key. A retry does not help.
    """
    found = {}
    folder = files(__package__) / "event_types"
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            event_type = _read(file.name, file.read_text(encoding="utf-8"))
            found[event_type.name] = event_type
    return MappingProxyType(found)


def _read(file_name: str, text: str) -> EventType:
    try:
        event_type = EventType.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise CatalogueBroken(f"event_types/{file_name}: not valid TOML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "file"
        raise CatalogueBroken(f"event_types/{file_name}: {where}: {first['msg']}") from error
    if f"{event_type.name}.toml" != file_name:
        raise CatalogueBroken(f"event_types/{file_name}: name: expected the file's own name, found {event_type.name!r}")
    return event_type


EVENT_TYPES = load_event_types()
"""Every event type by its name."""


def _is_known(value: Any) -> str:
    if not isinstance(value, str) or value not in EVENT_TYPES:
        raise PydanticCustomError("event_type", "expected one of {known}", {"known": ", ".join(EVENT_TYPES)})
    return value


EventTypeName = Annotated[str, PlainValidator(_is_known), WithJsonSchema({"type": "string", "enum": list(EVENT_TYPES)})]
"""The name of an event type of the catalogue."""
