"""A language whose pack says nothing of the forms of its verbs: no word is left out for its ending."""

from dataclasses import replace

import pytest

from worker.extraction.languages.cue_forms import Grammar
from worker.extraction.languages.pack import LanguagePack, load_pack
from worker.extraction.telling import may_hold_verb

_OF_FORMS = (
    "lemmas_from_form",
    "verb_endings",
    "lost_endings",
)


@pytest.fixture
def silent() -> LanguagePack:
    """English, without what it says of its forms."""
    pack = load_pack("en")
    defaults = {name: Grammar.model_fields[name].default for name in _OF_FORMS}
    return replace(pack, grammar=pack.grammar.model_copy(update=defaults))


@pytest.mark.parametrize("form", ["attend", "attended", "attendaient"])
def test_every_ending_is_taken_for_the_verbs(silent, form):
    """Where no endings are listed, any may be the verb's."""
    assert may_hold_verb([form], ["attend"], silent)


@pytest.mark.parametrize(("form", "is_form"), [("accompanied", True), ("planned", True), ("planet", False)])
def test_listed_endings_tell_a_form_from_another_word(form, is_form):
    """English lists its endings, so that *planet* is no *plan*."""
    assert may_hold_verb([form], ["accompany", "plan"], load_pack("en")) == is_form
