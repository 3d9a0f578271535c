"""The index gives what trying every matcher on a word would give."""

import pytest

from worker.extraction.models.lemmas import lemma_of
from worker.extraction.steps.trigger_matchers import TriggerMatcher, all_matchers, matchers_of

OTHERS = {
    "de": ["ministerin", "kam", "traf", "gipfeltreffen", "verhandelte", "einzuladen", "ü", "-", "treffe", "ffen"],
    "en": ["minister", "came", "met", "summit", "negotiated", "talks", "é", "-", "meeting-house", "eet"],
}
AROUND = [("", ""), ("", "s"), ("", "en"), ("", "te"), ("ge", "t"), ("vor", "e"), ("erd", "ing"), ("x-", "ende")]


def tried_one_by_one(word, lemma, language):
    return tuple(matcher for matcher in all_matchers(language) if matcher.may_be(word, lemma))


def words_of(language):
    fixed = {text for matcher in all_matchers(language) for text in matcher.fixed}
    return [*OTHERS[language], *(f"{before}{text}{behind}" for text in sorted(fixed) for before, behind in AROUND)]


def ids(found):
    return [(each.type, each.trigger.id) for each in found]


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_trigger_of_a_word_is_found_in_the_same_order(language):
    """By form, and by a lemma that is nothing like the form."""
    words = words_of(language)
    lemmas = [lemma_of(word, "VERB") if language == "de" else word for word in words]
    found = [ids(matchers_of(*pair, language)) for pair in zip(words, lemmas, strict=True)]
    assert found == [ids(tried_one_by_one(*pair, language)) for pair in zip(words, lemmas, strict=True)]
    assert sum(map(bool, found)) > len(words) / 8
    assert [] in found


def test_verb_is_found_by_its_lemma_alone():
    """The language model knows forms that no table lists."""
    known = next(matcher for matcher in all_matchers("de") if matcher.lemmas)
    assert isinstance(known, TriggerMatcher)
    assert known in matchers_of("qqq", min(known.lemmas), "de")
