"""What the views show and how they are worked with, on a gateway in memory."""

import re
from datetime import UTC, datetime

import pytest

from gateway.access.tokens import make_token

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect

TEXT = "Außenministerin Nora Feldt hat am Dienstag in Bern ihren Kollegen Luca Arnaud getroffen."
VIEWS = {
    "submit": "form #text",
    "article/a-1": ".article-json code",
    "timeline": ".event-list .card",
    "graph": ".network .point",
    "live": ".failure",
}
"""And what is there when a view is complete."""


@pytest.fixture
def filled(newsroom):
    """A gateway with an article, two events and a failure."""
    room = newsroom()
    denied = {"factuality": "denied", "type": "talks"}
    room.finish("a-1", {}, denied, text=TEXT)
    room.fail("broken-1")
    return room


def test_token_is_asked_for_and_stays_in_the_tab(newsroom, open_page):
    """A wrong one is asked for again; the right one opens the stream as well."""
    room = newsroom(gateway_access="tokens")
    token, kept = make_token("newsroom", ["submit", "read"], now=datetime.now(UTC))
    room.tokens.add(kept)
    room.finish("a-1", {})
    page = open_page(room.base, "#/timeline", allowed=["401", "403"])
    page.fill("#token", "depesche_wrong")
    page.click("dialog [type=submit]")
    page.wait_for_selector("dialog .is-bad")
    page.fill("#token", token)
    page.click("dialog [type=submit]")
    page.wait_for_selector(".timeline .bar")
    page.goto(f"{room.base}/#/live")
    page.wait_for_selector('.connection[data-state="connected"]')
    page.wait_for_selector("text=Failures need a token with the scope admin.")
    assert page.evaluate("[Object.keys(localStorage), document.cookie, location.href.includes('depesche_')]") == [
        [],
        "",
        False,
    ]
    page.click("text=Forget token")
    page.wait_for_selector("dialog #token")


def test_language_is_that_of_the_reader_and_can_be_changed(filled, open_page):
    page = open_page(filled.base, "#/timeline", locale="de-AT")
    assert (page.locator("h1").text_content(), page.evaluate("document.documentElement.lang")) == ("Zeitleiste", "de")
    assert "festgestellt" in page.locator(".sign-legend").text_content()
    page.click(".tools [lang=en]")
    page.wait_for_selector("h1:text('Timeline')")
    page.reload()
    page.wait_for_selector("h1:text('Timeline')")
    expect(page.locator(".event-list summary").first).to_have_text("2 events in view")


def test_draft_survives_a_change_of_language_and_colours(filled, open_page):
    page = open_page(filled.base)
    page.fill("#text", "Nora Feldt traf")
    page.click(".theme")
    page.click(".tools [lang=de]")
    page.wait_for_selector("text=Ereignisse finden")
    assert page.input_value("#text") == "Nora Feldt traf"
    assert page.evaluate("document.documentElement.dataset.theme") == "light"


@pytest.mark.parametrize(("width", "language"), [(320, "de"), (390, "en")])
def test_phone_never_scrolls_sideways(filled, open_page, width, language):
    """On no view; on a usual phone all ways fit into one line."""
    page = open_page(filled.base, locale=language, viewport={"width": width, "height": 844})
    too_wide = {}
    for view, shown in VIEWS.items():
        page.goto(f"{filled.base}/#/{view}")
        page.wait_for_selector(shown)
        found = page.evaluate("document.documentElement.scrollWidth")
        if found > width:
            too_wide[view] = found
    assert too_wide == {}
    if width == 390:
        assert page.evaluate("(nav => nav.scrollWidth - nav.clientWidth)(document.querySelector('nav'))") == 0


