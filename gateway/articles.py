"""An article as the gateway shows it."""

from __future__ import annotations

from typing import Literal, Self
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from ledger.protocol import Ledger
from producer.submission import Submission
from schemas.failure import Failure
from schemas.result import Result


class ArticleState(BaseModel):
    """Where an article stands."""

    model_config = ConfigDict(frozen=True)

    id: str = Field(description="The article's id: its own, or one derived from url or text.")
    status: Literal["queued", "running", "done", "failed"]
    revision: int = Field(description="1 for the first content under this id; counts up when the content changes.")
    attempts: int = Field(
        default=0, description="How often it was started since it was accepted; not kept when it is done, then 0."
    )
    is_new: bool | None = Field(
        default=None, description="After submitting: false when the same content was there before."
    )
    result: Result | None = Field(default=None, description="When it is done, as long as the result is kept.")
    failure: Failure | None = Field(
        default=None, description="When it failed, as long as the failure is kept; without what came in."
    )

    @classmethod
    def of(cls, submission: Submission) -> Self:
        """Take over what a submission says."""
        return cls(
            id=submission.article_id,
            status=submission.status,
            revision=submission.revision,
            is_new=submission.is_new,
        )

    @property
    def is_over(self) -> bool:
        """True when nothing more will come."""
        return self.status in {"done", "failed"}

    def shown(self) -> Self:
        """Leave out the text of a failed article: reading results does not mean reading what was handed in."""
        if self.failure is None:
            return self
        return self.model_copy(update={"failure": self.failure.model_copy(update={"article": None, "raw": None})})


def read_state(ledger: Ledger, article_id: str) -> ArticleState | None:
    """Say where an article stands; None when it is unknown."""
    found = ledger.status(article_id)
    if found.status == "unknown":
        return None
    return ArticleState(
        id=article_id,
        status=found.status,
        revision=found.revision,
        attempts=found.attempts,
        result=ledger.result(article_id) if found.status == "done" else None,
        failure=found.failure if found.status == "failed" else None,
    )


def answer_with_state(state: ArticleState, *, status: int) -> Response:
    """Answer with where an article stands, and the address to ask again at."""
    return Response(
        state.shown().model_dump_json(),
        status_code=status,
        media_type="application/json",
        headers={"location": f"/v1/articles/{quote(state.id, safe='')}", "cache-control": "no-store"},
    )
