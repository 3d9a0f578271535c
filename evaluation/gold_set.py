"""The gold set that ships with the project: twenty articles written for it, annotated by the ontology.

Each file in ``gold/`` is one article. A quoted wording names its place in the text: ``"word"`` is the first occurrence,
``"context|word"`` the word inside the first occurrence of its context.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schemas import Article

GOLD = Path(__file__).parent / "gold"


@dataclass(frozen=True)
class GoldArticle:
    """An article with its annotated events and traps, in the form that the scorer reads."""

    article: Article
    gold: dict[str, Any]


def load_gold(folder: Path = GOLD) -> Iterator[GoldArticle]:
    """Read every article of the folder, by file name.

    Raises:
        ValueError: A quoted wording does not stand in its text; the message names file and wording.
    """
    for path in sorted(folder.glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        article = Article(**{key: data[key] for key in ("id", "published", "language", "text")})
        events = [
            _event(path.name, article.text, f"E{number}", event) for number, event in enumerate(data["events"], 1)
        ]
        traps = [_span(path.name, article.text, words) for words in data.get("traps", [])]
        yield GoldArticle(article, {"id": article.id, "events": events, "traps": traps})


def _event(file: str, text: str, event_id: str, event: dict[str, Any]) -> dict[str, Any]:
    defaults: dict[str, Any] = {"time": None, "place": None, "topic": None, "sources": [], "debatable": False}
    mentions = [_span(file, text, words) for words in event["mentions"]]
    return {**defaults, **event, "id": event_id, "mentions": mentions}


def _span(file: str, text: str, words: str) -> dict[str, Any]:
    context, _, word = words.partition("|")
    start = text.find(context)
    inside = context.find(word or context)
    if start < 0 or inside < 0:
        raise ValueError(f"{file}: {words!r} does not stand in the text")
    word = word or context
    return {"text": word, "start": start + inside, "end": start + inside + len(word)}
