"""The labels on Wikinews articles hold no words, fit their corpus and are read the same way twice."""

import gzip
import hashlib
import json
import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from evaluation.scoring import score
from evaluation.wikinews_labels import LABELS, SECOND_READING, Labels, load_labelled, read_labels

SHARED = Path(os.environ.get("DEPESCHE_SHARED", Path(__file__).parents[3] / "shared"))
CORPUS = SHARED / "corpora" / "news" / "wikinews_de.jsonl.gz"
README = LABELS.with_name("README.md")
DIRECTION_ONLY = {"PAST_REF": "before", "FUTURE_REF": "after", "PRESENT_REF": "on"}
TEXT = "Gestern traf die Ministerin der Vereinigten Insel den Botschafter Anton Kaltenbrunn in Sankt Veit."
LABEL = {
    "id": "wikinews-1",
    "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
    "stratum": "random",
    "events": [
        {
            "type": "meeting",
            "mentions": [[8, 12]],
            "participants": [
                {"start": 32, "end": 49, "edits": [[10, 11, ""]], "role": "participant", "kind": "country"},
                {"start": 66, "end": 83, "role": "participant", "kind": "person"},
            ],
            "factuality": "asserted",
            "time": {"start": 0, "end": 7, "value": "2011-03-04", "granularity": "day", "relation": "on"},
            "place": {"start": 87, "end": 97},
        }
    ],
    "traps": [],
}

both_files = pytest.mark.parametrize("path", [LABELS, SECOND_READING], ids=["labels", "second reading"])


def write_lines(path, *items):
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(item) + "\n" for item in items)
    return path


@pytest.fixture
def labels(tmp_path):
    return write_lines(tmp_path / "labels.jsonl", LABEL)


@pytest.fixture(scope="session")
def corpus():
    if not CORPUS.is_file():
        pytest.skip("the Wikinews corpus is not on this machine (DEPESCHE_SHARED)")
    return CORPUS


@both_files
def test_each_article_is_labelled_once_in_order(path):
    numbers = [int(item.id.removeprefix("wikinews-")) for item in read_labels(path)]
    assert numbers == sorted(set(numbers))


@both_files
def test_file_holds_no_words_of_the_texts(path):
    """Every string is an id, a hash, a value of the annotation guide, or an ending of at most three letters."""
    known = {
        "id",
        "sha256",
        "stratum",
        "type",
        "factuality",
        "stage",
        "value",
        "granularity",
        "relation",
        "role",
        "kind",
    }
    known |= {"accept_types", "accept_factuality", "accept_values"}
    for line in path.read_text(encoding="utf-8").splitlines():
        for key, text in strings(json.loads(line)):
            assert key in known or (key == "edits" and len(text) <= 3), key


def strings(item, key=None):
    if isinstance(item, str):
        yield key, item
    elif isinstance(item, dict):
        for name, value in item.items():
            yield from strings(value, name)
    elif isinstance(item, list):
        for value in item:
            yield from strings(value, key)


@both_files
def test_events_follow_the_annotation_guide(path):
    for item in read_labels(path):
        for event in item.events:
            roles = {party.role for party in event.participants}
            assert roles <= {"offerer", "addressee"} if event.type == "offer" else not roles & {"offerer", "addressee"}
            assert event.type not in event.accept_types
            if event.time and event.time.value in DIRECTION_ONLY:
                assert event.time.relation == DIRECTION_ONLY[event.time.value]


@both_files
def test_traps_are_no_mentions(path):
    for item in read_labels(path):
        mentions = [mention for event in item.events for mention in event.mentions]
        assert not [t for t in item.traps for m in mentions if t[0] < m[1] and m[0] < t[1]], item.id


@pytest.mark.parametrize("split", ["calibration", "held out"])
def test_readme_states_the_counts(split):
    items = [item for item in read_labels() if item.split == split]
    events = [event for item in items for event in item.events]
    counts = [len(items), len(events), sum(event.debatable for event in events), sum(len(i.traps) for i in items)]
    assert "| " + " | ".join([split, *map(str, counts)]) + " |" in README.read_text(encoding="utf-8")