def test_article_of_others_shows_evidence_and_takes_its_text(filled, open_page):
    """The gateway keeps no text; whoever has it sees it marked, and another text is refused."""
    page = open_page(filled.base, "#/article/a-1")
    assert "getroffen" in page.locator(".card").first.text_content()
    assert page.locator(".prose").count() == 0
    page.fill("#own-text", "Ein anderer Text.")
    page.click(".article-text [type=submit]")
    page.wait_for_selector("text=not the text that these events were found in")
    page.fill("#own-text", TEXT)
    page.fill("#own-title", "")
    page.click(".article-text [type=submit]")
    page.wait_for_selector(".prose")
    assert page.locator(".prose .mark.is-trigger").text_content() == "getroffen"


def test_headline_after_emoji_is_marked_to_the_letter(newsroom, open_page):
    """Spans are counted in code points of the field they stand in."""
    title, text = "🔔🇨🇭 Feldt trifft Arnaud", "👩‍👩‍👧 Heute 🐻 regnet es."
    start = title.index("trifft")
    place = {"start": start, "end": start + 6, "field": "title"}
    mention = {"text": "trifft", **place, "sentence": {"start": 0, "end": len(title)}, "section": "headline"}
    words = {"text": "Heute", "span": {"start": text.index("Heute"), "end": text.index("Heute") + 5, "field": "text"}}
    room = newsroom()
    event = {"mentions": [mention], "participants": [], "place": None, "cameo": [], "time": words}
    room.finish("a-1", event, text=text, title=title)
    page = open_page(room.base, "#/article/a-1")
    page.fill("#own-text", text)
    page.fill("#own-title", title)
    page.click(".article-text [type=submit]")
    page.wait_for_selector(".prose")
    assert page.locator("h1 .mark").all_text_contents() == ["trifft"]
    assert page.locator(".prose .mark").all_text_contents() == ["Heute"]


def test_everything_can_be_reached_by_keyboard(filled, open_page):
    """Skip link, trigger, timeline by arrows, point of the network."""
    page = open_page(filled.base, "#/article/a-1")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.fill("#own-text", TEXT)
    page.fill("#own-title", "")
    page.keyboard.press("Enter")
    page.focus(".prose .mark.is-trigger")
    page.keyboard.press("Enter")
    expect(page.locator('.card .choose[aria-pressed="true"]')).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator('.card .choose[aria-pressed="true"]')).to_have_count(0)

    page.goto(f"{filled.base}/#/timeline")
    page.wait_for_selector(".timeline .bar")
    stops = page.locator(".timeline [tabindex='0']")
    expect(stops).to_have_count(1)
    stops.focus()
    first = page.evaluate("document.activeElement.dataset.key")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.dataset.key") != first
    page.keyboard.press("+")
    expect(page.locator(".timeline .bar")).to_have_count(2)

    page.goto(f"{filled.base}/#/graph")
    page.focus(".network .point")
    page.keyboard.press("Enter")
    page.wait_for_selector(".graph-side .card")


def test_factuality_is_told_by_sign_and_word_as_well(filled, open_page):
    page = open_page(filled.base, "#/timeline")
    page.wait_for_selector(".event-list .card")
    shown = page.locator(".event-list .card .fact").all_text_contents()
    assert sorted(each.replace("\u00a0", " ") for each in shown) == ["● asserted", "✗ denied"]
    assert {each[:1] for each in page.locator(".timeline .bar text").all_text_contents()} == {"●", "✗"}


def test_filter_stands_in_the_address(filled, open_page):
    page = open_page(filled.base, "#/timeline")
    page.select_option("#filter-factuality", "denied")
    expect(page.locator(".timeline .bar")).to_have_count(1)
    expect(page).to_have_url(re.compile(r"#/timeline\?factuality=denied$"))
    page.fill("#filter-person", "arnaud nora")
    expect(page).to_have_url(re.compile("person"))
    page.reload()
    expect(page.locator(".timeline .bar")).to_have_count(1)
    page.fill("#filter-person", "nobody")
    expect(page.locator(".timeline .bar")).to_have_count(0)


