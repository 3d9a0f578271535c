"""The first view is there at once, and ten thousand events stay easy to work with."""

import pytest

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed").expect

FIRST_VIEW_BYTES = 300_000
FIRST_VIEW_MS = 1_000
INTERACTION_MS = 400
"""From the choice to the frame that shows it, the best of three: other work on the machine is not the page's.
It is 50 to 130 ms on two cores."""

REFERENCE_MS = 30
"""What SPEED takes on the machine the bounds were set on (two cores, 2026-11)."""

SPEED = """() => {
  const began = performance.now();
  let x = 1;
  for (let n = 1; n < 2e6; n++) x = (x * 48271 + n) % 2147483647;
  return performance.now() - began + 0 * x;
}"""

MEASURE = """async () => {
  document.querySelector("[aria-label='Where most events are']").click();
  await new Promise((done) => setTimeout(done, 150));
  const began = performance.now();
  await (ACT)();
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - began;
}"""


def test_first_view_is_small_and_quick(newsroom, open_page):
    """Three readers come for the first time; other work on the machine may disturb one of them."""
    base = newsroom().base
    seen = [first_view(open_page(base)) for _ in range(3)]
    print(f"first view: {[round(ms) for ms, _ in seen]} ms, {seen[0][1] / 1000:.0f} KB")  # noqa: T201
    assert seen[0][1] < FIRST_VIEW_BYTES
    assert min(ms for ms, _ in seen) < FIRST_VIEW_MS * slowness(open_page(base))


def slowness(page):
    """Say how much slower than the reference this machine is at the moment; never below one."""
    return max(1.0, min(page.evaluate(SPEED) for _ in range(3)) / REFERENCE_MS)


def first_view(page):
    """Give when the form was painted, in ms, and how many bytes were loaded, unpacked."""
    page.wait_for_selector("form #text")
    return page.evaluate(
        """() => [performance.getEntriesByName("first-contentful-paint")[0].startTime,
          performance.getEntries().reduce((sum, each) => sum + (each.decodedBodySize ?? 0), 0)]"""
    )


@pytest.fixture
def crowded(newsroom, open_page):
    room = newsroom()
    room.fill(10_000)
    page = open_page(room.base, "#/timeline")
    page.set_default_timeout(30_000)
    page.wait_for_selector(".timeline .column")
    return page


ACTS = {
    "choose a type": """() => {
      const select = document.querySelector('#filter-type');
      select.value = 'talks';
      select.dispatchEvent(new Event('change'));
    }""",
    "zoom in": "() => document.querySelector('[aria-label=Closer]').click()",
    "move": "() => document.querySelector('[aria-label=Later]').click()",
    "see all": "() => document.querySelector(\"[aria-label='All events']\").click()",
    "look into a column": "() => document.querySelectorAll('.timeline .column')[20].dispatchEvent(new Event('click'))",
}


def test_ten_thousand_events_stay_responsive(crowded):
    """Every way of working with the timeline answers within the bound, and the event wanted is found."""
    expect(crowded.locator("[role=status]").first).to_contain_text("10,000 events", timeout=30_000)
    times = {name: min(crowded.evaluate(MEASURE.replace("ACT", act)) for _ in range(3)) for name, act in ACTS.items()}
    print({name: round(ms) for name, ms in times.items()})  # noqa: T201
    crowded.wait_for_selector(".timeline .bar, .timeline .column")
    bound = INTERACTION_MS * slowness(crowded)
    slow = {name: round(ms) for name, ms in times.items() if ms > bound}
    assert slow == {}
    crowded.fill("#filter-person", "person 207")
    crowded.wait_for_selector(".timeline .bar")
    assert crowded.locator(".timeline .column").count() == 0


def test_network_of_ten_thousand_events_is_drawn_in_time(crowded):
    slow = slowness(crowded)
    crowded.click("text=Who meets whom")
    crowded.wait_for_selector(".network .point", timeout=5_000 * slow)
    assert crowded.locator(".network .link").count() > 10
    assert 20 <= crowded.locator(".network .point").count() <= 45


def test_more_events_than_the_browser_holds(newsroom, open_page):
    """The page says that it holds the latest only, and a filter asks the gateway for those that it does not hold."""
    room = newsroom()
    room.fill(10_050)
    page = open_page(room.base, "#/timeline")
    page.set_default_timeout(30_000)
    page.wait_for_selector(".timeline .column")
    status = page.locator("[role=status]").first
    expect(status).to_contain_text("10,000 events", timeout=30_000)
    expect(status).to_contain_text("the latest 10,000")
    page.select_option("#filter-type", "talks")
    expect(status).to_contain_text("5,025 events", timeout=30_000)
