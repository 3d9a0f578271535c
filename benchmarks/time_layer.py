"""Shows how fast the time layer is, that it is linear, and that no text makes it slow.

    python benchmarks/time_layer.py [--language de] [--json]

Texts are written here: news-like sentences, and ten that aim at the weak points of a grammar. Figures are CPU seconds
of one core. Exit status 1 when one of the limits below is missed.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable
from datetime import date

from worker.extraction.time import find_times

PUBLISHED = date(2025, 8, 7)
LEAST_CHARACTERS_A_SECOND = 200_000
MOST_SECONDS_FOR_100_000 = 2.0
MOST_GROWTH = 13.0
"""A text ten times as long may take this many times as long."""
SENTENCES = {
    "de": (
        "Am Freitag trifft die Außenministerin in Oslo ihren Amtskollegen zu einem Gespräch über die Fischerei.",
        "Die Verhandlungen hatten vor zwei Wochen begonnen und sollen bis Ende September dauern.",
        "Der Konzern beschäftigt rund 2000 Menschen in drei Werken und will im kommenden Jahr ein weiteres bauen.",
        "Wie das Ministerium mitteilte, wurde das Abkommen am 14. März 2023 um 18.30 Uhr unterzeichnet.",
        "Damals hatte die Opposition von einem Fehler gesprochen, den niemand in der Regierung zugeben wollte.",
        "Die Stadt liegt an einem Fluss, dessen Ufer in den achtziger Jahren befestigt worden sind.",
        "Ein Sprecher lehnte eine Stellungnahme ab und verwies auf die laufenden Beratungen der Fachleute.",
        "Zu den Gründen äußerte sich die Fraktion nicht, obwohl der Ausschuss sie mehrmals darum gebeten hatte.",
    ),
    "en": (
        "The minister will meet her counterpart in Oslo on Friday to talk about fishing rights.",
        "Negotiations began two weeks ago and are expected to last until the end of September.",
        "The group employs about 2,000 people at three plants and wants to build another one next year.",
        "The agreement was signed on March 14, 2023, at 6:30 p.m., the ministry said.",
        "The opposition had spoken of a mistake that nobody in the government was willing to admit.",
        "The town lies on a river whose banks were secured with stone walls in the 1980s.",
        "A spokesman declined to comment and pointed to the consultations of the experts.",
        "The party gave no reasons although the committee had asked for them several times.",
    ),
}
MONTHS, WEEKDAY, FRIDAY, ARTICLES = (
    {"de": de, "en": en}
    for de, en in (
        ("Mai Juni ", "May June "),
        ("Montag, ", "Monday, "),
        ("am Freitag und ", "on Friday and "),
        ("der die das den dem des ", "the a an the next last "),
    )
)
PATHOLOGICAL: dict[str, Callable[[int, str], str]] = {
    "numbers": lambda size, _: "1 2 3 " * (size // 6),
    "days in a list": lambda size, _: "3., 4., 5., " * (size // 12),
    "distinct dates": lambda size, _: " ".join(
        f"{n % 28 + 1}.{n % 12 + 1}.{1900 + n % 199}" for n in range(size // 10)
    ),
    "months": lambda size, language: MONTHS[language] * (size // len(MONTHS[language])),
    "weekdays": lambda size, language: WEEKDAY[language] * (size // len(WEEKDAY[language])),
    "no full stop": lambda size, language: FRIDAY[language] * (size // len(FRIDAY[language])),
    "determiners": lambda size, language: ARTICLES[language] * (size // len(ARTICLES[language])),
    "one word": lambda size, _: "a" * size,
    "blanks": lambda size, _: "vor" + " " * size,
    "distinct words": lambda size, _: " ".join(_word(n) for n in range(size // 8)),
}


def main() -> int:
    """Run the benchmark and print its figures."""
    options = _read_options()
    figures: dict[str, float] = {}
    for language in ("de", "en"):
        find_times(_news(language, 2_000), published=PUBLISHED, language=language)
        figures[f"{language} characters a second"] = round(100_000 / _seconds(_news(language, 100_000), language))
        growth = _seconds(_news(language, 1_000_000), language) / _seconds(_news(language, 100_000), language)
        figures[f"{language} time for ten times the length"] = round(growth, 1)
        for name, build in PATHOLOGICAL.items():
            figures[f"{language} {name}"] = round(_seconds(build(100_000, language)[:100_000], language), 3)
    print(
        json.dumps(figures, indent=2)
        if options.json
        else "\n".join(f"{value:>12}  {name}" for name, value in figures.items())
    )
    return 0 if all(_within_limits(name, value) for name, value in figures.items()) else 1


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Speed of the time layer.")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    return parser.parse_args()


def _news(language: str, size: int) -> str:
    order = random.Random(7)  # noqa: S311 - the same text in each run, no secret
    sentences: list[str] = []
    length = 0
    while length < size:
        sentences.append(order.choice(SENTENCES[language]) + ("\n\n" if order.random() < 0.1 else " "))
        length += len(sentences[-1])
    return "".join(sentences)[:size]


def _word(number: int) -> str:
    letters = ""
    while number or len(letters) < 4:
        number, letter = divmod(number, 26)
        letters += chr(97 + letter)
    return letters


def _seconds(text: str, language: str) -> float:
    started = time.process_time()
    find_times(text, published=PUBLISHED, language=language)
    return time.process_time() - started


def _within_limits(name: str, value: float) -> bool:
    if name.endswith("characters a second"):
        return value >= LEAST_CHARACTERS_A_SECOND
    if name.endswith("the length"):
        return value <= MOST_GROWTH
    return value <= MOST_SECONDS_FOR_100_000


if __name__ == "__main__":
    sys.exit(main())
