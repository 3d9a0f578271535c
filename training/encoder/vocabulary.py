"""Chooses which pieces of the encoder's vocabulary German and English news can need.

Kept are the pieces that the training texts use, those that cut the word forms of two dictionaries, and every single
character of the scripts that names in European news are written in, so that no name becomes an unknown.
"""

from __future__ import annotations

import gzip
import json
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from training.splits import english_treebanks, german_names, german_treebanks
from worker.extraction.models.pieces import SPECIALS, WORD_START, PieceVocabulary

_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "DIGIT")
_MIN_DICTIONARY_WORDS = 3
"""A piece that fewer word forms of the dictionaries use is left out unless the texts use it."""


def choose_pieces(scores: Mapping[str, float], corpora: Path) -> set[int]:
    """The ids of the pieces to keep."""
    pieces = list(scores)
    usable = {piece: score for piece, score in scores.items() if piece not in SPECIALS}
    ids = {piece: number for number, piece in enumerate(pieces)}
    vocabulary = PieceVocabulary(usable)
    own = [*SPECIALS, *usable]
    in_texts = {own[number] for word in set(_words(corpora)) for number in vocabulary.cut(*word)}
    in_dictionaries = Counter(own[number] for word in _dictionary_forms() for number in set(vocabulary.cut(word, True)))
    kept = in_texts | {piece for piece, count in in_dictionaries.items() if count >= _MIN_DICTIONARY_WORDS}
    kept |= {piece for piece in usable if _is_european_character(piece)}
    return {ids[piece] for piece in kept if piece not in SPECIALS}


def _words(corpora: Path) -> Iterator[tuple[str, bool]]:
    """Every training word, and whether a space stands before it."""
    names = german_names(corpora)
    for sentence in (*german_treebanks(corpora).train, *english_treebanks(corpora).train, *names.train):
        yield from zip(sentence.words, (True, *sentence.spaces), strict=False)
    with gzip.open(corpora / "news" / "wikinews_de.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield from ((word, True) for word in json.loads(line)["text"].split())


def _dictionary_forms() -> Iterator[str]:
    factory = DefaultDictionaryFactory()
    for language in ("de", "en"):
        for form, lemma in factory.get_dictionary(language).items():
            yield from (entry.decode("utf-8") if isinstance(entry, bytes) else entry for entry in (form, lemma))


def _is_european_character(piece: str) -> bool:
    letter = piece.removeprefix(WORD_START)
    if len(letter) != 1:
        return piece == WORD_START
    is_sign = unicodedata.category(letter)[0] in "PSN"
    return is_sign or unicodedata.name(letter, "").startswith(_SCRIPTS)
