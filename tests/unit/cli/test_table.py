"""The table shows what the result holds, in any width and without colour."""

import json
import re
from importlib.resources import files

import pytest

from cli.engine.done import Evidence
from cli.table.article import print_result
from cli.table.event import Look, event_panel
from cli.table.quote import PLAIN_MARKS, quote_event
from cli.table.signs import FACTUALITY_SIGNS
from schemas.article import Article
from schemas.event import Event
from schemas.result import Result

TEXT = "Außenministerin Nora Feldt hat am Dienstag in Bern ihren Kollegen Luca Arnaud getroffen. Danach war Ruhe."


def example_result(**changes):
    text = (files("schemas") / "examples/v1/valid/result.one-event.json").read_text(encoding="utf-8")
    return Result.model_validate(json.loads(text) | changes)


def build_event(**changes):
    start = TEXT.index("getroffen")
    mention = {
        "text": "getroffen",
        "start": start,
        "end": start + 9,
        "field": "text",
        "sentence": {"start": 0, "end": start + 10},
        "section": "lead",
    }
    data = {"id": "e", "type": "meeting", "mentions": [mention], "factuality": "asserted", "confidence": 0.5}
    return Event.model_validate(data | changes)


@pytest.fixture(autouse=True)
def plain_page(monkeypatch):
    """80 columns, no colour, whatever the terminal of the test run is."""
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")


def shown(event, article=None, evidence=()):
    result = example_result(events=[event.model_dump(mode="json")])
    return print_result(result, article, evidence={event.id: evidence})


@pytest.mark.parametrize("columns", [40, 80, 120, 200])
def test_no_line_is_wider_than_the_page(monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    page = print_result(example_result(), Article(text=TEXT))
    widths = {len(line) for line in page.splitlines()}
    assert max(widths) <= min(columns, 120)


def test_the_page_names_who_when_where_and_how_sure():
    page = print_result(example_result())
    for words in ("Nora Feldt (Außenministerin)", "2025-11-04", "am Dienstag", "Bern (CHE)", "confidence 0.90"):
        assert words in page


@pytest.mark.parametrize("factuality", FACTUALITY_SIGNS)
def test_factuality_shows_by_sign_and_word(factuality):
    """Never by colour alone."""
    page = shown(build_event(factuality=factuality))
    assert f"{FACTUALITY_SIGNS[factuality].sign} meeting · {factuality}" in page


def test_no_two_factualities_share_a_sign():
    assert len({sign.sign for sign in FACTUALITY_SIGNS.values()}) == len(FACTUALITY_SIGNS)
    assert len({sign.plain for sign in FACTUALITY_SIGNS.values()}) == len(FACTUALITY_SIGNS)


def test_an_offer_shows_its_stage_and_roles():
    parties = [{"name": "Island", "role": "offerer", "kind": "country", "inferred": True}]
    page = shown(build_event(type="offer", stage="willingness_declared", participants=parties))
    assert "offer · asserted · willingness declared" in page
    assert "Island  offerer, inferred" in page


def test_the_trigger_is_marked_in_its_sentence():
    page = shown(build_event(), Article(text=TEXT))
    assert "‹getroffen›." in page
    assert "Danach" not in page


def test_without_the_article_the_trigger_stands_alone():
    assert re.search(r"text +‹getroffen› ", shown(build_event()))


def test_other_triggers_are_listed_once():
    first = build_event().mentions[0].model_dump()
    event = build_event(mentions=[first, first | {"text": "Treffen"}, first | {"text": "Treffen"}])
    assert "also: Treffen\n" in quote_event(event, None).plain + "\n"


def test_a_sentence_of_the_text_is_quoted_rather_than_the_headline():
    first = build_event().mentions[0].model_dump()
    headline = first | {"text": "Treffen", "field": "title", "start": 0, "end": 7, "sentence": {"start": 0, "end": 7}}
    quoted = quote_event(build_event(mentions=[headline, first]), Article(title="Treffen", text=TEXT)).plain
    assert "‹getroffen›" in quoted
    assert quoted.endswith("also: Treffen")


def test_a_long_sentence_is_cut_around_its_trigger():
    text = "Wort " * 200 + "traf " + "Ende " * 200
    start = text.index("traf")
    mention = {"text": "traf", "start": start, "end": start + 4, "sentence": {"start": 0, "end": len(text)}}
    event = build_event(mentions=[mention | {"field": "text", "section": "body"}])
    quoted = quote_event(event, Article(text=text), marks=PLAIN_MARKS).plain
    assert len(quoted) < 400
    assert "Wort [traf] Ende" in quoted
    assert quoted.startswith("...Wort")
    assert quoted.rstrip().endswith("Ende...")


def test_text_that_looks_like_markup_or_escapes_stays_as_it_is():
    """An article cannot paint the terminal."""
    event = build_event(place={"name": "[red]Bern[/red]\x1b[2J", "span": {"start": 0, "end": 3}})
    page = shown(event)
    assert "[red]Bern[/red]" in page
    assert "\x1b" not in page


def test_evidence_is_shown_when_given():
    evidence = (
        Evidence("time", "adverbial of the trigger's clause", "am Dienstag"),
        Evidence("place", "prepositional"),
    )
    page = shown(build_event(), evidence=evidence)
    assert "time: adverbial of the trigger's clause  am Dienstag" in page
    assert "place: prepositional" in page


def test_a_result_without_events_says_so_and_warnings_are_shown():
    page = print_result(example_result(events=[], warnings=["no publication date"]))
    assert "no event found" in page
    assert "note: no publication date" in page


def test_a_terminal_without_unicode_gets_plain_signs():
    panel = event_panel(build_event(), None, look=Look(is_unicode=False))
    assert panel.title.plain.isascii()
    assert panel.box.top_left == "+"
