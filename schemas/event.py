"""The event: who did what with whom, when, where, how certain, and who says so."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from .article import Published
from .catalogue import EVENT_TYPES, EventTypeName, RoleName, StageName
from .model import Extent, FieldName, NonEmpty, Open, Span

Section = Literal["headline", "lead", "body", "quote"]
Role = RoleName
ParticipantKind = Literal["person", "organization", "country", "place", "group"]
SourceKind = Literal["person", "organization", "medium", "unnamed"]
Attribution = Literal["direct", "indirect", "according_to"]
Granularity = Literal[
    "minute",
    "hour",
    "part_of_day",
    "day",
    "weekend",
    "week",
    "month",
    "quarter",
    "half_year",
    "season",
    "year",
    "decade",
    "unknown",
]
Relation = Literal["on", "before", "after", "since", "until", "about", "within"]
Factuality = Literal["asserted", "reported", "planned", "possible", "requested", "denied", "cancelled"]
Stage = StageName
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]

_YEAR = r"\d{4}"
_DAY = rf"{_YEAR}-\d{{2}}-\d{{2}}"
_PART = r"(MO|MI|AF|EV|NI|DT)"
TIME_VALUE = (
    rf"^({_DAY}(/{_DAY})?|{_DAY}T(\d{{2}}(:\d{{2}}(:\d{{2}})?)?(Z|[+-]\d{{2}}:\d{{2}})?|{_PART})"
    rf"|{_YEAR}(-\d{{2}}|-Q[1-4]|-H[12]|-W\d{{2}}(-WE)?|-(SP|SU|FA|WI))?|\d{{3}}|FUTURE_REF|PAST_REF|PRESENT_REF)$"
)
"""TIMEX3/ISO values as in the ontology; a decade is its first three digits (``199``)."""


class Mention(Extent):
    """A wording that names the event: the trigger, with the sentence it stands in."""

    text: NonEmpty = Field(description="The quoted words.")
    field: FieldName = "text"
    sentence: Extent = Field(description="Extent of the sentence, in the same field.")
    section: Section


class Participant(Open):
    """A party to the event."""

    name: NonEmpty = Field(description="The fullest name the article gives.")
    role: Role
    kind: ParticipantKind
    descriptor: NonEmpty | None = Field(default=None, description="What the article calls the party, e.g. an office.")
    country: Country | None = Field(default=None, description="ISO 3166-1 alpha-3.")
    inferred: bool = Field(
        default=False, description="True when the sentence of the event does not name the party itself."
    )
    spans: tuple[Span, ...] = ()


class Interval(Open):
    """A half-open stretch of time; either end may be open (null).

    Ends are dates for whole days and coarser, date-times with offset for what is finer.
    """

    start: Published | None = None
    end: Published | None = None

    @model_validator(mode="after")
    def _is_ordered(self) -> Self:
        start, end = self.start, self.end
        if start is not None and end is not None:
            comparable = _comparable(start), _comparable(end)
            if comparable[0] > comparable[1]:
                msg = "interval ends before it starts"
                raise ValueError(msg)
        return self


def _comparable(value: date) -> datetime:
    """Compare on the wall clock: both ends of an interval stand in the same zone."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a wall clock on purpose


class EventTime(Open):
    """When the event takes or took place: its own time, never that of the report."""

    text: NonEmpty = Field(description="The words as written.")
    span: Span
    value: Annotated[str, StringConstraints(pattern=TIME_VALUE)] | None = Field(
        default=None,
        description="TIMEX3/ISO value; null when there is no publication date to resolve against.",
    )
    granularity: Granularity = "unknown"
    relation: Relation = "on"
    interval: Interval | None = None
    approx: bool = False
    resolved_against: Published | None = Field(
        default=None, description="Date or date-time that a relative time was resolved against."
    )


class Place(Open):
    """Where the event takes or took place."""

    name: NonEmpty
    span: Span
    country: Country | None = None


class Topic(Open):
    """What the event is about, or what is offered."""

    text: NonEmpty
    span: Span
    factuality: Factuality = "asserted"


class Source(Open):
    """Who vouches for the event in the text; the outlet itself is not listed."""

    name: NonEmpty
    kind: SourceKind
    how: Attribution
    descriptor: NonEmpty | None = None
    spans: tuple[Span, ...] = ()


class Plover(Open):
    """PLOVER code of the event (openeventdata/PLOVER)."""

    event: NonEmpty
    mode: NonEmpty | None = None
    auxiliary: NonEmpty | None = None


class Cameo(Open):
    """CAMEO code with its direction."""

    code: Annotated[str, StringConstraints(pattern=r"^\d{3,4}$")]
    source: NonEmpty | None = None
    target: NonEmpty | None = None


def _type_rules(schema: dict[str, Any]) -> None:
    """Write into the JSON Schema which roles and stages each type of the catalogue has."""
    schema["allOf"] = [
        {
            "if": {"properties": {"type": {"const": name}}},
            "then": {
                "properties": {
                    "participants": {"items": {"properties": {"role": {"enum": list(event_type.roles)}}}},
                    "stage": {"enum": [*event_type.stages, None]},
                }
            },
        }
        for name, event_type in EVENT_TYPES.items()
    ]


class Event(Open):
    """One event, whatever the number of its mentions."""

    model_config = ConfigDict(json_schema_extra=_type_rules)

    id: NonEmpty = Field(description="The same article content and extractor version give the same id.")
    type: EventTypeName
    mentions: tuple[Mention, ...] = Field(min_length=1)
    participants: tuple[Participant, ...] = ()
    time: EventTime | None = None
    place: Place | None = None
    topics: tuple[Topic, ...] = ()
    factuality: Factuality
    stage: Stage | None = Field(default=None, description="Of an offer; null for other types.")
    sources: tuple[Source, ...] = ()
    plover: Plover | None = None
    cameo: tuple[Cameo, ...] = ()
    confidence: float = Field(ge=0, le=1, description="Of the events with 0.8, about 80 % are right.")

    @model_validator(mode="after")
    def _keeps_its_type(self) -> Self:
        event_type = EVENT_TYPES[self.type]
        for participant in self.participants:
            if participant.role not in event_type.roles:
                msg = f"type {self.type} has the roles {', '.join(event_type.roles)}, found {participant.role}"
                raise ValueError(msg)
        if self.stage is not None and self.stage not in event_type.stages:
            msg = f"type {self.type} has no stage {self.stage}"
            raise ValueError(msg)
        return self
