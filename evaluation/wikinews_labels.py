"""Labels of our own on German Wikinews articles: to calibrate confidence, and to measure on articles without rules.

``wikinews/labels.jsonl`` holds offsets and values only. The texts come from the corpus, whose path the caller gives;
names, places and sources are cut out of them here. ``wikinews/README.md`` says how the labels were made.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from schemas import Article
from schemas.catalogue import EventTypeName
from schemas.event import TIME_VALUE, Factuality, Granularity, ParticipantKind, Relation, Role, Stage
from schemas.model import Closed

LABELS = Path(__file__).parent / "wikinews" / "labels.jsonl"
SECOND_READING = LABELS.with_name("second_reading.jsonl")

Split = Literal["calibration", "held out"]
Stratum = Literal["random", "broad words", "narrow words"]
Offsets = tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=1)]]
Edit = tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)], Annotated[str, Field(max_length=3)]]
"""Put some letters in place of the characters ``[start, end)`` of a name: an ending, at most three letters."""
TimeValue = Annotated[str, Field(pattern=TIME_VALUE)]


class Stretch(Closed):
    """A half-open stretch of the text, in code points."""

    start: int = Field(ge=0)
    end: int = Field(ge=1)

    @model_validator(mode="after")
    def _is_ordered(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"end must be greater than start, found [{self.start}, {self.end})")
        return self


class Name(Stretch):
    """Where a name stands, and what turns its inflected form into the nominative."""

    edits: tuple[Edit, ...] = ()

    def cut(self, text: str) -> str:
        """Give the name in the nominative.

        >>> Name(start=4, end=23, edits=((10, 11, ""),)).cut("der Vereinigten Staaten und")
        'Vereinigte Staaten'
        """
        name = text[self.start : self.end]
        for start, end, letters in reversed(self.edits):
            name = name[:start] + letters + name[end:]
        return name


class Party(Name):
    """A participant: where its fullest name stands, its role and kind."""

    role: Role
    kind: ParticipantKind


class Time(Stretch):
    """The event's time: the words and what they mean on the day of publication."""

    value: TimeValue
    granularity: Granularity
    relation: Relation


class LabelledEvent(Closed):
    """One event by the annotation guide."""

    type: EventTypeName
    mentions: tuple[Offsets, ...] = Field(min_length=1)
    participants: tuple[Party, ...]
    factuality: Factuality
    stage: Stage | None = None
    time: Time | None = None
    place: Name | None = None
    sources: tuple[Name, ...] = ()
    debatable: bool = False
    accept_types: tuple[EventTypeName, ...] = ()
    accept_factuality: tuple[Factuality, ...] = ()
    accept_values: tuple[TimeValue, ...] = ()

    @model_validator(mode="after")
    def _only_offers_have_a_stage(self) -> Self:
        if (self.stage is not None) != (self.type == "offer"):
            raise ValueError(f"a stage belongs to every offer and to nothing else, found {self.stage} on {self.type}")
        return self

    def in_words(self, number: int, text: str) -> dict[str, Any]:
        """Give the event in the form that the scorer reads."""
        time = self.time and {"text": text[self.time.start : self.time.end], **self.time.model_dump()}
        event: dict[str, Any] = {
            "id": f"E{number}",
            "type": self.type,
            "mentions": [_span(offsets, text) for offsets in self.mentions],
            "participants": [{"name": p.cut(text), "role": p.role, "kind": p.kind} for p in self.participants],
            "time": time,
            "place": self.place and self.place.cut(text),
            "topic": None,
            "factuality": self.factuality,
            "sources": [source.cut(text) for source in self.sources],
            "debatable": self.debatable,
        }
        lists = ("accept_types", "accept_factuality", "accept_values")
        event |= {key: list(getattr(self, key)) for key in lists if getattr(self, key)}
        return event | ({"stage": self.stage} if self.stage else {})


class Labels(Closed):
    """The labels of one article: a line of the file."""

    id: str
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="Of the text, in UTF-8.")
    stratum: Stratum
    events: tuple[LabelledEvent, ...]
    traps: tuple[Offsets, ...] = ()

    @property
    def split(self) -> Split:
        """Say which part the article belongs to: a third is held out, for good, by the hash of its id."""
        return "held out" if int(hashlib.sha256(self.id.encode()).hexdigest(), 16) % 3 == 0 else "calibration"


@dataclass(frozen=True)
class LabelledArticle:
    """An article with its labels in the form that the scorer reads."""

    article: Article
    gold: dict[str, Any]
    split: Split
    stratum: Stratum


def read_labels(path: Path = LABELS) -> list[Labels]:
    """Read the labels without the texts.

    Raises:
        pydantic.ValidationError: A line is not of the form.
    """
    return [Labels.model_validate_json(line) for line in path.read_text(encoding="utf-8").splitlines()]


def load_labelled(corpus: Path, labels: Path = LABELS) -> Iterator[LabelledArticle]:
    """Join the labels with the texts of the corpus, in the order of the labels.

    Args:
        corpus: JSON lines with ``id``, ``published`` and ``text``; gzipped when the name ends in ``.gz``.
        labels: The labels to join.

    Raises:
        ValueError: The corpus lacks a labelled article, or has another text for it; the message names the article.
    """
    wanted = read_labels(labels)
    texts = _read_corpus(corpus, {item.id for item in wanted})
    for item in wanted:
        if item.id not in texts:
            raise ValueError(f"{item.id}: labelled, but not in the corpus")
        article = texts[item.id]
        if hashlib.sha256(article.text.encode()).hexdigest() != item.sha256:
            raise ValueError(f"{item.id}: the corpus has another text than the one that was labelled")
        yield LabelledArticle(article, _in_words(item, article.text), item.split, item.stratum)


def _read_corpus(path: Path, ids: set[str]) -> dict[str, Article]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        found = [item for item in map(json.loads, lines) if item["id"] in ids]
    keys = ("id", "published", "text")
    return {item["id"]: Article(language="de", **{key: item[key] for key in keys}) for item in found}


def _in_words(item: Labels, text: str) -> dict[str, Any]:
    events = [event.in_words(number, text) for number, event in enumerate(item.events, 1)]
    return {"id": item.id, "events": events, "traps": [_span(offsets, text) for offsets in item.traps]}


def _span(offsets: Offsets, text: str) -> dict[str, Any]:
    start, end = offsets
    return {"text": text[start:end], "start": start, "end": end}
