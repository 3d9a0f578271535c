"""Short articles without an end, each another one."""

from __future__ import annotations

import random
from typing import Final

from schemas import Article

NAMES: Final = ("Nora Feldt", "Luca Arnaud", "Jonas Wieland", "Marta Olsen", "Pavel Dvorak", "Ines Calder", "Tom Reuss")
PLACES: Final = ("Bern", "Wien", "Oslo", "Prag", "Lissabon", "Kopenhagen", "Riga")
DAYS: Final = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag")
SENTENCES: Final = (
    "Außenministerin {a} hat am {day} in {place} ihren Kollegen {b} zu Gesprächen getroffen.",
    "Die Regierung bot an, im kommenden Monat über die Fangquoten zu verhandeln.",
    "Nach Angaben eines Sprechers dauerte das Treffen von {a} und {b} drei Stunden.",
    "{b} sagte, man habe über den Tunnel, die Zölle und den Hafen gesprochen.",
    "Für den 3. Mai ist in {place} eine weitere Runde geplant.",
    "Zuvor hatte {a} die Einladung des Präsidenten angenommen.",
    "Beobachter nannten die Begegnung am {day} einen ersten Schritt.",
)


def make_article(number: int, *, chance: random.Random) -> Article:
    """Give an article of about 60 words with an id of its own."""
    a, b = chance.sample(NAMES, 2)
    words = {"a": a, "b": b, "day": chance.choice(DAYS), "place": chance.choice(PLACES)}
    text = " ".join(each.format(**words) for each in chance.sample(SENTENCES, 5))
    return Article(id=f"soak-{number}", text=f"Meldung {number}. {text}", language="de", published="2025-11-05")  # type: ignore[arg-type] # read by the validator
