"""The calibration of confidence: judging, fitting, measuring, and the figures kept."""

import json
import math
import tomllib
from dataclasses import asdict
from datetime import UTC, datetime

import pytest

from evaluation.calibrate import (
    DEV,
    DEVELOPMENT,
    LEFT_OUT,
    PAGE,
    PICTURE,
    RESULTS,
    WEIGHTS,
    read_results,
    write_weights,
)
from evaluation.calibration.fitting import fit
from evaluation.calibration.judging import Judged, judge, judge_articles
from evaluation.calibration.page import BEGIN, END, write_page
from evaluation.calibration.plot import draw
from evaluation.calibration.reliability import Said, bins, calibration_error, measure
from evaluation.gold_set import load_gold
from evaluation.scoring import score
from worker.extraction import Extractor
from worker.extraction.steps.confidence import SIGNS, Calibration, read_calibration

DIRECTIONS = {name: sign.direction for name, sign in SIGNS.items()}
MOST_ERROR = 0.10
KEPT = json.loads(RESULTS.read_text(encoding="utf-8"))


def event(start, *, kind="meeting", debatable=False):
    span = {"start": start, "end": start + 5}
    return {"type": kind, "mentions": [span], "participants": [], "debatable": debatable, "factuality": "asserted"}


JUDGED = {
    "found": ([event(0)], [event(0)], [True]),
    "elsewhere": ([event(0)], [event(50)], [False]),
    "another type": ([event(0)], [event(0, kind="offer")], [False]),
    "nothing to find": ([], [event(0)], [False]),
    "debatable": ([event(0, debatable=True)], [event(0)], [None]),
    "only one is excused": ([event(0, debatable=True)], [event(0), event(2)], [None, False]),
    "each by itself": ([event(0), event(50)], [event(50), event(90), event(0)], [True, False, True]),
}


@pytest.mark.parametrize(("gold", "found", "expected"), JUDGED.values(), ids=JUDGED)
def test_an_event_is_judged_as_the_scorer_would(gold, found, expected):
    """Right, wrong or left open; and the scorer counts the same."""
    assert judge(gold, found) == expected
    counts = score([{"id": "a", "events": gold}], {"a": found}).pairs["event"]
    assert (counts.right, counts.wrong) == (expected.count(True), expected.count(False))


def test_found_events_bring_their_signs_and_confidence():
    """What an article's explanation lists is what the fit sees."""
    item = next(item for item in load_gold() if item.gold["events"])
    extractor = Extractor(clock=lambda: datetime.now(UTC), model="small")
    found = list(judge_articles([(item.article, item.gold)], extractor))
    assert found
    weights = read_calibration()
    for one in found:
        odds = weights.base + sum(weights.weights[name] for name in one.signs)
        assert one.confidence == pytest.approx(1 / (1 + math.exp(-odds)), abs=0.001)


def examples(count=60):
    """Dated events are right; of the others every second one is, and offers no less than others."""
    for number in range(count):
        dated = number % 2 == 0
        names = {"dated"} if dated else ({"offer"} if number % 4 == 1 else set())
        yield Judged(f"a{number // 2}", 0.5, frozenset(names), dated or number % 4 == 1)


def test_a_fit_gives_weight_to_what_tells():
    """A sign that goes with right events gets weight, one that goes against its direction none."""
    found = fit(list(examples()), DIRECTIONS)
    assert found.weights["dated"] > 0.5
    assert found.weights["offer"] == 0.0
    assert len(found.left_out) == 60


def test_a_fit_says_the_share_that_is_right():
    """The mean confidence is the share of right events: the base is not drawn to 0."""
    events = [Judged(f"a{number}", 0.5, frozenset(), number % 10 != 0) for number in range(100)]
    assert 1 / (1 + 2.718281828 ** -fit(events, DIRECTIONS).base) == pytest.approx(0.9, abs=0.01)


def test_a_fit_without_wrong_events_is_refused():
    """Nothing can be learnt from right ones alone."""
    with pytest.raises(ValueError, match="3 of 3 events right"):
        fit([Judged(f"a{number}", 0.5, frozenset(), True) for number in range(3)], DIRECTIONS)


