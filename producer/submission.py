"""What a submission says."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.record import Status


@dataclass(frozen=True, slots=True)
class Submission:
    """An article that is in safe hands.

    Args:
        article_id: The id to ask for its result with: the article's own, or one derived from url or text.
        revision: 1 for the first content under this id; the next number for other content.
        status: Where it stands: queued, running, done or failed.
        is_new: False when the same content was submitted before; nothing is done twice then.
    """

    article_id: str
    revision: int
    status: Status
    is_new: bool = True
