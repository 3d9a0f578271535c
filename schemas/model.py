"""The two kinds of models: closed for what comes in, open for what goes out."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

SCHEMA_VERSION = "1.0"
"""Version of the contract; the first number changes only when a reader could break."""

FieldName = Literal["title", "text"]
"""Which field of the article a span counts in."""

NonEmpty = Annotated[str, Field(min_length=1)]
"""Absent is null, never an empty string."""


class Closed(BaseModel):
    """What comes in: an unknown field is refused by its name."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=False)


class Open(BaseModel):
    """What goes out: a reader keeps fields it does not know yet, so a new optional field breaks nobody."""

    model_config = ConfigDict(extra="allow", frozen=True)


class Extent(Open):
    """A half-open stretch ``[start, end)`` in Unicode code points of a field as submitted."""

    start: int = Field(ge=0, description="First code point.")
    end: int = Field(ge=1, description="One past the last code point.")

    @model_validator(mode="after")
    def _is_ordered(self) -> Self:
        if self.end <= self.start:
            msg = f"end must be greater than start, found [{self.start}, {self.end})"
            raise ValueError(msg)
        return self


class Span(Extent):
    """An extent and the field it counts in: ``article.<field>[start:end]`` are the quoted words."""

    field: FieldName = Field(default="text", description="Field of the article that the offsets count in.")
