"""The scorer counts what the annotation guide says, and agrees with the guide's own scorer."""

import copy
import importlib.util
import json
import os
import random
from pathlib import Path

import pytest

from evaluation.gold_set import load_gold
from evaluation.names import same_name
from evaluation.scoring import score

GOLD = [item.gold for item in load_gold()]
SHARED = Path(os.environ.get("DEPESCHE_SHARED", Path(__file__).parents[3] / "shared")) / "gold"


def as_found(gold):
    """A perfect output: the gold's own events."""
    return {article["id"]: copy.deepcopy(article["events"]) for article in gold}


def spoil(found, rng):
    """Damage an output in every way the scorer looks at."""
    for events in found.values():
        for event in list(events):
            _spoil_event(event, rng)
            if rng.random() < 0.15:
                events.remove(event)
            elif rng.random() < 0.2:
                events.append({**copy.deepcopy(event), "mentions": [{"text": "x", "start": 1, "end": 5}]})
            elif rng.random() < 0.2 and events[0] is not event:
                events[0]["mentions"].extend(event["mentions"])
    return found


def _spoil_event(event, rng):
    event["topics"] = [{"text": event.pop("topic") or "nothing"}]
    for key, other in (("factuality", "asserted"), ("type", "talks"), ("stage", "made"), ("place", "Bern")):
        if rng.random() < 0.2:
            event[key] = other
    if rng.random() < 0.3:
        event["time"] = {"value": "2025-11-05", "relation": "on"}
    if event["participants"] and rng.random() < 0.4:
        party = rng.choice(event["participants"])
        party.update(rng.choice([{"name": party["name"].split()[-1]}, {"role": "host"}, {"kind": "group"}]))
        event["participants"].append(
            {"name": "Niemand", "role": "participant", "kind": "person", "inferred": rng.random() < 0.5}
        )
    if rng.random() < 0.2:
        event["sources"] = ["Agentur"]


def test_perfect_output_scores_one():
    scores = score(GOLD, as_found(GOLD))
    for name in ("event", "mentions", "participants", "exact names", "place", "sources"):
        assert scores.pairs[name].f1 == 1, name
    for name in ("role", "kind", "stage", "time value", "time relation", "factuality"):
        assert scores.accuracy(name) == 1, name
    assert (scores.trap_hits, scores.invented_times, scores.mistakes) == (0, 0, [])


def test_empty_output_scores_nought():
    scores = score(GOLD, {})
    assert scores.pairs["event"].f1 == 0
    assert {mistake.kind for mistake in scores.mistakes} == {"event missed"}


def test_lumping_everything_together_is_no_find():
    article = next(a for a in GOLD if len(a["events"]) >= 3)
    one = copy.deepcopy(article["events"][0])
    one["mentions"] = [m for event in article["events"] for m in event["mentions"]]
    assert score([article], {article["id"]: [one]}).pairs["event"].right == 0


def test_trap_is_hit_by_any_mention_on_it():
    article = next(a for a in GOLD if a["traps"])
    event = {"type": "meeting", "mentions": [article["traps"][0]], "participants": [], "factuality": "asserted"}
    scores = score([article], {article["id"]: [event]})
    assert scores.trap_hits == 1
    assert scores.pairs["event"].wrong == 1


@pytest.mark.parametrize(
    ("gold", "found", "person", "same"),
    [
        ("Béatrice Castell", "Beatrice Castell", True, True),
        ("Béatrice Castell", "Castell", True, True),
        ("Béatrice Castell", "Béatrice", True, True),
        ("Emil Oberhoven", "Béatrice Castell", True, False),
        ("Vereinte Nationen", "Nationen", False, True),
        ("Republik Sorel", "Sorel", False, True),
        ("Republik Sorel", "Republik", False, True),
        ("USA", "", False, False),
    ],
)
def test_same_name(gold, found, person, same):
    assert same_name(gold, found, person=person) is same


def shared_scorer():
    if not SHARED.is_dir():
        pytest.skip("the annotation guide's own scorer is not on this machine (DEPESCHE_SHARED)")
    spec = importlib.util.spec_from_file_location("guide_scorer", SHARED / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("name", ["own", "seed", "dev_de", "dev_wn", "dev_en"])
def test_agrees_with_the_guides_scorer(name, seed):
    """Every figure is the same to three digits, on output damaged at random."""
    guide = shared_scorer()
    gold = GOLD if name == "own" else json.loads((SHARED / f"{name}.gold.json").read_text(encoding="utf-8"))
    found = spoil(as_found(gold), random.Random(seed))  # noqa: S311 - damage, not secrets
    expected, _, _ = guide.score(gold, found)
    scores = score(gold, found)
    for key in ("event", "mentions", "participants", "exact names", "place", "sources"):
        counts = scores.pairs[key]
        assert (counts.precision, counts.recall, counts.f1) == pytest.approx(expected[key], abs=5e-4), key
    for key in ("role", "kind", "stage", "time value", "time relation", "factuality"):
        assert scores.accuracy(key) == pytest.approx(expected[f"{key} accuracy"], abs=5e-4), key
    assert scores.invented_times == pytest.approx(expected["time invented"], abs=5e-4)
    assert scores.topic_overlap == pytest.approx(expected["topic overlap"], abs=5e-4)
    assert scores.trap_hits == expected["trap hits"]
    for event_type, triple in expected["by type"].items():
        counts = scores.by_type[event_type]
        assert (counts.precision, counts.recall, counts.f1) == pytest.approx(triple, abs=5e-4), event_type
