"""German lemmas: dictionary forms of the words that news about meetings, talks and offers are made of."""

import pytest

from worker.extraction.models.lemmas import lemma_of

LEMMAS = [
    ("Gesprächen", "NOUN", "Gespräch"),
    ("Gipfelgesprächen", "NOUN", "Gipfelgespräch"),
    ("Verhandlungsrunden", "NOUN", "Verhandlungsrunde"),
    ("Treffens", "NOUN", "Treffen"),
    ("VERHANDLUNGEN", "NOUN", "Verhandlung"),
    ("EU", "PROPN", "EU"),
    ("traf", "VERB", "treffen"),
    ("Trafen", "VERB", "treffen"),
    ("zusammengetroffen", "VERB", "zusammentreffen"),
    ("anzubieten", "VERB", "anbieten"),
    ("angefragt", "VERB", "anfragen"),
    ("abgebrochen", "VERB", "abbrechen"),
    ("evakuierten", "VERB", "evakuieren"),
    ("empfängt", "VERB", "empfangen"),
    ("erreichen", "VERB", "erreichen"),
    ("wurde", "AUX", "werden"),
    ("das", "SCONJ", "dass"),
    ("dem", "DET", "der"),
]


@pytest.mark.parametrize(("form", "pos", "lemma"), LEMMAS, ids=[f"{form}-{pos}" for form, pos, _ in LEMMAS])
def test_form_has_its_lemma(form, pos, lemma):
    """Part of speech guides the dictionary; strong forms, prefixes and compounds are mended."""
    assert lemma_of(form, pos) == lemma


@pytest.mark.parametrize(
    ("name", "lemma"), [("Merkels", "Merkel"), ("Putins", "Putin"), ("Hans", "Hans"), ("Marius", "Marius")]
)
def test_genitive_names_lose_their_s(name, lemma):
    """A name in the genitive is brought to its nominative where the s cannot be its own."""
    assert lemma_of(name, "PROPN", True) == lemma
