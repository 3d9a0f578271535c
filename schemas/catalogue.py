"""The catalogue of event types: what each means and which roles and stages it has, read from data."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources import files
from types import MappingProxyType
from typing import Annotated, Any, Literal, Self

from pydantic import Field, PlainValidator, StringConstraints, ValidationError, WithJsonSchema, model_validator
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
    """An event type of the ontology.

    Attributes:
        default_role: The role that says least; any other is preferred to it.
        stages: What may become of such an event; empty for most types.
        form: How it is said. ``together``: the parties do it with each other. ``offer``: one party puts something,
            which is the topic, before another.
        kin: Other types whose words may name the same event.
        plover: PLOVER event of such an event, and ``cameo`` its CAMEO code, where it is stated or reported as fact and
            ``codes.toml`` has no finer rule.
    """

    name: NonEmpty
    description: NonEmpty
    roles: tuple[NonEmpty, ...] = Field(min_length=1)
    default_role: NonEmpty
    stages: tuple[NonEmpty, ...] = ()
    form: Literal["together", "offer"] = "together"
    kin: tuple[NonEmpty, ...] = ()
    plover: NonEmpty | None = None
    cameo: Annotated[str, StringConstraints(pattern=r"^\d{3,4}$")] | None = None
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
    _check_kin(found)
    return MappingProxyType(found)


def _check_kin(found: Mapping[str, EventType]) -> None:
    for name, event_type in found.items():
        if unknown := set(event_type.kin) - set(found):
            raise CatalogueBroken(f"event_types/{name}.toml: kin: expected {_listed(found)}, found {sorted(unknown)}")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


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


def are_kin(one: str, two: str) -> bool:
    """Whether words of both types may name the same event; a type is its own kin.

    >>> are_kin("meeting", "talks"), are_kin("meeting", "offer")
    (True, False)
    """
    return one == two or two in EVENT_TYPES[one].kin or one in EVENT_TYPES[two].kin


def _one_of(known: Iterable[str], *, code: str) -> tuple[PlainValidator, WithJsonSchema]:
    """Make the validator and the schema of a name that is among those of the catalogue."""
    names = tuple(dict.fromkeys(known))

    def check(value: Any) -> str:
        if not isinstance(value, str) or value not in names:
            raise PydanticCustomError(code, "expected one of {known}", {"known": _listed(names)})
        return value

    return PlainValidator(check), WithJsonSchema({"type": "string", "enum": list(names)})


EventTypeName = Annotated[str, *_one_of(EVENT_TYPES, code="event_type")]
"""The name of an event type of the catalogue."""

RoleName = Annotated[str, *_one_of((role for each in EVENT_TYPES.values() for role in each.roles), code="role")]
"""A role of one of the types."""

StageName = Annotated[str, *_one_of((stage for each in EVENT_TYPES.values() for stage in each.stages), code="stage")]
"""A stage of one of the types."""
