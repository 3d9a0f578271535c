"""The failure: what stands for an article that could not be processed."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import AwareDatetime, Field, PlainValidator, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from .article import Article
from .errors import Family
from .failure_codes import FAILURE_CODES
from .model import NonEmpty, Open


def _is_known(value: Any) -> str:
    if not isinstance(value, str) or value not in FAILURE_CODES:
        raise PydanticCustomError("failure_code", "expected one of the listed failure codes")
    return value


FailureCodeName = Annotated[
    str, PlainValidator(_is_known), WithJsonSchema({"type": "string", "enum": list(FAILURE_CODES)})
]


class Failure(Open):
    """One per article that could not be processed; kept for replay for a limited time."""

    article_id: NonEmpty | None = Field(default=None, description="Null when not even that could be read.")
    revision: int | None = Field(default=None, ge=1)
    code: FailureCodeName
    family: Family
    message: NonEmpty = Field(description="What was found, what was expected, where; no article text.")
    attempts: int = Field(ge=0, description="How often the article was started.")
    failed_at: AwareDatetime
    article: Article | None = Field(default=None, description="What came in, where it was a valid article.")
    raw: NonEmpty | None = Field(default=None, description="What came in, in base64, where it was no valid article.")

    @model_validator(mode="after")
    def _family_is_of_the_code(self) -> Self:
        expected = FAILURE_CODES[self.code].family
        if self.family != expected:
            msg = f"code {self.code} is of the family {expected}, found {self.family}"
            raise ValueError(msg)
        return self
