"""The extractor on annotated articles: floors on the project's gold set, and the first article of the project."""

import json
import os
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from evaluation.gold_set import load_gold
from evaluation.scoring import score
from evaluation.tables import as_data
from schemas import Article
from worker.extraction import Extractor

ROOT = Path(__file__).parents[2]
FLOORS = tomllib.loads((ROOT / "evaluation" / "results" / "floors.toml").read_text(encoding="utf-8"))
SHARED = Path(os.environ.get("DEPESCHE_SHARED", ROOT.parent / "shared")) / "gold"


@pytest.fixture(scope="module")
def extractor():
    return Extractor(clock=lambda: datetime.now(UTC), model="small")


def figures(extractor, articles, gold):
    results = extractor.extract_many(articles)
    events = {result.article_id: [event.model_dump(mode="json") for event in result.events] for result in results}
    return as_data(score(gold, events)), events


@pytest.mark.parametrize("language", sorted(FLOORS))
def test_floors_hold(extractor, language):
    """No figure falls below its floor, and none rises above its ceiling."""
    shipped = [item for item in load_gold() if item.article.language == language]
    found, _ = figures(extractor, [item.article for item in shipped], [item.gold for item in shipped])
    low = {key: found[key] for key, floor in FLOORS[language]["least"].items() if found[key] < floor}
    high = {key: found[key] for key, ceiling in FLOORS[language]["most"].items() if found[key] > ceiling}
    assert not low
    assert not high


def test_the_first_article_is_understood(extractor):
    """The planned meeting, the talks and the offer are found with their parties, and no trap is taken for an event."""
    if not (SHARED / "seed.articles.jsonl").is_file():
        pytest.skip("set DEPESCHE_SHARED to the folder that holds gold/seed.articles.jsonl")
    data = json.loads((SHARED / "seed.articles.jsonl").read_text(encoding="utf-8"))
    gold = json.loads((SHARED / "seed.gold.json").read_text(encoding="utf-8"))
    article = Article(**{key: data[key] for key in ("id", "language", "published", "text")})
    found, events = figures(extractor, [article], gold)
    assert found["trap hits"] == 0
    assert found["event R"] >= 0.6
    known = {
        (event["type"], event["factuality"], frozenset(person["name"].split()[-1] for person in event["participants"]))
        for event in events[article.id]
    }
    first, second, third = (gold[0]["events"][index] for index in range(3))
    for wanted in (first, second, third):
        names = {person["name"].split()[-1] for person in wanted["participants"] if person["kind"] != "organization"}
        types = {wanted["type"], *wanted.get("accept_types", [])}
        assert any(kind in types and sure == wanted["factuality"] and names <= found_ for kind, sure, found_ in known)