def test_failed_article_can_be_tried_again(filled, open_page):
    page = open_page(filled.base, "#/live")
    failure = page.locator('[data-failure="broken-1"]')
    assert "extraction_failed" in failure.text_content()
    failure.locator("button").click()
    failure.locator("text=Queued again").wait_for()
    assert filled.ledger.status("broken-1").status == "queued"


def test_failure_is_explained_in_the_readers_language(filled, open_page):
    """What it means and what mends it is German; the service's own sentence is marked as English."""
    page = open_page(filled.base, "#/live", locale="de")
    failure = page.locator('[data-failure="broken-1"]')
    assert "Beim Auslesen trat ein Fehler auf" in failure.text_content()
    assert failure.locator("[lang=en]").text_content() == "expected a result, found none"


def test_withdrawn_event_is_struck_out(filled, open_page):
    page = open_page(filled.base, "#/live")
    page.wait_for_selector('.connection[data-state="connected"]')
    filled.finish("new-1", {})
    page.wait_for_selector('[data-event="new-1-0"].is-new')
    filled.ledger.delete("new-1")
    page.wait_for_selector('[data-event="new-1-0"].is-withdrawn')


def test_paused_view_holds_events_back(filled, open_page):
    page = open_page(filled.base, "#/live")
    page.wait_for_selector('.connection[data-state="connected"]')
    page.click("text=Pause")
    filled.finish("new-1", {})
    page.wait_for_selector("text=Go on (1 new)")
    assert page.locator(".is-new").count() == 0
    page.click("text=Go on")
    page.wait_for_selector('[data-event="new-1-0"]')


def test_unknown_article_says_so(filled, open_page):
    page = open_page(filled.base, "#/article/nothing", allowed=["404"])
    page.wait_for_selector("[role=alert]")
    assert "Nothing is known under this id" in page.locator("[role=alert]").text_content()


def test_absent_gateway_is_told_and_tried_again(newsroom, open_page):
    room = newsroom()
    page = open_page(room.base, allowed=["ERR_CONNECTION", "Failed to load"])
    room.stop()
    page.fill("#text", "Nora Feldt traf Luca Arnaud.")
    page.click("form [type=submit]")
    page.wait_for_selector("text=The gateway does not answer")
    assert page.input_value("#text") == "Nora Feldt traf Luca Arnaud."


def test_browser_refuses_what_the_page_does_not_need(filled, open_page):
    """Scripts that stand inline, text that becomes markup, and addresses elsewhere are blocked by the policy."""
    page = open_page(filled.base, allowed=["Content Security Policy", "Content-Security-Policy", "TrustedHTML"])
    assert (
        page.evaluate("try { document.body.innerHTML = '<b>x</b>'; false } catch (error) { error.name }") == "TypeError"
    )
    elsewhere = "fetch('http://127.0.0.2:9/').then(() => 'sent', () => 'blocked')"
    assert page.evaluate(elsewhere) == "blocked"
    assert not re.search(r"unsafe|\*", page.request.get(f"{filled.base}/").headers["content-security-policy"])


def test_failed_submission_says_why_and_can_be_sent_again(newsroom, open_page):
    room = newsroom()
    page = open_page(room.base)
    page.fill("#text", "Nora Feldt traf in Bern Luca Arnaud.")
    page.fill("#published", "")
    page.click("form [type=submit]")
    page.wait_for_selector(".wire.is-queued")
    [article_id] = room.ledger._records
    room.break_down(article_id)
    page.wait_for_selector("text=This article could not be processed")
    assert "The extraction met an error" in page.locator(".outcome [role=alert]").text_content()
    page.click(".outcome button")
    page.wait_for_selector(".wire.is-queued")


def test_refused_token_is_not_asked_for_again_and_again(newsroom, open_page):
    """Whoever closes the question is left alone, and finds a button instead."""
    page = open_page(newsroom(gateway_access="tokens").base, "#/live", allowed=["401"])
    page.wait_for_selector("dialog")
    page.keyboard.press("Escape")
    page.wait_for_selector("text=Enter a token")
    page.wait_for_timeout(2_500)
    assert page.locator("dialog").count() == 0
