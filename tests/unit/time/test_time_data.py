"""The data files of the time layer: what is wrong in them is said at load, with file and key."""

import pytest

from worker.extraction.errors import LanguageUnsupported, PackBroken
from worker.extraction.time import find_times
from worker.extraction.time import grammar as grammar_module
from worker.extraction.time import timed_text as timed_text_module
from worker.extraction.time.pack import RuleEntry, load_time_words

LANGUAGES = ("de", "en")
BAD_RULES = {
    "unbalanced pattern": ({"pattern": "(today", "resolve": "deictic"}, "rule broken"),
    "unknown table": ({"pattern": "{nothing}", "resolve": "deictic"}, "rule broken"),
    "unknown resolver": ({"pattern": "today", "resolve": "guess"}, "rule broken: resolve: expected one of"),
    "unknown group": ({"pattern": "today", "resolve": "deictic", "capital": "month"}, "found 'month'"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_rule_names_are_unique(language):
    """The name of a rule says which one found an expression."""
    names = [rule.name for rule in load_time_words(language).rule]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_forms_are_lower_case(language):
    """Patterns run over the lower-cased text: a capital letter in a form could never match."""
    tables = load_time_words(language).words.values()
    assert not [form for table in tables for forms in table.values() for form in forms if form != form.lower()]


@pytest.mark.parametrize(("entry", "message"), BAD_RULES.values(), ids=BAD_RULES)
def test_bad_rule_is_refused_by_name(entry, message, monkeypatch):
    """A rule that cannot work stops the load, and the message names file and rule."""
    words = load_time_words("en")
    broken = words.model_copy(update={"rule": [RuleEntry(name="broken", **entry)]})
    monkeypatch.setattr(grammar_module, "load_time_words", lambda _: broken)
    monkeypatch.setattr(timed_text_module, "load_grammar", grammar_module.load_grammar.__wrapped__)
    with pytest.raises(PackBroken, match=message) as refused:
        timed_text_module._checked_grammar.__wrapped__("en")
    assert "languages/en/time_rules.toml" in str(refused.value)


def test_unknown_language_is_refused():
    """A language without time words is said so."""
    with pytest.raises(LanguageUnsupported, match="'fr'"):
        find_times("Vendredi", published=None, language="fr")
