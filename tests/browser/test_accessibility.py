"""axe finds nothing serious on any view: both colour schemes, both languages, desktop and phone."""

from pathlib import Path

import pytest

axe = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
SCRIPT = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TEXT = "Außenministerin Nora Feldt hat am Dienstag in Bern ihren Kollegen Luca Arnaud getroffen."
LOOKS = {
    "light": {"color_scheme": "light", "locale": "en"},
    "dark": {"color_scheme": "dark", "locale": "de"},
    "phone": {"color_scheme": "dark", "locale": "en", "viewport": {"width": 390, "height": 844}},
}


@pytest.fixture
def filled(newsroom):
    room = newsroom()
    facts = ("asserted", "reported", "planned", "possible", "requested", "denied", "cancelled")
    room.finish("a-1", *({"factuality": each} for each in facts), text=TEXT)
    room.fail("broken-1")
    return room


def mark_text(page):
    page.fill("#own-text", TEXT)
    page.fill("#own-title", "")
    page.click(".article-text [type=submit]")
    page.click(".prose .mark.is-trigger")


def choose_party(page):
    page.focus(".network .point")
    page.keyboard.press("Enter")
    page.wait_for_selector(".graph-side .card")


VIEWS = {
    "submit": ("", "form #text", None),
    "article without its text": ("article/a-1", ".article-json code", None),
    "article with its text": ("article/a-1?event=", ".article-json code", mark_text),
    "timeline": ("timeline", ".event-list .card", None),
    "graph": ("graph", ".network .point", choose_party),
    "live": ("live", ".failure", None),
    "unknown article": ("article/nothing", "[role=alert]", None),
}
"""Where each is, what is there when it is complete, what is done then."""


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_serious(filled, open_page, look):
    page = open_page(filled.base, allowed=["404"], reduced_motion="reduce", **LOOKS[look])
    page.evaluate(SCRIPT)
    found = {}
    for view, (address, shown, act) in VIEWS.items():
        page.goto(f"{filled.base}/#/{address}")
        page.wait_for_selector(f".view-{(address or 'submit').partition('/')[0]} {shown}")
        if act:
            act(page)
        found[view] = serious(page)
    assert {view: each for view, each in found.items() if each} == {}


def test_axe_finds_nothing_serious_where_a_token_is_asked_for(newsroom, open_page):
    page = open_page(newsroom(gateway_access="tokens").base, "#/timeline", allowed=["401"], reduced_motion="reduce")
    page.wait_for_selector("dialog")
    page.evaluate(SCRIPT)
    assert serious(page) == []


def serious(page):
    found = page.evaluate("rules => axe.run({ runOnly: rules, resultTypes: ['violations'] })", RULES)
    # An axe that looks at nothing finds nothing.
    assert len(found["passes"]) > 15
    return [
        (each["id"], each["nodes"][0]["html"][:200], each["nodes"][0]["failureSummary"][:300])
        for each in found["violations"]
        if each["impact"] in {"serious", "critical", "moderate"}
    ]