def test_split_depends_on_the_id_alone():
    """An article stays where it is whatever else is labelled later; a third is held out."""
    items = [Labels.model_validate({**LABEL, "id": f"wikinews-{number}", "events": []}) for number in range(3000)]
    assert 900 < sum(item.split == "held out" for item in items) < 1100


@pytest.mark.parametrize("name", ["corpus.jsonl", "corpus.jsonl.gz"])
def test_names_are_cut_from_the_text(tmp_path, labels, name):
    corpus = write_lines(tmp_path / name, {"id": "wikinews-1", "published": "2011-03-05", "text": TEXT, "title": "x"})
    [labelled] = load_labelled(corpus, labels)
    [event] = labelled.gold["events"]
    assert [party["name"] for party in event["participants"]] == ["Vereinigte Insel", "Anton Kaltenbrunn"]
    assert (event["place"], event["time"]["text"], event["mentions"][0]["text"]) == ("Sankt Veit", "Gestern", "traf")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [({"text": TEXT.replace("traf", "sah")}, "another text"), ({"id": "wikinews-2"}, "not in the corpus")],
    ids=["other text", "missing article"],
)
def test_corpus_that_does_not_fit_is_refused(tmp_path, labels, change, complaint):
    article = {"id": "wikinews-1", "published": "2011-03-05", "text": TEXT, **change}
    with pytest.raises(ValueError, match=f"wikinews-1: .*{complaint}"):
        list(load_labelled(write_lines(tmp_path / "corpus.jsonl", article), labels))


@pytest.mark.parametrize(
    "change",
    [
        {"type": "party"},
        {"type": "offer"},
        {"stage": "made"},
        {"mentions": []},
        {"factuality": "sure"},
        {"place": {"start": 5, "end": 5}},
        {"place": {"start": 0, "end": 9, "edits": [[0, 9, "Wort"]]}},
        {"words": "Treffen"},
    ],
    ids=["type", "offer without stage", "stage without offer", "no mention", "factuality", "empty", "word", "field"],
)
def test_wrong_form_is_refused(change):
    with pytest.raises(ValidationError):
        Labels.model_validate({**LABEL, "events": [{**LABEL["events"][0], **change}]})


@both_files
def test_labels_fit_the_corpus(corpus, path):
    """Every article has its text, every offset lies in it, and the labels as output score one against themselves."""
    gold = [labelled.gold for labelled in load_labelled(corpus, path)]
    assert len(gold) == len(read_labels(path))
    for article in gold:
        for event in article["events"]:
            words = [item["text"] for item in event["mentions"]] + [party["name"] for party in event["participants"]]
            assert all(word and word == word.strip() for word in words), article["id"]
    scores = score(gold, {article["id"]: article["events"] for article in gold})
    assert (scores.pairs["event"].f1, scores.trap_hits, scores.mistakes) == (1, 0, [])


def test_second_reading_agrees(corpus):
    """The floors are one to two points below what was measured when the second reading was made."""
    second = {labelled.gold["id"]: labelled.gold for labelled in load_labelled(corpus, SECOND_READING)}
    first = {labelled.gold["id"]: labelled.gold for labelled in load_labelled(corpus) if labelled.gold["id"] in second}
    assert first.keys() == second.keys()
    for gold, found in ((first, second), (second, first)):
        scores = score(gold.values(), {name: article["events"] for name, article in found.items()})
        assert scores.pairs["event"].f1 > 0.92
        assert scores.pairs["participants"].f1 > 0.91
        assert scores.accuracy("factuality") > 0.98


def test_no_article_of_the_development_gold_is_labelled():
    gold = SHARED / "gold" / "dev_wn.articles.jsonl"
    if not gold.is_file():
        pytest.skip("the development gold is not on this machine (DEPESCHE_SHARED)")
    articles = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    taken = {(item.id, item.sha256) for item in read_labels()}
    assert not {item["id"] for item in articles} & {item_id for item_id, _ in taken}
    assert not {hashlib.sha256(item["text"].encode()).hexdigest() for item in articles} & {text for _, text in taken}
