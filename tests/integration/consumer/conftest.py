"""A ledger that publishes what a test wants, without a worker."""

from pathlib import Path

import pytest

from ledger.message import limit_of
from ledger.record import Work
from schemas import Article, Event, Result, article_id, content_hash, event_id

EXAMPLES = Path(__file__).parents[3] / "schemas" / "examples" / "v1" / "valid"
EVENT = Event.model_validate_json((EXAMPLES / "event.meeting.json").read_text(encoding="utf-8"))
RESULT = Result.model_validate_json((EXAMPLES / "result.one-event.json").read_text(encoding="utf-8"))


@pytest.fixture
def publish(ledger):
    """Publish an article with so many events through the ledger; gives their ids."""

    def run(identity, *, events=1, text="Sie trafen sich."):
        article = Article(id=identity, text=text)
        content = content_hash(article)
        ledger.accept([Work(article_id(article), content, article, limit_s=limit_of(text, base_s=30, words_per_s=500))])
        lease = ledger.start(identity, holder="test").lease
        found = tuple(
            EVENT.model_copy(
                update={
                    "id": event_id(
                        article_id=identity, content=content, extractor="1", type="meeting", field="text", start=number
                    )
                }
            )
            for number in range(events)
        )
        result = RESULT.model_copy(
            update={"article_id": identity, "revision": lease.revision, "content_hash": content, "events": found}
        )
        assert ledger.finish(lease, result) == "published"
        return [each.id for each in found]

    return run
