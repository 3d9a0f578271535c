"""The values that travel between the ledger and those who use it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from schemas.article import Article
from schemas.failure import Failure

QueueName = Literal["live", "backfill"]
"""Fresh news, or a corpus that must not hold it up."""

Status = Literal["queued", "running", "done", "failed"]
KnownStatus = Literal["queued", "running", "done", "failed", "unknown"]
StartVerdict = Literal["started", "exhausted", "busy", "done", "failed", "unknown"]
FinishVerdict = Literal["published", "done", "failed", "stale", "unknown"]
FailVerdict = Literal["recorded", "retry", "done", "failed", "stale", "unknown"]


@dataclass(frozen=True, slots=True)
class Work:
    """An article that is to be accepted.

    Args:
        article_id: Its id, given or derived.
        content_hash: What tells one revision from the next.
        article: The article itself.
        queue: Which queue it goes to.
        limit_s: How long one attempt may take, in seconds.
    """

    article_id: str
    content_hash: str
    article: Article
    queue: QueueName = "live"
    limit_s: int = 30

    @property
    def size(self) -> int:
        """Characters of the text; a long article travels alone."""
        return len(self.article.text)


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What the ledger said to an article handed in.

    Args:
        article_id: Its id.
        revision: 1 for the first content under this id.
        status: Where it stands.
        is_new: False when the same content was there before.
        is_to_send: Whether its message is to be sent: it is new, or whoever accepted it before did not get to that.
    """

    article_id: str
    revision: int
    status: Status
    is_new: bool
    is_to_send: bool


@dataclass(frozen=True, slots=True)
class PublishedEvent:
    """An event that was announced and still holds, and the revision it belongs to."""

    event_id: str
    revision: int


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to work on an article for a while.

    Args:
        article_id: Its id.
        revision: Which content.
        attempt: Counts from 1.
        limit_s: How long this attempt may take, in seconds.
        article: The article.
        content_hash: Of the content.
        publication: How many times the article will have been published, with this one.
        previous_events: What is published for it so far.
        cause: Failure code of the attempt before, if that left one.
    """

    article_id: str
    revision: int
    attempt: int
    limit_s: int
    article: Article
    content_hash: str
    publication: int = 1
    previous_events: tuple[PublishedEvent, ...] = ()
    cause: str | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """The answer to a worker that wants to start an article.

    ``started`` carries the lease; ``exhausted`` too, for the failure that is now to be recorded; with every other
    verdict there is nothing to do.
    """

    verdict: StartVerdict
    lease: Lease | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """An article that is to be sent to its queue."""

    article_id: str
    queue: QueueName
    limit_s: int
    size: int


@dataclass(frozen=True, slots=True)
class StoredFailure:
    """A failure and the id it is kept under: the article's, where there is one."""

    failure_id: str
    failure: Failure


@dataclass(frozen=True, slots=True)
class Outcomes:
    """How the articles of the last while ended.

    Args:
        done: With a result.
        invalid: With a failure that is the submitter's.
        transient: With one of something that Depesche depends on.
        defect: With one of Depesche or its installation.
    """

    done: int = 0
    invalid: int = 0
    transient: int = 0
    defect: int = 0

    @property
    def bad(self) -> int:
        """How many failed by no fault of their submitters."""
        return self.transient + self.defect

    @property
    def judged(self) -> int:
        """How many tell something about the service: invalid articles do not."""
        return self.done + self.bad


@dataclass(frozen=True, slots=True)
class ArticleStatus:
    """Where an article stands.

    Args:
        article_id: Its id.
        status: ``unknown`` when it was never accepted, or so long ago that its record is gone.
        revision: Of the content accepted last; 0 when unknown.
        attempts: How often it was started since it was accepted; not kept when it is done, then 0.
        failure: Why it failed, where it did and the failure is still kept.
    """

    article_id: str
    status: KnownStatus
    revision: int = 0
    attempts: int = 0
    failure: Failure | None = None
