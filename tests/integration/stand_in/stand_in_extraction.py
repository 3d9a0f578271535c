"""An extraction that does what the article says, for tests of everything around it."""

import contextlib
import os
import signal
import time
from datetime import UTC, datetime
from pathlib import Path

from schemas import Article, Event, ExtractorInfo, Mention, Result, article_id, content_hash, event_id
from schemas.article import ArticleInfo
from schemas.errors import Invalid, Transient
from schemas.model import Extent

VERSION = os.environ.get("STAND_IN_VERSION", "1")


class StandIn:
    """Finds a meeting at each word "traf"; other words in metadata["do"] make it fail."""

    def extract(self, article: Article, *, revision: int = 1) -> Result:
        do = (article.metadata or {}).get("do", "")
        if do:
            MISCHIEF[do](article.metadata)
        return make_result(article, revision=revision)


def _die(_metadata):
    os.kill(os.getpid(), 9)


def _die_once(metadata):
    marker = Path(metadata["marker"])
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), 9)


def _hang(_metadata):
    while True:  # as a library does that swallows every error
        with contextlib.suppress(Exception):
            time.sleep(0.05)


def _hang_deaf(_metadata):
    """Hang where no signal of Python's gets through, as code in C does."""
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
    while True:
        time.sleep(0.05)


def _garble(metadata):
    """Write nonsense where the parent reads answers, once, and go on for long."""
    marker = Path(metadata["marker"])
    if marker.exists():
        return
    marker.touch()
    for entry in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):
            if str(entry.readlink()).startswith("pipe:"):
                os.write(int(entry.name), b"\x00\x00\x00\x08nonsense")
    time.sleep(metadata["seconds"])


def _hoard(_metadata):
    """Take memory without an end, and use it."""
    kept = []
    while True:
        kept.append(b"x" * (8 << 20))


def _refuse(_metadata):
    raise Invalid("expected German or English, found another language", code="language_unsupported")


def _break(_metadata):
    raise KeyError("Anna, whom no log may name")


def _stumble(_metadata):
    raise Transient("a dependency is away", code="redis_unreachable")


MISCHIEF = {
    "die": _die,
    "die_once": _die_once,
    "hang": _hang,
    "hang_deaf": _hang_deaf,
    "garble": _garble,
    "hoard": _hoard,
    "sleep": lambda metadata: time.sleep(metadata["seconds"]),
    "refuse": _refuse,
    "break": _break,
    "stumble": _stumble,
}


def make_result(article: Article, *, revision: int = 1) -> Result:
    identity, content = article_id(article), content_hash(article)
    words = article.text.split(" ")
    starts = [len(" ".join(words[:n])) + (n > 0) for n, word in enumerate(words) if word == "traf"]
    return Result(
        article_id=identity,
        revision=revision,
        content_hash=content,
        article=ArticleInfo(title=article.title, metadata=article.metadata),
        language=article.language or "de",
        events=tuple(_event(article, identity, content, start) for start in starts),
        extractor=ExtractorInfo(name="stand-in", version=VERSION, language_pack="0", model="none"),
        extracted_at=datetime.now(UTC),
        elapsed_ms=1,
    )


def _event(article: Article, identity: str, content: str, start: int) -> Event:
    whole = Extent(start=0, end=len(article.text))
    return Event(
        id=event_id(article_id=identity, content=content, extractor=VERSION, type="meeting", field="text", start=start),
        type="meeting",
        mentions=(Mention(text="traf", start=start, end=start + 4, sentence=whole, section="lead"),),
        factuality="asserted",
        confidence=0.5,
    )