def test_fitted_weights_are_written_in_the_form_that_is_read(tmp_path):
    """What the fit writes is what the extraction would read."""
    events = list(examples())
    written = write_weights(fit(events, DIRECTIONS), events, tmp_path / "confidence.toml")
    text = (tmp_path / "confidence.toml").read_text(encoding="utf-8")
    assert Calibration.model_validate(tomllib.loads(text)) == written
    assert "-0.0\n" not in text


ERRORS = {
    "exact": ([(0.5, True), (0.5, False)], 0.0),
    "sure and wrong": ([(1.0, False)], 1.0),
    "too careful": ([(0.75, True), (0.75, True)], 0.25),
    "bins weighted by their events": ([(0.05, False), (0.95, False), (0.95, False), (0.95, False)], 0.725),
}


@pytest.mark.parametrize(("said", "expected"), ERRORS.values(), ids=ERRORS)
def test_the_error_is_the_distance_of_said_and_true(said, expected):
    """Worked by hand."""
    assert calibration_error([Said(n, *one) for n, one in enumerate(said)]) == pytest.approx(expected)


def test_the_interval_holds_the_error_and_repeats():
    """Draws are the same each time; right events above wrong ones rank fully."""
    said = [Said(number // 2, 0.9 if number % 3 else 0.3, bool(number % 3)) for number in range(40)]
    found = measure(said)
    assert found == measure(said)
    assert found.interval[0] <= found.ece <= found.interval[1]
    assert found.ranking == 1.0
    assert sum(one.events for one in bins(said)) == found.events == 40


@pytest.mark.parametrize("name", KEPT["events"])
def test_kept_figures_are_those_of_the_kept_events(name):
    """Nobody edits a figure by hand."""
    found, kept = asdict(measure(read_results()[name])), KEPT["figures"][name]
    assert found.keys() == kept.keys()
    for figure, value in found.items():
        assert value == pytest.approx(kept[figure], abs=1e-3), figure


def test_kept_figures_are_those_of_the_shipped_weights():
    """After a fit by hand or a merge the figures must be measured again."""
    weights = read_calibration()
    assert KEPT["weights"] == {"base": weights.base, **weights.weights}
    assert WEIGHTS.is_file()


@pytest.mark.parametrize("name", [DEV, LEFT_OUT])
def test_confidence_is_calibrated(name):
    """On articles that were not fitted on, it is off by at most a tenth."""
    assert KEPT["figures"][name]["ece"] <= MOST_ERROR


def test_development_gold_is_all_its_parts():
    """The pooled figure leaves no set out."""
    parts = [said for name in DEVELOPMENT for said in read_results()[name]]
    pooled = read_results()[DEV]
    assert sorted((one.confidence, one.right) for one in parts) == sorted((one.confidence, one.right) for one in pooled)


def test_the_page_shows_the_kept_figures(tmp_path):
    """Writing it again changes nothing, and its picture is there."""
    copy = tmp_path / "page.md"
    copy.write_text(PAGE.read_text(encoding="utf-8"), encoding="utf-8")
    write_page(copy, read_calibration(), {name: measure(said) for name, said in read_results().items()})
    assert copy.read_text(encoding="utf-8") == PAGE.read_text(encoding="utf-8")
    assert PICTURE.read_bytes().startswith(b"\x89PNG")
    assert f"({PICTURE.name})" in PAGE.read_text(encoding="utf-8")


def test_a_page_without_marks_is_refused(tmp_path):
    """Rather than lose a text."""
    copy = tmp_path / "page.md"
    copy.write_text("nothing\n", encoding="utf-8")
    with pytest.raises(ValueError, match="expected the marks"):
        write_page(copy, read_calibration(), {})
    assert BEGIN != END


def test_a_picture_is_drawn(tmp_path):
    """Also of a set with a single event."""
    draw({"one": [Said(1, 1.0, True)]}, tmp_path / "one.png")
    assert (tmp_path / "one.png").stat().st_size > 1000
