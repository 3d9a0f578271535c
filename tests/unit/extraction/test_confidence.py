"""The confidence of an event: what its signs are, and that the fitted weights say what a reader expects."""

import math
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import pytest
from pydantic import ValidationError

from schemas import Article
from worker.extraction import Extractor
from worker.extraction.document import Entity, Group, Mention, Party
from worker.extraction.languages.trigger_forms import NounTrigger
from worker.extraction.steps.confidence import FIELD, SIGNS, Calibration, read_calibration, score_confidence

NOW = datetime(2025, 8, 7, 12, tzinfo=UTC)
TRIGGER = NounTrigger(id="word", heads=("word",), specificity=1)
BARE = Mention("meeting", TRIGGER, "noun", 0, 0, None, is_definite=True, is_anaphor=True)


@dataclass(frozen=True)
class Line:
    """What the step asks of a sentence."""

    section: str = "body"


@dataclass(frozen=True)
class Found:
    """A time or place that is there."""

    span: None = None
    name: str = "Oslo"


@dataclass(frozen=True)
class Read:
    """What the step asks of a document."""

    groups: tuple[Group, ...]
    sentences: tuple[Line, ...] = field(default=(Line(), Line("headline")))


def party(key, kind="person"):
    return Party("subject", 0, 0, 1, "rule", Entity(key, key, kind), role="participant")


def group(**changes):
    return replace(Group("meeting", (replace(BARE, is_definite=False, is_anaphor=False),)), **changes)


def scored(one):
    return score_confidence(Read((one,))).groups[0]


def signs(one):
    return {item.rule for item in scored(one).evidence if item.field == FIELD} - {"base"}


MENTION = group().mentions[0]
PERSONS = (party("anna"), party("jan"))
CASES = {
    "nothing": (group(), set()),
    "two named": (group(parties=PERSONS), {"two_named"}),
    "one named": (group(parties=PERSONS[:1]), set()),
    "a common noun is no name": (group(parties=(party("anna"), party("role:minister"))), set()),
    "a group is no name": (group(parties=(party("anna"), party("unions", "group"))), set()),
    "dated": (group(when=Found()), {"dated"}),
    "placed": (group(where=Found()), {"placed"}),
    "two mentions": (group(mentions=(MENTION, MENTION)), {"repeated"}),
    "a telling word": (
        group(mentions=(replace(MENTION, trigger=TRIGGER.model_copy(update={"specificity": 2})),)),
        {"specific"},
    ),
    "in the headline": (group(mentions=(replace(MENTION, sentence=1),)), {"prominent"}),
    "offer": (group(type="offer"), {"offer"}),
    "definite only": (group(mentions=(replace(MENTION, is_definite=True),)), {"pointing"}),
    "anaphor only": (group(mentions=(BARE,)), {"pointing"}),
    "definite after indefinite": (group(mentions=(MENTION, BARE)), {"repeated"}),
}


@pytest.mark.parametrize(("one", "expected"), CASES.values(), ids=CASES)
def test_a_sign_holds_where_it_should(one, expected):
    """Each sign, and each look-alike that is none."""
    assert signs(one) == expected


def test_every_sign_is_tried():
    """A new sign needs a case."""
    assert set().union(*(expected for _, expected in CASES.values())) == SIGNS.keys()


def test_the_confidence_is_the_sum_of_what_the_evidence_lists():
    """Anyone can redo the sum from an explanation."""
    one = scored(group(parties=PERSONS, when=Found(), type="offer"))
    odds = sum(float(item.words) for item in one.evidence if item.field == FIELD)
    assert one.confidence == pytest.approx(1 / (1 + math.exp(-odds)), abs=0.005)


def test_a_full_event_is_surer_than_a_bare_pointer():
    """Two named parties, time and place against a word that points back."""
    full = scored(group(parties=PERSONS, when=Found(), where=Found()))
    assert full.confidence > scored(group(mentions=(BARE,))).confidence + 0.1


@pytest.mark.parametrize("sign", SIGNS)
def test_no_sign_turns_against_its_direction(sign):
    """More of what speaks for an event never makes it less sure."""
    assert read_calibration().weights[sign] * SIGNS[sign].direction >= 0


def test_the_weights_are_fitted():
    """The file says on what, and the weights are not all nothing."""
    calibration = read_calibration()
    assert 0 < calibration.right < calibration.events
    assert any(calibration.weights.values())


GOOD = read_calibration().model_dump()
BROKEN = {
    "a sign missing": ({"weights": dict.fromkeys(list(SIGNS)[1:], 0.0)}, "two_named"),
    "a sign too many": ({"weights": {**GOOD["weights"], "loud": 0.1}}, "loud"),
    "against its direction": ({"weights": {**GOOD["weights"], "dated": -0.1}}, "weights.dated"),
    "not a number": ({"weights": {**GOOD["weights"], "dated": float("nan")}}, "weights.dated"),
    "no base": ({"base": None}, "base"),
    "unknown key": ({"scale": 2}, "scale"),
}


@pytest.mark.parametrize(("change", "named"), BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_refused_by_name(change, named):
    """The message says which entry is wrong."""
    with pytest.raises(ValidationError, match=named):
        Calibration.model_validate(GOOD | change)


def test_min_confidence_parts_the_sure_from_the_unsure():
    """Between the confidences of two events, the limit keeps the one above."""
    text = (
        "Kanzlerin Anna Muster hat sich am Montag mit Präsident Jan Beispiel in Oslo getroffen. "
        "Es ging um Straßen. Viele Menschen sahen zu. Der Handelsverband bot dem Land Tirol Hilfe an."
    )
    article = Article(text=text, language="de", published=date(2025, 8, 7))
    events = Extractor(clock=lambda: NOW, model="small").extract(article).events
    meeting, offer = (next(event for event in events if event.type == kind) for kind in ("meeting", "offer"))
    assert meeting.confidence > offer.confidence
    strict = Extractor(clock=lambda: NOW, model="small", min_confidence=meeting.confidence)
    kept = strict.extract(article).events
    assert [event.type for event in kept] == ["meeting"]
