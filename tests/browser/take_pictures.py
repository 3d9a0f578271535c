"""Takes the pictures of the documentation: ``python tests/browser/take_pictures.py http://127.0.0.1:8080 docs/images``.

The gateway should have read ``newsroom.jsonl`` and nothing else, so that the pictures hold no text but our own.
"""

import json
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
ARTICLE = "harbour-0711-6"
DESKTOP = {"viewport": {"width": 1280, "height": 760}, "locale": "en"}
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 1.5, "locale": "de", "color_scheme": "dark"}
PICTURES = {
    "page-article": (f"article/{ARTICLE}", DESKTOP),
    "page-timeline": ("timeline", DESKTOP),
    "page-graph": ("graph", {**DESKTOP, "color_scheme": "dark"}),
    "page-live": ("live", DESKTOP),
    "page-phone": ("timeline", PHONE),
}


def take(page, base, address):
    """Open a view as a reader would see it, and give its picture."""
    article = next(each for each in map(json.loads, (HERE / "newsroom.jsonl").open()) if each["id"] == ARTICLE)
    page.goto(base)
    page.evaluate(
        "([key, kept]) => sessionStorage.setItem(key, JSON.stringify(kept))",
        [f"depesche.text:{ARTICLE}", {"text": article["text"], "title": article["title"], "at": 1}],
    )
    page.goto("about:blank")
    page.goto(f"{base}/#/{address}")
    page.wait_for_load_state("domcontentloaded")
    page.wait_for_selector(".card, .network .point")
    page.wait_for_timeout(1_500)
    if address.startswith("article"):
        page.locator(".prose .mark.is-trigger").nth(0).click()
        page.mouse.move(5, 5)
        page.wait_for_timeout(300)
    return Image.open(BytesIO(page.screenshot())).convert("RGB")


def main():
    base, folder = sys.argv[1].rstrip("/"), Path(sys.argv[2])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for name, (address, options) in PICTURES.items():
            take(browser.new_context(**options).new_page(), base, address).save(folder / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
