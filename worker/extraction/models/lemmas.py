"""German lemmas: the dictionary of simplemma, guided by part of speech and mended where it leaves a form as it is."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from types import SimpleNamespace
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc

from .dictionary import Dictionary, open_dictionary

if TYPE_CHECKING:
    from simplemma import Lemmatizer

LEMMAS = "depesche_lemmas_de"
_CACHED_FORMS = 1 << 16
_KEPT = frozenset({"PUNCT", "SYM", "X", "NUM", "SPACE"})
_TABLE = tomllib.loads((files("worker.extraction.languages") / "de" / "lemmas.toml").read_text(encoding="utf-8"))
_STRONG_FORMS: dict[str, str] = {form: verb for verb, forms in _TABLE["strong_verbs"].items() for form in forms}
_PREFIXES: tuple[str, ...] = tuple(_TABLE["verb_prefixes"])
_IN_IEREN = re.compile(r"iert(e|en|est|et)?$|ier(e|st|t|end)$")
_SPECIAL: dict[str, dict[str, str]] = _TABLE["forms"]


@Language.component(LEMMAS, assigns=["token.lemma"], requires=["token.pos", "token.morph"])
def set_lemmas(doc: Doc) -> Doc:
    """Give every token its dictionary form."""
    for token in doc:
        is_genitive = "Gen" in token.morph.get("Case", [])
        token.lemma_ = lemma_of(token.text, token.pos_, is_genitive)
    return doc


@lru_cache(maxsize=_CACHED_FORMS)
def lemma_of(form: str, pos: str, is_genitive: bool = False) -> str:  # noqa: FBT001, FBT002 - lru_cache keys on positions
    """The dictionary form of a German word of a known part of speech.

    >>> lemma_of("Gesprächen", "NOUN"), lemma_of("Traf", "VERB"), lemma_of("Putins", "PROPN", True)
    ('Gespräch', 'treffen', 'Putin')
    """
    special = _SPECIAL.get(pos, {}).get(form.lower())
    if special:
        return special
    if pos == "PROPN":
        return _name(form, is_genitive=is_genitive)
    if pos in _KEPT:
        return form
    if pos == "NOUN":
        return _noun(form)
    if pos in {"VERB", "AUX"}:
        return _verb(form.lower())
    return _look_up(form.lower()).lower()


def _name(form: str, *, is_genitive: bool) -> str:
    """Names keep their form, but for the s of a genitive ("Putins"); "Hans" and "Paris" are too short to judge."""
    if is_genitive and len(form) > 5 and form.endswith("s") and not form.endswith(("ss", "us", "is", "as", "os")):
        return form[:-1]
    return form.removesuffix("’").removesuffix("'") or form


def _noun(form: str) -> str:
    if form.isupper() and len(form) > 4:
        # A heading in capitals; short ones are abbreviations.
        form = form.capitalize()
    lemma = _look_up(form)
    if lemma == form:
        # Compounds outside the dictionary ("Gipfelgesprächen"): greedy search takes their last part.
        lemma = _look_up(form, greedy=True)
    return lemma[:1].upper() + lemma[1:]


@lru_cache(maxsize=_CACHED_FORMS)  # the same of main verbs and auxiliaries
def _verb(form: str) -> str:
    known = _known_verb(form)
    if known:
        return known
    ending = _IN_IEREN.search(form)
    return form[: ending.start()] + "ieren" if ending else _prefixed_verb(form) or form


def _known_verb(form: str) -> str | None:
    lemma = _STRONG_FORMS.get(form) or _look_up(form)
    return lemma if lemma != form and lemma.islower() and lemma.endswith("n") else None


def _prefixed_verb(form: str) -> str | None:
    """Look up what stands behind the prefix: "angefragt" is not in the dictionary, "gefragt" is."""
    for prefix in _PREFIXES:
        rest = form.removeprefix(prefix)
        if rest == form or len(rest) <= 3:
            continue
        if rest.startswith("zu") and rest.endswith("n"):
            return prefix + rest.removeprefix("zu")
        stem = _known_verb(rest)
        if stem:
            return prefix + stem
    return None


def _look_up(form: str, *, greedy: bool = False) -> str:
    """Ask simplemma's rules, which ask the dictionary."""
    return _lemmatizer(greedy=greedy).lemmatize(form, "de")


@lru_cache(maxsize=_CACHED_FORMS)
def is_listed(form: str) -> bool:
    """Whether the dictionary has a form as it is written: a word of the language, or a name that is as common."""
    dictionary = _dictionary()
    return (dictionary.get(form) if dictionary is not None else None) is not None


@cache
def _dictionary() -> Dictionary | None:
    return open_dictionary()


@cache
def _lemmatizer(*, greedy: bool) -> Lemmatizer:
    """Build simplemma's lemmatizer; with its own way to read the dictionary where ours does not know the file."""
    from simplemma import Lemmatizer  # noqa: PLC0415 - compiles the rules of 50 languages; English needs none
    from simplemma.strategies import DefaultStrategy  # noqa: PLC0415

    dictionary = _dictionary()
    factory = None if dictionary is None else SimpleNamespace(get_dictionary=lambda _language: dictionary)
    return Lemmatizer(lemmatization_strategy=DefaultStrategy(greedy=greedy, dictionary_factory=factory))


def load_lemmas() -> None:
    """Read the whole dictionary at once, for a process that will fork: what is read before is shared."""
    dictionary = _dictionary()
    if dictionary is not None:
        dictionary.read_all()
