"""Detects an article's language by its function words and script: German, English, or another."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from .errors import LanguageUnsupported

SAMPLE_CHARS = 20_000
"""How much of a text is looked at."""

_WORD = re.compile(r"[^\W\d_]+")
_FOREIGN_SCRIPT = re.compile(r"[\u0370-\u058f\u0590-\u08ff\u0900-\u0fff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class Detection:
    """A detected language.

    Attributes:
        language: ISO 639-1 code of a supported language.
        is_sure: False when the text has too few known words to tell.
    """

    language: str
    is_sure: bool


@cache
def _function_words() -> Mapping[str, frozenset[str]]:
    table = tomllib.loads((files(__package__) / "languages" / "detection.toml").read_text(encoding="utf-8"))
    return {language: frozenset(words) for language, words in table["function_words"].items()}


def detect_language(text: str, *, supported: tuple[str, ...] = ("de", "en")) -> Detection:
    """Detect the language of a text.

    Args:
        text: Any text; the first 20,000 characters count.
        supported: Languages that have a pack; the first is taken when nothing tells.

    Raises:
        LanguageUnsupported: The text is clearly in another language or script; a retry does not help.

    Example:
        >>> detect_language("Der Kanzler hat sich mit der Ministerin getroffen.").language
        'de'
    """
    sample = text[:SAMPLE_CHARS]
    letters = sum(char.isalpha() for char in sample)
    if letters >= 20 and len(_FOREIGN_SCRIPT.findall(sample)) > letters / 2:
        raise LanguageUnsupported("expected German or English, found another script")
    words = Counter(word.lower() for word in _WORD.findall(sample))
    scores = {
        language: sum(count for word, count in words.items() if word in known)
        for language, known in _function_words().items()
    }
    best = max(scores, key=lambda language: scores[language])
    mine = max(supported, key=lambda language: scores.get(language, 0))
    if best not in supported and scores[best] >= 4 and scores[best] > 1.25 * scores[mine]:
        raise LanguageUnsupported(f"expected German or English, found what looks like {best!r}")
    others = max((scores[language] for language in scores if language != mine), default=0)
    return Detection(mine, is_sure=scores[mine] >= 2 and scores[mine] > others)
