"""From the form through the queue and a real worker to marks, timeline and live view."""

import json
import urllib.request

import pytest

pytestmark = [pytest.mark.redis, pytest.mark.xdist_group("service")]

GERMAN = {"locale": "de"}


def paste(page, text, *, title="", published="2025-11-05", language="de"):
    page.fill("#text", text)
    page.fill("#title", title)
    page.fill("#published", published)
    page.select_option("#language", language)
    page.click("form [type=submit]")
    page.wait_for_selector(".article-grid")


def marks(page, kind):
    """Give the words of the marks of a kind; signs stand beside the text, not in it."""
    return page.locator(f".prose .mark.is-{kind}").all_text_contents()


def test_article_goes_from_the_form_to_its_marks_to_the_timeline(service, open_page):
    """Hovering an event lights up what proves it, and nothing else."""
    page = open_page(service, **GERMAN)
    paste(page, "Ministerin Nora Feldt hat am Dienstag in Bern ihren Kollegen Luca Arnaud getroffen. Morgen regnet es.")
    assert marks(page, "trigger") == ["getroffen"]
    assert {"Nora Feldt", "Luca Arnaud"} <= set(marks(page, "participant"))
    assert (marks(page, "time"), marks(page, "place")) == (["Dienstag"], ["Bern"])
    assert page.locator(".prose").text_content().endswith("Morgen regnet es.")

    page.hover(".card h3")
    assert set(page.locator(".mark.lit").all_text_contents()) >= {"getroffen", "Nora Feldt", "Dienstag", "Bern"}
    page.mouse.move(0, 0)
    page.wait_for_selector(".mark.lit", state="detached")

    page.click(".card .choose")
    shown = json.loads(page.locator(".json code").text_content())
    assert (shown["type"], shown["time"]["value"]) == ("meeting", "2025-11-04")

    page.click("text=Zeitleiste")
    bar = page.locator(f'.timeline [data-key="{shown["id"]}"]')
    assert "Nora Feldt" in bar.get_attribute("aria-label")
    bar.click()
    page.wait_for_selector(".article-grid")
    assert page.locator('.choose[aria-pressed="true"]').count() == 1


def test_words_after_emoji_are_marked_to_the_letter(service, open_page):
    """The contract counts code points, JavaScript UTF-16 units."""
    page = open_page(service, **GERMAN)
    paste(page, "🎉👩‍👩‍👧 Ein Fest! 🇨🇭 Nora Feldt hat am Dienstag in Bern 🐻 Luca Arnaud getroffen.")
    assert marks(page, "trigger") == ["getroffen"]
    assert marks(page, "time") == ["Dienstag"]
    assert marks(page, "place") == ["Bern"]


def test_markup_in_an_article_stays_text(service, open_page):
    """Nothing in it runs, and all of it can be read."""
    hostile = (
        '<script>window.hacked=1</script><img src=x onerror="window.hacked=1"> Nora Feldt</div></body> '
        'traf am Dienstag in Bern <svg onload="window.hacked=1"> Luca Arnaud. '
        '<a href="javascript:window.hacked=1">{{7*7}}</a> &lt;b&gt;'
    )
    page = open_page(service, **GERMAN)
    paste(page, hostile, title="<script>window.hacked=1</script> Feldt trifft Arnaud")
    assert page.locator(".prose").text_content() == hostile
    assert page.locator("h1").text_content() == "<script>window.hacked=1</script> Feldt trifft Arnaud"
    for address in ("timeline", "graph", "live"):
        page.goto(f"{service}/#/{address}")
        page.wait_for_selector(f".view-{address} h1")
        page.wait_for_load_state()
    assert page.evaluate("window.hacked") is None
    assert page.locator("main script, main img, main [onload], main [onerror], main [href^=javascript]").count() == 0


def test_live_view_shows_an_event_as_it_arrives(service, open_page):
    page = open_page(service, "#/live")
    page.wait_for_selector('.connection[data-state="connected"]')
    body = {"id": "live-1", "language": "en", "text": "Anne Whitcombe met Karel Dvorsky in Prague."}
    request = urllib.request.Request(  # noqa: S310 - ours, on loopback
        f"{service}/v1/articles", json.dumps(body).encode(), {"content-type": "application/json"}
    )
    urllib.request.urlopen(request, timeout=10).close()  # noqa: S310
    arrived = page.locator(".card.is-new")
    arrived.first.wait_for()
    assert "Karel Dvorsky" in arrived.first.text_content()
    assert page.locator('[data-figure="workers"] .figure-value').text_content() == "1"
    assert page.locator(".failures li").count() == 0
